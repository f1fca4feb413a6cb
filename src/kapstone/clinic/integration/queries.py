"""Reads the journal for its writer, what is shared for the therapist, and the visits that are due."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from kapstone.care.plan import in_window, integration_window
from kapstone.care.plan.course import Window
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.integration.models import JournalEntry, JournalShare, Visit
from kapstone.clinic.plan.consent.queries import under_the_drug
from kapstone.clinic.session.queries import dose_end

KINDS = (BookingKind.PREPARATION, BookingKind.INTEGRATION)
"""The visits of therapy: before the first dose, and after doses."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry, opened."""

    entry: JournalEntry
    words: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A booked visit with the window that the dose gave it, and its outcome if it has one."""

    booking: Booking
    window: Window | None
    visit: Visit | None
    in_window: bool | None
    note: str = ""
    next_act: str = ""


def my_entries(act: Act, patient: Patient) -> list[Entry]:
    """The patient's own entries, the newest first."""
    found = _with_share(visible(act, JournalEntry).filter(patient=patient))
    return [_open(one, patient) for one in found.order_by("-at")]


def shared_entries(act: Act, patient: Patient) -> list[Entry]:
    """Entries that the patient shares now, for a therapist who may read them."""
    found = _with_share(visible(act, JournalEntry, "journal.read_shared").filter(patient=patient))
    return [_open(one, patient) for one in found.filter(is_shared=True).order_by("-at")]


def entry_of(act: Act, entry_id: UUID) -> JournalEntry:
    """One of one's own entries. NotThere for any other."""
    found = visible(act, JournalEntry, "journal.write").filter(id=entry_id).first()
    if found is None:
        raise NotThere("No such entry.")
    return found


def sharing_opens(act: Act, patient: Patient) -> Instant | None:
    """When new sharing is possible again, after a dose that was begun today; None when it is possible now.

    From clock zero until the next morning the patient decides nothing that others will read (clinical decision 22).
    Writing for oneself and taking a sharing back are always possible.
    """
    return under_the_drug(act, patient)


def check_sharing(act: Act, patient: Patient) -> None:
    """Refused, kindly, while a dose may still speak for the patient."""
    opens = sharing_opens(act, patient)
    if opens is not None:
        when = opens.astimezone(act.clinic.zone)
        raise Refused(
            f"You had a dose today, so sharing waits until {when:%A, %H:%M}. "
            "You can write for yourself now, and share it then if you still want to.",
            "share",
        )


def _booked(act: Act, patient: Patient | None = None) -> QuerySet[Booking]:
    found = bookings(act, patient.id if patient else None).filter(kind__in=KINDS)
    return found.select_related("patient", "staff", "room", "visit__by")


def visits(act: Act, patient: Patient) -> list[Due]:
    """A patient's booked visits with their windows, in time order: those before the first dose have none."""
    return [due(act, one) for one in _booked(act, patient)]


def visits_to_write(act: Act) -> list[Due]:
    """Visits that have begun and are not written yet, the oldest first."""
    return [due(act, one) for one in _booked(act).filter(starts_at__lte=act.at, visit=None)]


def visits_to_come(act: Act, most: int = 30) -> list[Due]:
    """The next visits."""
    return [due(act, one) for one in _booked(act).filter(starts_at__gt=act.at)[:most]]


def visit_of(act: Act, booking_id: UUID, verb: str = "") -> Due:
    """One visit. NotThere when it is not this actor's to see."""
    found = visible(act, Booking).filter(id=booking_id, kind__in=KINDS, cancelled_at=None)
    booking = found.filter(patient__in=visible(act, Patient, verb or "visit.see")).select_related("patient").first()
    if booking is None:
        raise NotThere("No such visit.")
    return due(act, booking)


def due(act: Act, booking: Booking) -> Due:
    """The visit with the window from when the dose that it is paired with really ended."""
    policy, _ = policy_in_force(act.clinic)
    end = dose_end(act, booking.pair_id) if booking.pair_id else None
    window = integration_window(end, policy) if end else None
    kept = in_window(Instant(booking.starts_at), end, policy) if end else None
    visit = getattr(booking, "visit", None)
    if visit is None:
        return Due(booking, window, None, kept)
    key = key_of(booking.patient)
    return Due(
        booking,
        window,
        visit,
        kept,
        key.open(visit.note_sealed, f"visit/note/{visit.id}"),
        key.open(visit.act_sealed, f"visit/act/{visit.id}"),
    )


def next_act(act: Act, patient: Patient) -> str:
    """The small act agreed at the newest visit, for the patient's own page."""
    found = Visit.objects.filter(patient=patient, clinic=act.clinic, outcome=Visit.KEPT).order_by("at").last()
    if found is None or not visible(act, Patient).filter(id=patient.id).exists():
        return ""
    return key_of(patient).open(found.act_sealed, f"visit/act/{found.id}")


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    return {"visits": visits(act, patient), "shared": len(shared_entries(act, patient))}


def _with_share(entries):  # type: ignore[no-untyped-def]
    newest = JournalShare.objects.filter(entry=OuterRef("pk")).order_by("-at", "-id")
    return entries.annotate(is_shared=Subquery(newest.values("shared")[:1]))


def _open(entry: JournalEntry, patient: Patient) -> Entry:
    words = key_of(patient).open(entry.words_sealed, f"journal/words/{entry.id}")
    return Entry(entry, words, bool(entry.is_shared))  # type: ignore[attr-defined]
