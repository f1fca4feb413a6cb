"""Addresses of the evaluation."""

from kapstone.clinic.evaluation import views
from kapstone.clinic.ground.people.routes import route

urlpatterns = [
    route("me/intake/", views.intake, "intake", "intake.answer"),
    route("me/intake/felt/", views.felt, "intake_felt", "measure.answer"),
    route("me/intake/health/", views.health, "intake_health", "intake.answer"),
    route("me/check-in/", views.check_in, "check_in", "measure.answer"),
    route("me/safe/", views.safe, "safe", "measure.answer"),
    route("patients/<uuid:patient_id>/evaluation/", views.verdict, "verdict", "evaluation.read"),
    route("patients/<uuid:patient_id>/evaluation/asked/", views.asked, "asked", "evaluation.decide"),
    route("patients/<uuid:patient_id>/evaluation/decide/", views.decide, "decide", "evaluation.decide"),
]
