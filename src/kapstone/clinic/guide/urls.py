"""Addresses of the guide."""

from kapstone.clinic.ground.people.routes import ANYONE, route
from kapstone.clinic.guide import views

urlpatterns = [
    route("", views.home, "public_home", ANYONE),
    route("numbers/", views.numbers, "numbers", ANYONE),
    route("how-it-works/", views.how_it_works, "how_it_works", ANYONE),
    route("ask/", views.enquire, "enquire", ANYONE),
    route("ask/sent/", views.enquiry_sent, "enquiry_sent", ANYONE),
    route("enquiries/", views.enquiries, "enquiries", "enquiry.see"),
    route("enquiries/<uuid:enquiry_id>/", views.enquiry, "enquiry", "enquiry.answer"),
]
