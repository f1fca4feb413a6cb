"""Addresses of the session."""

from kapstone.clinic.ground.people.routes import route
from kapstone.clinic.session import views

HERE = "sessions/<uuid:session_id>/"

urlpatterns = [
    route("doses/<uuid:dose_id>/arrive/", views.arrive, "arrive", "session.arrive"),
    route(HERE, views.session, "session", "session.see"),
    route(f"{HERE}time-out/", views.timeout, "timeout", "session.chart"),
    route(f"{HERE}start/", views.start, "start_dose", "session.chart"),
    route(f"{HERE}device/", views.device, "device", "session.chart"),
    route(f"{HERE}end/", views.end_dose, "end_dose", "session.chart"),
    route(f"{HERE}stop/", views.stop, "stop_dose", "session.chart"),
    route(f"{HERE}not-today/", views.not_today, "not_today", "session.chart"),
    route(f"{HERE}reading/", views.reading, "reading", "session.chart"),
    route(f"{HERE}observation/", views.observation, "observation", "session.chart"),
    route(f"{HERE}medicine/", views.medicine, "medicine", "medicine.give"),
    route(f"{HERE}note/", views.note, "note", "session.note"),
    route(f"{HERE}room/", views.setting, "setting", "session.note"),
    route(f"{HERE}seen/<slug:reminder>/", views.mark_seen, "mark_seen", "session.chart"),
    route(f"{HERE}replay/", views.replay, "replay", "session.see"),
    route(f"{HERE}release/", views.release, "release", "session.release"),
]
