"""Reads the history, field by field the newest answer, and puts together all that is known."""

import json
from dataclasses import dataclass

from django.urls import reverse

from kapstone.care.evaluation import Intake, instrument, read_intake
from kapstone.care.evaluation.instruments import asq
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.measures.queries import ASQ, PHQ_9, latest_measure
from kapstone.clinic.evaluation.models import Answers, IntakeSent, Mode
from kapstone.clinic.evaluation.photos.queries import photo_url
from kapstone.clinic.evaluation.tested.queries import results
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.who import may, visible

MODES = [(mode.value, mode.label) for mode in (Mode.ALOUD, Mode.PAPER)]
"""How answers come that staff write down for a patient."""

BESIDE = frozenset({"allergies"})
"""Answers that the rules do not read."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer and when it was given."""

    value: object
    at: Instant


def told(act: Act, patient: Patient, *, by_patient: bool) -> dict[str, Told]:
    """The newest answer to each field, from the patient or from clinicians."""
    rows = visible(act, Answers).filter(patient=patient, by_patient=by_patient).order_by("at", "id")
    key = key_of(patient)
    newest: dict[str, Told] = {}
    for row in rows:
        body = json.loads(key.open(row.body_sealed, f"answers/body/{row.id}"))
        newest |= {name: Told(value, Instant(row.at)) for name, value in body.items()}
    return newest


def history(act: Act, patient: Patient, by_patient: bool) -> dict[str, object]:
    """What the patient or the clinicians said, field by field; nothing where there is nothing."""
    return {name: one.value for name, one in told(act, patient, by_patient=by_patient).items()}


def latest_answers(act: Act, patient: Patient, by_patient: bool) -> Answers | None:
    """The newest row of the history, from the patient or from a clinician."""
    found = visible(act, Answers).filter(patient=patient, by_patient=by_patient)
    return found.order_by("at", "id").last()


def intake_sent(act: Act, patient: Patient) -> IntakeSent | None:
    """When the patient sent the intake, if they did."""
    return visible(act, IntakeSent).filter(patient=patient).first()


def may_send(act: Act, patient: Patient) -> bool:
    """Whether enough is answered to be sent: how the patient felt, and some of the history."""
    return bool(latest_measure(act, patient) and latest_answers(act, patient, by_patient=True))


def names_told(act: Act, patient: Patient, field: str, key: str) -> list[str]:
    """What the patient named in a list of the history, such as each medicine's name."""
    rows = history(act, patient, by_patient=True).get(field)
    if not isinstance(rows, list):
        return []
    return [str(row[key]) for row in rows if isinstance(row, dict) and row.get(key)]


def allergies(act: Act, patient: Patient) -> str:
    """Allergies as they were last told, or nothing."""
    for by_patient in (False, True):
        if said := history(act, patient, by_patient).get("allergies"):
            return str(said)
    return ""


def intake_of(act: Act, patient: Patient) -> Intake:
    """Everything known, as the rules read it.

    What a clinician wrote counts over what the patient did; but where the patient later said yes to a clinician's no,
    or no to a yes, nobody knows, and the rules ask again. Medicines that the patient named later join the list.
    A result that was read counts over both.
    """
    mine, theirs = told(act, patient, by_patient=True), told(act, patient, by_patient=False)
    mine |= _screened(act, patient)
    body = _values(mine) | _values(theirs)
    for name in _contradicted(mine, theirs):
        body.pop(name, None)
    if later := _named_later(mine.get("medicines"), theirs.get("medicines")):
        body["medicines"] = later
    body |= results(act, patient)
    measure = latest_measure(act, patient)
    if _answered_after(act, patient, theirs.get("suicidality_unchanged")):
        body.pop("suicidality_unchanged", None)
    body["phq9"] = measure.answers if measure else {}
    body["birth_date"] = patient.birth_date.isoformat()
    body["evaluated_on"] = act.at.astimezone(act.clinic.zone).date().isoformat()
    return read_intake(json.dumps(body))


def _values(answers: dict[str, Told]) -> dict[str, object]:
    return {name: one.value for name, one in answers.items() if one.value is not None and name not in BESIDE}


def _contradicted(mine: dict[str, Told], theirs: dict[str, Told]) -> list[str]:
    """Yes-or-no questions that the patient answered otherwise after a clinician did."""
    return [
        name
        for name in mine.keys() & theirs.keys()
        if isinstance(mine[name].value, bool) and isinstance(theirs[name].value, bool)
        if mine[name].value != theirs[name].value and mine[name].at > theirs[name].at
    ]


def _screened(act: Act, patient: Patient) -> dict[str, Told]:
    """What the newest ASQ says to the rules. A yes without the acute question leaves that one open."""
    measure = latest_measure(act, patient, ASQ)
    if measure is None:
        return {}
    points = instrument(ASQ).by_link_id.keys()
    outcome, at = (
        asq.outcome({link_id: measure.answers.get(link_id) for link_id in points}),
        Instant(measure.answered_at),
    )
    positive = None if outcome is None else outcome != asq.NEGATIVE
    acute = {asq.ACUTE: True, asq.NON_ACUTE: False, asq.NEGATIVE: False}.get(outcome or "")
    return {"asq_positive": Told(positive, at), "asq_acute": Told(acute, at)}


def _answered_after(act: Act, patient: Patient, unchanged: Told | None) -> bool:
    """Whether a questionnaire on suicidality came after a clinician found it unchanged: then nobody knows."""
    newest = [latest_measure(act, patient, used) for used in (PHQ_9, ASQ)]
    return unchanged is not None and any(one is not None and one.answered_at > unchanged.at for one in newest)


def _named_later(mine: Told | None, theirs: Told | None) -> list[object] | None:
    """The clinician's list with what the patient named after it; None where that adds nothing."""
    if mine is None or theirs is None or mine.at <= theirs.at or not isinstance(mine.value, list):
        return None
    known = [one for one in theirs.value if isinstance(one, dict)] if isinstance(theirs.value, list) else []
    names = {str(one["name"]).casefold() for one in known}
    more = [one for one in mine.value if isinstance(one, dict) and str(one["name"]).casefold() not in names]
    return [*known, *more] if more else None


def strip(act: Act, patient: Patient) -> dict[str, str]:
    """Who a clinical page is about: name, birth, allergies, and whether a concern is open."""
    waiting = open_items(act, patient.id)
    return {
        "name": patient.name,
        "url": reverse("chart", args=[patient.id]) if may(act, "patient.open_chart") else "",
        "born": f"{patient.birth_date:%B %d, %Y}, record {patient.number}",
        "allergies": allergies(act, patient),
        "photo": photo_url(act, patient.id),
        "flag": f"{len(waiting)} open concern{'s' if len(waiting) > 1 else ''}" if waiting else "",
    }
