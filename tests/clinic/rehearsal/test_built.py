"""The virtual clinic once it is built: all of it came through actions, and nothing in it is odd. Only read."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction

from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.queries import measures
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.ledger.queries import rows_of, verify
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import patients, the_clinic
from kapstone.clinic.ground.people.roles import STAFF
from kapstone.clinic.integration.queries import visits
from kapstone.clinic.session.queries import board, broken_records, seen, sessions
from kapstone.rehearsal import build

TUESDAY_NOON = Instant(datetime(2026, 11, 24, 17, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def clinic(django_db_setup: None, django_db_blocker: Any) -> Iterator[Act]:
    """Everybody's reading of a clinic of six patients, taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(7, TUESDAY_NOON, patients=6)
        opened = the_clinic()
        assert opened is not None
        yield Act(None, opened, frozenset(STAFF), TUESDAY_NOON, "test", uuid7(TUESDAY_NOON))
        transaction.set_rollback(True)


def test_everything_came_through_actions_and_the_ledger_holds(clinic: Act) -> None:
    rows = list(rows_of(clinic.clinic.id, most=100_000))
    done = Counter(row.verb for row in rows)
    everyone = list(patients(clinic))

    assert verify().first_bad is None
    assert broken_records() == []
    assert done["enquiry.answer"] == len(everyone) + 1, "each was invited, one was told no"
    assert done["measure.answer"] == sum(
        measures(clinic, one, used).count() for one in everyone for used in ("phq-9", "asq")
    )
    assert done["session.arrive"] == sum(sessions(clinic, one).count() for one in everyone)
    assert done["policy.sign"] == 2
    assert [row.at for row in reversed(rows)] == sorted(row.at for row in rows), "time runs forward"
    assert max(row.at for row in rows) <= TUESDAY_NOON


def test_no_line_of_any_session_contradicts_the_record(clinic: Act) -> None:
    lines = [
        line
        for one in patients(clinic)
        for session in sessions(clinic, one)
        for line in seen(clinic, session).state.lines
    ]

    assert len(lines) > 300
    assert [line.remark for line in lines if line.remark] == []


def test_every_visit_after_a_given_dose_is_24_to_48_hours_later(clinic: Act) -> None:
    known = [due for one in patients(clinic) for due in visits(clinic, one) if due.in_window is not None]

    assert len(known) > 20
    assert all(due.in_window for due in known)


def test_nobody_and_no_room_is_booked_twice_at_once(clinic: Act) -> None:
    for one, other in combinations(bookings(clinic), 2):
        together = one.starts_at < other.ends_at and other.starts_at < one.ends_at
        if together:
            assert one.room_id != other.room_id
            assert one.staff_id is None or one.staff_id != other.staff_id
            assert one.patient_id != other.patient_id


def test_the_board_of_a_working_day_has_life(clinic: Act) -> None:
    cards = {str(card.phase): card.seen for card in board(clinic)}

    assert set(cards) >= {"dosing", "observing"}
    dosing = cards["dosing"]
    assert dosing is not None
    assert [(one.rule.id, one.seen_by) for one in dosing.state.watch.current()] == [("high-systolic", "")]
