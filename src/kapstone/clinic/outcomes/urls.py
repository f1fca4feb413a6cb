"""Addresses of scores and the next step."""

from kapstone.clinic.ground.people.routes import route
from kapstone.clinic.outcomes import views

urlpatterns = [
    route("me/scores/", views.my_scores, "my_scores", "outcome.see"),
    route("patients/<uuid:patient_id>/scores/", views.scores, "scores", "patient.open_chart"),
]
