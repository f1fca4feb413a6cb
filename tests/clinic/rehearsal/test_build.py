"""Building the virtual clinic: the same seed gives the same clinic, at any moment, and a broken build gives none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import transaction

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.ledger.queries import verify
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import patients, the_clinic
from kapstone.clinic.ground.people.roles import STAFF
from kapstone.clinic.integration.queries import visits
from kapstone.rehearsal import build, clinical_digest

TUESDAY_NOON = Instant(datetime(2026, 11, 24, 17, 12, tzinfo=UTC))

pytestmark = pytest.mark.django_db


def reader(at: Instant = TUESDAY_NOON) -> Act:
    clinic = the_clinic()
    assert clinic is not None
    return Act(None, clinic, frozenset(STAFF), at, "test", uuid7(at))


def digest(seed: int, anchor: Instant = TUESDAY_NOON) -> str:
    """The digest of a clinic that is built and taken back again."""
    with transaction.atomic():
        build(seed, anchor, patients=3)
        found = clinical_digest()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_clinic_and_another_seed_another() -> None:
    first = digest(7)

    assert digest(7) == first
    assert digest(8) != first


def test_a_build_that_breaks_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(world: object, case: object) -> Iterator[Instant]:
        raise RuntimeError("broken on purpose")
        yield TUESDAY_NOON

    monkeypatch.setattr(import_module("kapstone.rehearsal.build"), "journey", breaks)
    with pytest.raises(RuntimeError, match="on purpose"):
        build(7, TUESDAY_NOON, patients=1)

    assert the_clinic() is None


@pytest.mark.parametrize(
    "anchor",
    [
        datetime(2026, 11, 23, 8, 34, tzinfo=UTC),  # Monday, long before opening
        datetime(2026, 11, 27, 22, 50, tzinfo=UTC),  # Friday, as the clinic closes
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),  # the Sunday on which the clocks go back
        datetime(2027, 3, 18, 21, 40, tzinfo=UTC),  # Thursday afternoon, after the clocks went forward
    ],
)
def test_any_moment_may_be_the_anchor(anchor: datetime) -> None:
    build(3, Instant(anchor), patients=2)
    act = reader(Instant(anchor))

    assert verify().first_bad is None
    assert all(due.in_window is not False for one in patients(act) for due in visits(act, one))
    assert bookings(act).filter(starts_at__gt=anchor).exists(), "something is still to come"
