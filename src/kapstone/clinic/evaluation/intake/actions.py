"""The patient answers the history and sends the intake."""

import json
from collections.abc import Mapping
from dataclasses import fields
from uuid import UUID

from kapstone.care.evaluation import BadIntake, Intake
from kapstone.clinic.evaluation.intake.queries import intake_of, latest_answers
from kapstone.clinic.evaluation.measures.queries import latest_measure
from kapstone.clinic.evaluation.models import Answers, IntakeSent, Mode
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, me, patient_of

SAID_PLAINLY = {
    "last_pregnancy_test": "Last negative pregnancy test: this day is in the future; give a day up to today."
}
"""Where the rules name a field by its name in the record: what the form says instead."""


@action("intake.answer")
def answer_history(act: Act, body: Mapping[str, object]) -> Answers:
    """Saves the signed-in patient's medical history. A blank stays a blank."""
    return write_answers(act, me(act), body, by_patient=True)


@action("intake.enter")
def enter_history(act: Act, patient_id: UUID, body: Mapping[str, object], mode: str) -> Answers:
    """Saves what a patient said aloud or wrote on paper, as the patient's answers typed by staff."""
    return write_answers(act, patient_of(act, patient_id, "intake.enter"), body, by_patient=True, mode=mode)


@action("intake.answer")
def send_intake(act: Act) -> IntakeSent:
    """The patient sends the intake. Refused until both parts are there; sending twice changes nothing."""
    patient = me(act)
    if latest_measure(act, patient) is None:
        raise Refused("Answer “How I have felt” first; it takes about 2 minutes.")
    if latest_answers(act, patient, by_patient=True) is None:
        raise Refused("Answer “My health” first; it takes about 5 minutes.")
    sent, _ = IntakeSent.objects.get_or_create(
        patient=patient, defaults={"id": uuid7(act.at), "clinic": act.clinic, "at": act.at}
    )
    sign("intake sent", patient.id)
    return sent


def write_answers(
    act: Act, patient: Patient, body: Mapping[str, object], *, by_patient: bool, mode: str = Mode.SELF
) -> Answers:
    """Adds a row to the history. Refused, on the field it names, where the rules could not read the whole."""
    answers_id = uuid7(act.at)
    answers = Answers.objects.create(
        id=answers_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        by_patient=by_patient,
        mode=mode,
        body_sealed=key_of(patient).seal(json.dumps(dict(body)), f"answers/body/{answers_id}"),
    )
    _must_be_readable(act, patient)
    sign("history answered", patient.id, answers=answers.id)
    return answers


def _must_be_readable(act: Act, patient: Patient) -> None:
    """Refused, on the field that it names, where the rules could not read what is now known."""
    try:
        intake_of(act, patient)
    except BadIntake as problem:
        sentence = str(problem)
        name = next((each.name for each in fields(Intake) if sentence.startswith(f"{each.name} ")), "")
        raise Refused(SAID_PLAINLY.get(name, sentence), name) from None
