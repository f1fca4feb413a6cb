"""Addresses of journal, visits, concerns and the roster."""

from django.urls import include, path

from kapstone.clinic.ground.people.routes import route
from kapstone.clinic.integration import views
from kapstone.clinic.integration.remote import views as remote

urlpatterns = [
    route("me/journal/", views.journal, "journal", "journal.write"),
    route("me/journal/<uuid:entry_id>/share/", views.share, "share_entry", "journal.write"),
    route("visits/", views.visits, "visits", "visit.see"),
    route("visits/<uuid:booking_id>/", views.visit, "visit", "visit.see"),
    route("visits/<uuid:booking_id>/place/", remote.place, "visit_place", "visit.write"),
    route("me/visits/<uuid:booking_id>/", remote.join, "join_visit", "visit.join"),
    route("video/", remote.video_room, "video_room", "video.keep"),
    path("", include("kapstone.clinic.integration.inbox.urls")),
]
