"""Mails that remind: one a day, few a week, everything soon in one, and nothing twice unless it moved."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kapstone.care.evidence import default_policy
from kapstone.care.plan.reminding import Ahead, to_remind
from kapstone.care.quantities import Instant

POLICY = default_policy()
NEW_YORK = ZoneInfo("America/New_York")
NOW = Instant(datetime(2026, 11, 2, 15, 0, tzinfo=UTC))
"""10 in the morning there."""


def ahead(number: int, hours: float, told: float | None = None) -> Ahead:
    """A booking so many hours from now, of which the patient was told as beginning at another hour from now."""
    return Ahead(UUID(int=number), Instant(NOW + timedelta(hours=hours)), None if told is None else _at(told))


def off(number: int, hours: float) -> Ahead:
    """A booking that was told and then cancelled."""
    return Ahead(UUID(int=number), _at(hours), _at(hours), off=True)


def _at(hours: float) -> Instant:
    return Instant(NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("what", "bookings", "mailed", "named"),
    [
        ("nothing booked", [], [], []),
        ("a dose and its visit come in one mail", [ahead(1, 20), ahead(2, 46)], [], [1, 2]),
        ("in order of time", [ahead(2, 46), ahead(1, 20)], [], [1, 2]),
        ("too far away", [ahead(1, 73)], [], []),
        ("just near enough", [ahead(1, 72)], [], [1]),
        ("already begun", [ahead(1, 0)], [], []),
        ("told already", [ahead(1, 20, told=20)], [], []),
        ("told, but moved since", [ahead(1, 22, told=20)], [], [1]),
        ("one is new: both are named", [ahead(1, 20, told=20), ahead(2, 46)], [], [1, 2]),
        ("mailed today", [ahead(1, 20)], [-1], []),
        ("mailed today, and moved since", [ahead(1, 22, told=20)], [-1], [1]),
        ("moved far away: the patient would come for nothing", [ahead(1, 200, told=20)], [], [1]),
        ("cancelled, which nobody told", [off(1, 20)], [-1], [1]),
        ("cancelled, beside one that stands", [off(1, 20), ahead(2, 40, told=40)], [-1], [1, 2]),
        ("a spent budget holds back no correction", [ahead(1, 22, told=20)], [-30, -60, -90], [1]),
        ("mailed yesterday", [ahead(1, 20)], [-24], [1]),
        ("three this week", [ahead(1, 20)], [-30, -60, -90], []),
        ("three, one of them last week", [ahead(1, 20)], [-30, -60, -169], [1]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_mail_names(what: str, bookings: list[Ahead], mailed: list[float], named: list[int]) -> None:
    found = to_remind(bookings, [_at(one) for one in mailed], NEW_YORK, POLICY, NOW)
    assert [one.booking.int for one in found] == named


def test_no_mail_before_the_hour_where_the_clinic_is() -> None:
    early = Instant(datetime(2026, 11, 2, 13, 59, tzinfo=UTC))
    soon = [Ahead(UUID(int=1), Instant(early + timedelta(hours=5)))]
    assert to_remind(soon, [], NEW_YORK, POLICY, early) == ()
    assert to_remind(soon, [], NEW_YORK, POLICY, Instant(early + timedelta(minutes=1))) != ()
    summer = Instant(datetime(2026, 6, 1, 13, 0, tzinfo=UTC))
    assert to_remind([Ahead(UUID(int=1), Instant(summer + timedelta(hours=5)))], [], NEW_YORK, POLICY, summer) != ()


def test_no_mail_in_the_evening() -> None:
    evening = Instant(datetime(2026, 11, 3, 1, 0, tzinfo=UTC))
    soon = [Ahead(UUID(int=1), Instant(evening + timedelta(hours=20)))]
    assert to_remind(soon, [], NEW_YORK, POLICY, evening) == (), "it is eight in the evening there"
    assert to_remind(soon, [], NEW_YORK, POLICY, Instant(evening - timedelta(minutes=1))) != ()
    wrong = [Ahead(UUID(int=1), Instant(evening + timedelta(hours=11)), Instant(evening + timedelta(hours=10)))]
    assert to_remind(wrong, [], NEW_YORK, POLICY, evening) != (), "nobody comes for nothing because it was late"


def test_two_mails_within_24_hours_are_two_days_where_the_clinic_is() -> None:
    """A mail at 11 in the evening, by a clinic's odd policy, does not silence the next morning's."""
    late = Instant(datetime(2026, 11, 2, 4, 0, tzinfo=UTC))
    assert to_remind([ahead(1, 20)], [late], NEW_YORK, POLICY, NOW) != ()
