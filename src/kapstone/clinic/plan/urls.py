"""Addresses of the plan."""

from kapstone.clinic.ground.people.routes import route
from kapstone.clinic.plan import views

urlpatterns = [
    route("me/consent/", views.consent, "consent", "consent.sign"),
    route("me/plan/", views.my_plan, "my_plan", "patient.today"),
    route("patients/<uuid:patient_id>/course/new/", views.new_course, "new_course", "course.plan"),
    route("patients/<uuid:patient_id>/course/end/", views.end, "end_course", "course.plan"),
    route("doses/<uuid:dose_id>/orders/", views.orders, "orders", "order.sign"),
]
