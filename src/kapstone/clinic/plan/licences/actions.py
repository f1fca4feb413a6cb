"""Writes licences: held, and ended before their day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kapstone.care.plan.licences import Licence
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.licences.queries import clinical_staff
from kapstone.clinic.plan.models import HeldLicence, LicenceEnded


@dataclass(frozen=True, slots=True)
class NewLicence:
    """A licence as it was looked up."""

    person_id: UUID
    licence: Licence
    state: str
    number: str
    until: date


@action("licence.keep")
def hold_licence(act: Act, new: NewLicence) -> HeldLicence:
    """Writes down a licence that somebody looked up at the board. Nobody writes down their own."""
    person = next((one for one in clinical_staff(act) if one.id == new.person_id), None)
    if person is None:
        raise Refused("Choose somebody of the clinical staff.", "person")
    if person.id == act.person.id:
        raise Refused("A colleague writes down your licence.", "person")
    state = new.state.strip().upper()
    if len(state) != 2 or not (state.isascii() and state.isalpha()):
        raise Refused("State: two letters, such as CT.", "state")
    if new.until < act.at.astimezone(act.clinic.zone).date():
        raise Refused("Until: this licence has run out; write the renewed one.", "until")
    if not new.number.strip():
        raise Refused("Number: write the number that the board shows.", "number")
    made = HeldLicence.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        person=person,
        at=act.at,
        by=act.person,
        licence=new.licence.value,
        state=state,
        number=new.number.strip(),
        until=new.until,
    )
    sign("licence held", licence=made.id, person=person.id)
    return made


@action("licence.keep")
def end_licence(act: Act, licence_id: UUID) -> LicenceEnded:
    """A licence counts no more, from now on."""
    found = visible(act, HeldLicence, "licence.keep").filter(id=licence_id, ended=None).first()
    if found is None:
        raise NotThere("No such licence.")
    made = LicenceEnded.objects.create(id=uuid7(act.at), clinic=act.clinic, licence=found, at=act.at, by=act.person)
    sign("licence ended", licence=found.id)
    return made
