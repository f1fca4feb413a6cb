"""Addresses of the session."""

from kapstone.clinic.ground.people.routes import ANYONE, route
from kapstone.clinic.session import views
from kapstone.clinic.session.arriving import views as arriving
from kapstone.clinic.session.devices import views as devices
from kapstone.clinic.session.dosing import views as dosing
from kapstone.clinic.session.effects import views as effects
from kapstone.clinic.session.going_home import views as going_home
from kapstone.clinic.session.helping import views as helping
from kapstone.clinic.session.leaving import views as leaving
from kapstone.clinic.session.register import views as register
from kapstone.clinic.session.signing import views as signing
from kapstone.clinic.session.watching import views as watching

HERE = "sessions/<uuid:session_id>/"

urlpatterns = [
    route("doses/<uuid:dose_id>/arrive/", arriving.arrive, "arrive", "session.arrive"),
    route(HERE, views.session, "session", "session.see"),
    route(f"{HERE}changed/", views.changed, "session_changed", "session.see"),
    route("chairs/changed/", views.chairs_changed, "chairs_changed", "session.see"),
    route("emergency/", helping.every_card, "emergency_cards", "session.see"),
    route("emergency/<slug:card>/", helping.card_lines, "card_lines", "policy.sign"),
    route(f"{HERE}help/", helping.help_page, "help", "session.note"),
    route(f"{HERE}help/end/", helping.end_help, "end_help", "session.chart"),
    route(f"{HERE}help/sheet/", helping.sheet, "sheet", "session.note"),
    route(f"{HERE}help/transfer/", helping.transfer, "transfer", "session.chart"),
    route(f"{HERE}help/<slug:card>/", helping.call_help, "call_help", "session.note"),
    route(f"{HERE}help/<slug:card>/<slug:step>/", helping.help_step, "help_step", "session.note"),
    route("gateway/", devices.gateway, "gateway", ANYONE),
    route("devices/", devices.devices, "devices", "device.see"),
    route(f"{HERE}device/match/", devices.device, "session_device", "session.chart"),
    route(f"{HERE}device/take/", devices.take, "take_offer", "session.chart"),
    route(f"{HERE}record/", signing.record, "session_record", "session.see"),
    route(f"{HERE}record/session.pdf", signing.record_pdf, "session_record_pdf", "session.see"),
    route(f"{HERE}effects/", effects.effects, "effects", "session.note"),
    route(f"{HERE}effects/<int:minute>/", effects.ask, "ask_effects", "session.note"),
    route(f"{HERE}release/again/", leaving.look_again, "look_again", "session.release"),
    route(f"{HERE}release/sign/", leaving.sign_off, "sign_off", "session.release"),
    route("me/day/", going_home.my_day, "my_day", "companion.keep"),
    route("me/day/someone/", going_home.need_someone, "need_someone", "companion.keep"),
    route("me/companion/", going_home.companion, "companion", "companion.keep"),
    route("patients/<uuid:patient_id>/companion/end/", going_home.end_for_them, "end_companion", "companion.end"),
    route("with/<str:secret>/", going_home.with_you, "with_you", ANYONE),
    route("register/", register.overview, "register", "register.see"),
    route("register/lines/", register.lines, "register_lines", "register.see"),
    route("register/receive/", register.receive, "register_receive", "register.keep"),
    route("register/count/", register.count, "register_count", "register.keep"),
    route("register/destroyed/", register.report_destroyed, "form_41", "register.see"),
    route("register/<uuid:container_id>/draw/", register.draw, "register_draw", "register.use"),
    route("register/<uuid:container_id>/waste/", register.waste, "register_waste", "register.use"),
    route("register/<uuid:container_id>/back/", register.send_back, "register_send_back", "register.keep"),
    route("register/<uuid:register_line_id>/explain/", register.explain, "register_explain", "register.keep"),
    route("register/<uuid:register_line_id>/loss/", register.report_loss, "form_106", "register.see"),
    route("chairs/", views.every_chair, "chairs", "session.see"),
    route(f"{HERE}check/", dosing.check, "second_check", "session.chart"),
    route(f"{HERE}again/", dosing.again, "dose_again", "session.chart"),
    route(f"{HERE}rate/", dosing.rate, "change_rate", "session.chart"),
    route(f"{HERE}typing/", watching.keep_typing, "keep_typing", "session.chart"),
    route(f"{HERE}not-taken/", watching.close_slot, "close_slot", "session.chart"),
    route(f"{HERE}hand-over/", watching.take_over, "take_over", "session.chart"),
    route(f"{HERE}chair/", watching.seat, "seat", "session.chart"),
    route(f"{HERE}part/<slug:part>/", watching.move_part, "move_part", "session.note"),
    route(f"{HERE}time-out/", dosing.timeout, "timeout", "session.chart"),
    route(f"{HERE}time-out/clear/", dosing.clear, "clear_misses", "session.chart"),
    route(f"{HERE}start/", dosing.start, "start_dose", "session.chart"),
    route(f"{HERE}device/", dosing.device, "device", "session.chart"),
    route(f"{HERE}end/", dosing.end_dose, "end_dose", "session.chart"),
    route(f"{HERE}stop/", dosing.stop, "stop_dose", "session.chart"),
    route(f"{HERE}not-today/", dosing.not_today, "not_today", "session.chart"),
    route(f"{HERE}reading/", watching.reading, "reading", "session.chart"),
    route(f"{HERE}observation/", watching.observation, "observation", "session.chart"),
    route(f"{HERE}medicine/", dosing.medicine, "medicine", "medicine.give"),
    route(f"{HERE}note/", watching.note, "note", "session.note"),
    route(f"{HERE}room/", watching.setting, "setting", "session.note"),
    route(f"{HERE}seen/<slug:reminder>/", watching.mark_seen, "mark_seen", "session.chart"),
    route(f"{HERE}replay/", views.replay, "replay", "session.see"),
    route(f"{HERE}release/", leaving.release, "release", "session.release"),
]
