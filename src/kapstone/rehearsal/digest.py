"""One hash over what the demo clinic says clinically, whatever its ids and keys: equal for equal seed and anchor."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.queries import history, latest_decision, measures
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.concerns.queries import open_items, settled_items
from kapstone.clinic.ground.ledger.queries import rows_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import me, patients, the_clinic
from kapstone.clinic.ground.people.roles import STAFF, Role
from kapstone.clinic.guide.queries import enquiries
from kapstone.clinic.integration.queries import my_entries, visits
from kapstone.clinic.outcomes.queries import outcomes
from kapstone.clinic.plan.consent.queries import consent_of
from kapstone.clinic.plan.queries import course_of, doses
from kapstone.clinic.session.queries import seen, sessions

NOT_CLINICAL = {"order", "words_sealed", "checked_by", "from"}
"""Parts of a session's lines that are an id, or sealed afresh each time."""


def clinical_digest() -> str:
    """SHA-256 of the clinical content of this server's clinic."""
    return hashlib.sha256(
        json.dumps(_content(), sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()


def _content() -> dict[str, Any]:
    clinic = the_clinic()
    if clinic is None:
        return {}
    rows = [(row.at, row.verb) for row in rows_of(clinic.id, most=1_000_000)]
    at = Instant(max(when for when, _ in rows))
    reader = Act(None, clinic, frozenset(STAFF), at, "digest", uuid7(at))
    return {
        "clinic": [clinic.name, clinic.zone_name, clinic.place],
        "ledger": rows,
        "enquiries": [(one.enquiry.asked_at, one.name, one.message, one.answered) for one in enquiries(reader)],
        "concerns": _concerns(reader),
        "patients": [_patient(reader, patient) for patient in patients(reader)],
    }


def _concerns(reader: Act) -> list[tuple[object, ...]]:
    items = [*open_items(reader), *settled_items(reader, most=10_000)]
    told = [(one.concern.raised_at, one.concern.patient.name, one.concern.reason, one.open) for one in items]
    return sorted(told)


def _patient(reader: Act, patient: Any) -> dict[str, object]:
    themselves = Act(patient.user, reader.clinic, frozenset({Role.PATIENT}), reader.at, "digest", uuid7(reader.at))
    told = [history(reader, patient, by_patient) for by_patient in (True, False)]
    decided, consent = latest_decision(reader, patient), consent_of(reader, patient)
    return {
        "who": [patient.number, patient.name, patient.birth_date],
        "history": [one for one in told if one],
        "measures": [(one.answered_at, one.answers, one.total) for one in measures(reader, patient)],
        "decision": [decided.decision.at, decided.decision.digest, decided.reason] if decided else None,
        "consent": [consent.at, consent.signed_name] if consent else None,
        "course": _course(reader, patient),
        "bookings": [
            (one.kind, one.number, one.starts_at, str(one.room), str(one.staff))
            for one in bookings(reader, patient.id)
        ],
        "sessions": [_session(reader, one) for one in sessions(reader, patient)],
        "visits": [(one.booking.starts_at, one.note, one.next_act) for one in visits(reader, patient)],
        "journal": [(one.entry.at, one.words, one.shared) for one in my_entries(themselves, me(themselves))],
        "options": [one.key for one in outcomes(reader, patient).options],
    }


def _course(reader: Act, patient: Any) -> list[object] | None:
    course = course_of(reader, patient)
    if course is None:
        return None
    planned = [(dose.number, dose.booking.starts_at) for dose in doses(reader, course)]
    return [course.format, course.mg, course.weight_kg, course.therapy_form, planned]


def _session(reader: Act, session: Any) -> list[object]:
    events = [line.event for line in seen(reader, session).state.lines]
    return [(event.kind, event.at_device, event.at_received, _plain(event.payload)) for event in events]


def _plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key not in NOT_CLINICAL}
