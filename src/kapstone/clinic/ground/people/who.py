"""Who may do what: one table, role by verb by relation, and the one entrance to records.

A role that is not named for a verb may not. OWN is the patient's own record, GIVEN the records of patients who were
given to a guest, CLINIC every record of the clinic. `visible` is the only way to a record: it starts from nothing and
adds what the table allows, always within the actor's own clinic.
"""

from enum import IntEnum
from typing import TypeVar

from django.db.models import Model, QuerySet

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.roles import Role


class Reach(IntEnum):
    """How far a role reaches with a verb."""

    NOTHING = 0
    OWN = 1
    GIVEN = 2
    CLINIC = 3


class NotAllowed(Exception):
    """This actor may not do this at all. Pages answer as if the thing did not exist."""


_CLINICIANS = {
    Role.PRESCRIBER: Reach.CLINIC,
    Role.NURSE: Reach.CLINIC,
    Role.THERAPIST: Reach.CLINIC,
    Role.MEDICAL_DIRECTOR: Reach.CLINIC,
}
_WITH_GUEST = {**_CLINICIANS, Role.GUEST_THERAPIST: Reach.GIVEN}
_WITH_PATIENT = {**_WITH_GUEST, Role.PATIENT: Reach.OWN}
_PRESCRIBERS = {Role.PRESCRIBER: Reach.CLINIC}
_AT_THE_CHAIR = {Role.PRESCRIBER: Reach.CLINIC, Role.NURSE: Reach.CLINIC}
_OWN = {Role.PATIENT: Reach.OWN}
_DESK = {Role.FRONT_DESK: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC}

TABLE: dict[str, dict[Role, Reach]] = {
    # people
    "patient.see": {**_WITH_GUEST, **_DESK, Role.ON_CALL: Reach.CLINIC, Role.PATIENT: Reach.OWN},
    "patient.open_chart": {**_WITH_GUEST, Role.ON_CALL: Reach.CLINIC},
    "photo.keep": {**_CLINICIANS, **_DESK},
    "patient.contact": {**_CLINICIANS, **_DESK, Role.ON_CALL: Reach.CLINIC},
    "patient.admit": _DESK,
    "patient.give": {Role.CLINIC_LEAD: Reach.CLINIC, Role.PRESCRIBER: Reach.CLINIC},
    "patient.today": _OWN,
    "staff.board": {**_WITH_GUEST, **_DESK, Role.ON_CALL: Reach.CLINIC, Role.DIRECTORY_EDITOR: Reach.CLINIC},
    "policy.see": {**_CLINICIANS, Role.CLINIC_LEAD: Reach.CLINIC},
    "policy.sign": {Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    "ledger.see": {Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    # guide
    "enquiry.see": _DESK,
    "enquiry.answer": _DESK,
    # evaluation
    "intake.answer": _OWN,
    "intake.enter": _CLINICIANS,
    "intake.see": {**_CLINICIANS, Role.PATIENT: Reach.OWN},
    "measure.answer": _OWN,
    "measure.enter": {**_CLINICIANS, Role.ON_CALL: Reach.CLINIC},
    "measure.see": {**_WITH_PATIENT, Role.ON_CALL: Reach.CLINIC},
    "evaluation.see": {**_CLINICIANS, Role.PATIENT: Reach.OWN},
    "evaluation.read": _CLINICIANS,
    "evaluation.decide": _PRESCRIBERS,
    "evaluation.ask": {Role.PRESCRIBER: Reach.CLINIC, Role.NURSE: Reach.CLINIC},
    "clearance.see": _CLINICIANS,
    "clearance.ask": {Role.PRESCRIBER: Reach.CLINIC, Role.NURSE: Reach.CLINIC},
    "clearance.read": _PRESCRIBERS,
    "document.add": {Role.PRESCRIBER: Reach.CLINIC, Role.NURSE: Reach.CLINIC},
    "questionnaire.see": {**_CLINICIANS, Role.CLINIC_LEAD: Reach.CLINIC},
    "questionnaire.keep": {Role.CLINIC_LEAD: Reach.CLINIC, Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    # plan
    "consent.sign": _OWN,
    "consent.see": {**_CLINICIANS, **_OWN},
    "consent.review": _CLINICIANS,
    "touch.see": _WITH_PATIENT,
    "touch.keep": _WITH_PATIENT,
    "cost.state": {Role.CLINIC_LEAD: Reach.CLINIC, Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    "course.see": {**_WITH_PATIENT, **_DESK, Role.ON_CALL: Reach.CLINIC},
    "course.plan": _PRESCRIBERS,
    "forecast.see": _CLINICIANS,
    "order.sign": _PRESCRIBERS,
    "order.see": {Role.PRESCRIBER: Reach.CLINIC, Role.NURSE: Reach.CLINIC, Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    "rems.see": {**_CLINICIANS, Role.CLINIC_LEAD: Reach.CLINIC},
    "rems.keep": {**_AT_THE_CHAIR, Role.CLINIC_LEAD: Reach.CLINIC, Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    "payer.see": {**_CLINICIANS, **_DESK},
    "payer.keep": {**_DESK, Role.PRESCRIBER: Reach.CLINIC},
    "licence.see": {**_CLINICIANS, Role.CLINIC_LEAD: Reach.CLINIC},
    "licence.keep": {Role.CLINIC_LEAD: Reach.CLINIC, Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    # bookings
    "booking.see": {**_WITH_PATIENT, **_DESK, Role.ON_CALL: Reach.CLINIC},
    "booking.keep": {**_DESK, **_AT_THE_CHAIR},
    "booking.move_own": _OWN,
    "price.see": {**_WITH_PATIENT, **_DESK},
    "price.keep": {Role.CLINIC_LEAD: Reach.CLINIC, Role.MEDICAL_DIRECTOR: Reach.CLINIC},
    "money.see": {**_DESK, **_PRESCRIBERS, **_OWN},
    "money.keep": _DESK,
    "hours.see": {**_CLINICIANS, **_DESK},
    "hours.keep": _DESK,
    # session
    "session.see": _WITH_GUEST,
    "session.arrive": {**_AT_THE_CHAIR, **_DESK},
    "session.chart": _AT_THE_CHAIR,
    "session.note": _WITH_GUEST,
    "medicine.give": _AT_THE_CHAIR,
    "session.release": _AT_THE_CHAIR,
    "session.sign_off": _PRESCRIBERS,
    "session.sign_record": _AT_THE_CHAIR,
    "device.see": {**_AT_THE_CHAIR, Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    "device.keep": {**_AT_THE_CHAIR, Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    "companion.keep": _OWN,
    "companion.see": _WITH_PATIENT,
    "companion.end": _AT_THE_CHAIR,
    "register.see": {**_AT_THE_CHAIR, Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    "register.use": _AT_THE_CHAIR,
    "register.keep": {**_AT_THE_CHAIR, Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    "register.witness": {**_AT_THE_CHAIR, Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    # integration
    "journal.write": _OWN,
    "journal.see": _OWN,
    "journal.read_shared": {Role.THERAPIST: Reach.CLINIC, Role.GUEST_THERAPIST: Reach.GIVEN},
    "visit.see": {**_WITH_GUEST},
    "visit.write": {Role.THERAPIST: Reach.CLINIC, Role.GUEST_THERAPIST: Reach.GIVEN},
    "visit.join": _OWN,
    "video.keep": {Role.THERAPIST: Reach.CLINIC, Role.GUEST_THERAPIST: Reach.GIVEN},
    "concern.see": {**_CLINICIANS, Role.ON_CALL: Reach.CLINIC},
    "concern.take": {**_CLINICIANS, Role.ON_CALL: Reach.CLINIC},
    "roster.see": {**_CLINICIANS, Role.ON_CALL: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    "roster.keep": {Role.MEDICAL_DIRECTOR: Reach.CLINIC, Role.CLINIC_LEAD: Reach.CLINIC},
    # outcomes
    "outcome.see": _WITH_PATIENT,
    "nextstep.choose": _PRESCRIBERS,
    "nextstep.see": _WITH_PATIENT,
    # oneself
    "account.keep": dict.fromkeys(Role, Reach.OWN),
}


def reach(act: Act, verb: str) -> Reach:
    """How far this actor reaches with this verb: the widest of their roles. KeyError for an unknown verb."""
    row = TABLE[verb]
    return max((row.get(role, Reach.NOTHING) for role in act.roles), default=Reach.NOTHING)


def may(act: Act, verb: str) -> bool:
    """Whether this actor may do this to anyone at all."""
    return reach(act, verb) > Reach.NOTHING


def check_may(act: Act, verb: str) -> None:
    """Raises NotAllowed where `may` is false."""
    if not may(act, verb):
        raise NotAllowed(f"{verb} is not for {', '.join(sorted(act.roles)) or 'the public'}.")


Record = TypeVar("Record", bound=Model)


def visible(act: Act, model: type[Record], verb: str = "") -> QuerySet[Record]:
    """The records of this model that this actor may see, or may use `verb` on. Default: none.

    A model says `SEEN_WITH` (its verb) and `TO_PATIENT` (the path to its patient, "" for the patient itself, None for
    a record of the clinic that is about no patient).
    """
    records: QuerySet[Record] = model._default_manager.filter(clinic=act.clinic)
    far = reach(act, verb or model.SEEN_WITH)  # type: ignore[attr-defined]
    path: str | None = model.TO_PATIENT  # type: ignore[attr-defined]
    if far == Reach.CLINIC:
        return records
    if far == Reach.NOTHING or path is None or act.actor is None:
        return records.none()
    to = f"{path}__" if path else ""
    if far == Reach.OWN:
        return records.filter(**{f"{to}user": act.actor})
    return records.filter(**{f"{to}given__to": act.actor, f"{to}given__ended_at": None})
