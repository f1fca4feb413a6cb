"""Addresses of journal, visits, concerns and the roster."""

from django.urls import include, path

from kapstone.clinic.ground.people.routes import route
from kapstone.clinic.integration import views

urlpatterns = [
    route("me/journal/", views.journal, "journal", "journal.write"),
    route("me/journal/<uuid:entry_id>/share/", views.share, "share_entry", "journal.write"),
    route("visits/", views.visits, "visits", "visit.see"),
    route("visits/<uuid:booking_id>/", views.visit, "visit", "visit.see"),
    path("", include("kapstone.clinic.integration.inbox.urls")),
]
