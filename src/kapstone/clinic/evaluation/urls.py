"""Addresses of the evaluation."""

from kapstone.clinic.evaluation.clearance import views as clearance
from kapstone.clinic.evaluation.deciding import views as deciding
from kapstone.clinic.evaluation.intake import entering
from kapstone.clinic.evaluation.intake import views as intake
from kapstone.clinic.evaluation.licensed import views as licensed
from kapstone.clinic.evaluation.measures import views as measures
from kapstone.clinic.evaluation.photos import views as photos
from kapstone.clinic.ground.people.routes import route

urlpatterns = [
    route("me/intake/", intake.intake, "intake", "intake.answer"),
    route("me/intake/felt/", measures.felt, "intake_felt", "measure.answer"),
    route("me/intake/felt/<int:number>/", measures.question, "intake_question", "measure.answer"),
    route("me/intake/thoughts/", measures.thoughts, "intake_thoughts", "measure.answer"),
    route("me/intake/thoughts/<int:number>/", measures.thought, "intake_thought", "measure.answer"),
    route("me/intake/health/<slug:theme>/", intake.health, "intake_health", "intake.answer"),
    route("me/intake/medicines/", intake.medicines, "intake_medicines", "intake.answer"),
    route("me/intake/tried/", intake.tried, "intake_tried", "intake.answer"),
    route("me/intake/about/", intake.about, "intake_about", "intake.answer"),
    route("me/intake/check/", intake.check, "intake_check", "intake.answer"),
    route("me/check-in/", measures.check_in, "check_in", "measure.answer"),
    route("patients/<uuid:patient_id>/photo/", photos.photo, "photo", "photo.keep"),
    route("patients/<uuid:patient_id>/photo.jpg", photos.photo_file, "photo_file", "patient.see"),
    route("patients/<uuid:patient_id>/asq/", measures.aloud, "asq_aloud", "measure.enter"),
    route("me/safe/", measures.safe, "safe", "measure.answer"),
    route("patients/<uuid:patient_id>/evaluation/", deciding.verdict, "verdict", "evaluation.read"),
    route("patients/<uuid:patient_id>/intake/", entering.enter, "intake_enter", "intake.enter"),
    route("patients/<uuid:patient_id>/intake/paper/", entering.paper, "intake_paper", "intake.enter"),
    route("patients/<uuid:patient_id>/evaluation/asked/", deciding.asked, "asked", "evaluation.ask"),
    route("patients/<uuid:patient_id>/evaluation/decide/", deciding.decide, "decide", "evaluation.decide"),
    route(
        "patients/<uuid:patient_id>/evaluation/second/<uuid:decision_id>/",
        deciding.second,
        "second",
        "evaluation.decide",
    ),
    route("patients/<uuid:patient_id>/tests/", clearance.clearance, "clearance", "clearance.see"),
    route("patients/<uuid:patient_id>/tests/<slug:test>/ask/", clearance.ask, "clearance_ask", "clearance.ask"),
    route(
        "patients/<uuid:patient_id>/tests/<slug:test>/result/", clearance.result, "clearance_result", "clearance.ask"
    ),
    route(
        "patients/<uuid:patient_id>/tests/read/<uuid:result_id>/", clearance.read, "clearance_read", "clearance.read"
    ),
    route(
        "patients/<uuid:patient_id>/tests/error/<uuid:result_id>/",
        clearance.in_error,
        "clearance_error",
        "clearance.ask",
    ),
    route(
        "patients/<uuid:patient_id>/tests/close/<uuid:asked_id>/", clearance.close, "clearance_close", "clearance.ask"
    ),
    route(
        "patients/<uuid:patient_id>/documents/<uuid:document_id>/", clearance.document, "document", "clearance.see"
    ),
    route("questionnaires/", licensed.listed, "questionnaires", "questionnaire.see"),
    route("questionnaires/add/", licensed.add, "questionnaire_add", "questionnaire.keep"),
    route("questionnaires/<uuid:questionnaire_id>/", licensed.show, "questionnaire", "questionnaire.see"),
    route(
        "questionnaires/<uuid:questionnaire_id>/retire/",
        licensed.retire,
        "questionnaire_retire",
        "questionnaire.keep",
    ),
    route(
        "patients/<uuid:patient_id>/questionnaires/",
        licensed.of_patient,
        "patient_questionnaires",
        "intake.enter",
    ),
    route(
        "patients/<uuid:patient_id>/questionnaires/<uuid:questionnaire_id>/",
        licensed.fill,
        "patient_questionnaire",
        "intake.enter",
    ),
]
