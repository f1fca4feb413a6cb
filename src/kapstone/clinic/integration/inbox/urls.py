"""Addresses of the inbox and the roster."""

from kapstone.clinic.ground.people.routes import route
from kapstone.clinic.integration.inbox import roster_views, views

urlpatterns = [
    route("concerns/", views.concerns, "concerns", "concern.see"),
    route("concerns/list/", views.fresh, "concern_list", "concern.see"),
    route("concerns/<uuid:concern_id>/", views.concern, "concern", "concern.take"),
    route("roster/", roster_views.roster, "roster", "roster.see"),
    route("roster/<uuid:line_id>/end/", roster_views.end_line, "end_line", "roster.keep"),
]
