"""The patient writes and shares; the therapist keeps the visit and agrees on one small act."""

from uuid import UUID

from kapstone.care.integration import MODALITIES, MOODS
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, me
from kapstone.clinic.integration.models import JournalEntry, JournalShare, Visit
from kapstone.clinic.integration.queries import check_sharing, entry_of, visit_of
from kapstone.clinic.integration.remote.queries import check_asked
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.queries import not_oneself


@action("journal.write")
def write_entry(act: Act, words: str, mood: str = "", share: bool = False, once: UUID | None = None) -> JournalEntry:
    """Saves a journal entry, private unless shared. The same `once` again is the same entry and changes nothing."""
    patient = held(me(act))
    known = JournalEntry.objects.filter(id=once).first() if once else None
    if known is not None:
        return _already(patient, known)
    if not words.strip() and not mood:
        raise Refused("Write something or choose a mood.", "words")
    if mood and mood not in MOODS:
        raise Refused(f"Choose a mood: {', '.join(MOODS)}.", "mood")
    if share:
        check_sharing(act, patient)
    entry_id = once or uuid7(act.at)
    entry = JournalEntry.objects.create(
        id=entry_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        mood=mood,
        words_sealed=key_of(patient).seal(words.strip(), f"journal/words/{entry_id}"),
    )
    if share:
        _share(act, entry, True)
    sign("journal entry", patient.id, entry=entry.id, shared=share)
    return entry


def _already(patient: Patient, known: JournalEntry) -> JournalEntry:
    if known.patient_id != patient.id:
        raise Refused("This page is out of date; open the journal again and save once more.")
    sign("journal entry already saved", patient.id, entry=known.id)
    return known


@action("journal.write")
def share_entry(act: Act, entry_id: UUID, shared: bool) -> None:
    """Shares an entry with the therapist, or stops sharing it. Stopping always works."""
    entry = entry_of(act, entry_id)
    if shared:
        check_sharing(act, me(act))
    _share(act, entry, shared)
    sign("journal sharing", entry.patient_id, entry=entry.id, shared=shared)


def _share(act: Act, entry: JournalEntry, shared: bool) -> None:
    JournalShare.objects.create(id=uuid7(act.at), clinic=act.clinic, entry=entry, at=act.at, shared=shared)


@action("visit.write")
def keep_visit(act: Act, booking_id: UUID, *, modality: str, note: str, next_act: str) -> Visit:
    """The visit took place: what was worked with, the progress note, and one small act until the next."""
    if modality not in MODALITIES:
        raise Refused("Choose what you worked with.", "modality")
    if len(note.strip()) < 10:
        raise Refused("Write the progress note, in at least a few words.", "note")
    check_asked(act, visit_of(act, booking_id, "visit.write").booking)
    return _visit(act, booking_id, Visit.KEPT, modality, note.strip(), next_act.strip())


@action("visit.write")
def miss_visit(act: Act, booking_id: UUID, note: str) -> Visit:
    """The patient did not come. A person calls today."""
    visit = _visit(act, booking_id, Visit.MISSED, "", note.strip(), "")
    what = "preparation before a dose" if visit.booking.kind == BookingKind.PREPARATION else "visit after a dose"
    raise_within(act, visit.patient, Tier.TODAY, "visit", f"Missed the {what}: call today.")
    return visit


def _visit(act: Act, booking_id: UUID, outcome: str, modality: str, note: str, next_act: str) -> Visit:
    # Locked before it is read, so that a visit is written once, whoever else is writing it now.
    Booking.objects.select_for_update().filter(id=booking_id, clinic=act.clinic).first()
    due = visit_of(act, booking_id, "visit.write")
    not_oneself(act, due.booking.patient)
    if due.visit is not None:
        raise Refused("This visit is already written.")
    if due.booking.starts_at > act.at:
        raise Refused("This visit has not begun yet.")
    visit_id = uuid7(act.at)
    key = key_of(due.booking.patient)
    visit = Visit.objects.create(
        id=visit_id,
        clinic=act.clinic,
        patient=due.booking.patient,
        booking=due.booking,
        at=act.at,
        by=act.person,
        outcome=outcome,
        modality=modality,
        note_sealed=key.seal(note, f"visit/note/{visit_id}"),
        act_sealed=key.seal(next_act, f"visit/act/{visit_id}"),
    )
    sign(f"visit {outcome}", visit.patient_id, visit=visit.id, booking=due.booking.id)
    return visit
