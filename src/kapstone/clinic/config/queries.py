"""What the board says of each patient beside the session: it takes several rooms to know."""

from datetime import date
from uuid import UUID
from zlib import crc32

from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.outcomes.queries import chosen
from kapstone.clinic.plan.authorisation import queries as authorisation
from kapstone.clinic.plan.esketamine import queries as rems
from kapstone.clinic.session.fresh.queries import mark_of_chairs
from kapstone.clinic.session.queries import Card


def board_mark(act: Act) -> str:
    """Another one after each line of a session that may run, and after each change of an open concern."""
    concerns = " ".join(f"{one.concern.id}{one.taken}" for one in open_items(act))
    verb = "session.see" if may(act, "session.see") else "session.arrive"
    return f"{mark_of_chairs(act, verb)}-{crc32(concerns.encode()):08x}"


def looks(act: Act) -> list[tuple[Patient, date]]:
    """Whose look at the end of the label's week 4 is due, and no next step was chosen since."""
    found = []
    for patient, since in rems.looks_due(act):
        step = chosen(act, patient)
        if step is None or step.step.at.astimezone(act.clinic.zone).date() < since:
            found.append((patient, since))
    return found


def status(act: Act, cards: list[Card]) -> dict[UUID, list[tuple[str, str]]]:
    """For each card of the board: where the REMS and the payer's agreement stand, with the kind of its tag."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    for card in cards:
        if card.dose is None:
            continue
        patient, said = card.booking.patient, []
        if may(act, "rems.see") and rems.is_esketamine(card.dose.course.format):
            stands = rems.enrolment(patient)
            said.append((f"REMS: {stands.state.words.lower()}", "ok" if stands.enrolled else "danger"))
        paid = authorisation.stands(act, patient) if may(act, "payer.see") else None
        if paid is not None:
            said.append((paid.standing.words, "warn" if paid.standing.short else "info"))
        found[card.booking.id] = said
    return found
