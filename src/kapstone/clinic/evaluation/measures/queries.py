"""Looks up completed questionnaires and the sitting that is under way."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.evaluation import Instrument, turn_came
from kapstone.clinic.evaluation.models import ItemAnswer, Measure
from kapstone.clinic.ground.concerns.roster.queries import promise
from kapstone.clinic.ground.concerns.roster.words import said
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import visible

PHQ_9, ASQ = "phq-9", "asq"


def measures(act: Act, patient: Patient, instrument: str = PHQ_9) -> QuerySet[Measure]:
    """A patient's completed instruments, oldest first."""
    return visible(act, Measure).filter(patient=patient, instrument=instrument).order_by("answered_at", "id")


def latest_measure(act: Act, patient: Patient, instrument: str = PHQ_9) -> Measure | None:
    """The newest of them."""
    return measures(act, patient, instrument).last()


def open_sitting(act: Act, patient: Patient, instrument: str = PHQ_9) -> UUID | None:
    """The newest sitting that is not finished and not too old, on whatever device it was begun."""
    policy, _ = policy_in_force(act.clinic)
    since = act.at - timedelta(hours=float(policy.number("evaluation.questionnaire.resume_hours")))
    rows = visible(act, ItemAnswer).filter(patient=patient, instrument=instrument, at__gte=since)
    finished = visible(act, Measure).filter(patient=patient, instrument=instrument).values("id")
    newest = rows.exclude(sitting__in=finished).order_by("at", "id").last()
    return newest.sitting if newest else None


def given(act: Act, patient: Patient, sitting: UUID | None) -> dict[str, int | None]:
    """The answers of a sitting by link id, the newest of each; None where a question was left out."""
    if sitting is None:
        return {}
    rows = visible(act, ItemAnswer).filter(patient=patient, sitting=sitting).order_by("at", "id")
    return {row.link_id: row.points for row in rows}


def next_question(used: Instrument, answers: Mapping[str, int | None]) -> int | None:
    """The number of the first question that is due and was neither answered nor left out; None when there is none."""
    due = (number for number, item in enumerate(used.items, 1) if turn_came(used, answers, item.link_id))
    return next((number for number in due if used.items[number - 1].link_id not in answers), None)


def question_after(used: Instrument, answers: Mapping[str, int | None], number: int) -> int | None:
    """The number of the next question in order that is due, answered or not; None after the last."""
    later = enumerate(used.items[number:], number + 1)
    return next((after for after, item in later if turn_came(used, answers, item.link_id)), None)


def who_reads(act: Act) -> dict[str, str]:
    """What may honestly be said about who reads an answer now: `read` is "now", "later" or "nobody", with `when`."""
    found = promise(act.clinic, act.at)
    if found is None:
        return {"read": "nobody", "when": ""}
    moment = found.call_by if found.reads_now else found.reads_from
    when = said(moment, act.at, act.clinic.zone) if moment else ""
    return {"read": "now" if found.reads_now else "later", "when": when}
