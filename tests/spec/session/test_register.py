"""The drug register: what is in each container after its lines, what may be drawn from it, and who may watch."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.session.records import POLICY, moment

from kapstone.care.quantities import Instant
from kapstone.care.session.register import (
    Container,
    Entry,
    Kind,
    Made,
    Shape,
    Use,
    stock,
    why_not_draw,
    why_not_return,
    why_not_witness,
)

ZONE = ZoneInfo("America/New_York")
DAY = 24 * 60
VIAL = Made("ketamine", Shape.VIAL, Decimal(50), Decimal(10), "NDC-1", "LOT-7", date(2099, 1, 31), "III", True)
KIT = Made(
    "esketamine", Shape.DEVICE, Decimal(28), Decimal(3), "NDC-2", "LOT-8", date(2099, 1, 31), "III", False, "p1"
)
D = Decimal


def line(number: int, kind: Kind, at: float = 0, **told: Any) -> Entry:
    """One line about container c."""
    return Entry(str(number), kind, "c", moment(at), "nurse", **told)


def container(*entries: Entry, made: Made = VIAL) -> Container:
    """Container c after it came and after these lines."""
    return stock([line(0, Kind.RECEIVED), *entries], {"c": made}).containers["c"]


def used(drawn: str, given: str, wasted: str = "0", returned: str = "0", session: str = "s1") -> dict[str, Any]:
    """The amounts of one draw, in a session."""
    return {"drawn": D(drawn), "given": D(given), "wasted": D(wasted), "returned": D(returned), "session": session}


BALANCES = [
    # what, lines after it came with 10 mL, what is in it
    ("nothing done", [], "10"),
    ("given and wasted leave it", [line(1, Kind.DRAWN, **used("1", "0.7", "0.3"))], "9"),
    ("waste of stock", [line(1, Kind.WASTED, wasted=D(2))], "8"),
    ("a count alone changes nothing", [line(1, Kind.COUNTED, counted=D(9))], "10"),
    (
        "found and explained",
        [line(1, Kind.COUNTED, counted=D("9.5")), line(2, Kind.EXPLAINED, about="1", outcome="lost")],
        "9.5",
    ),
    (
        "the count was wrong",
        [line(1, Kind.COUNTED, counted=D("9.5")), line(2, Kind.EXPLAINED, about="1", outcome="mistake")],
        "10",
    ),
    (
        "drawn between the count and its explanation",
        [
            line(1, Kind.COUNTED, counted=D("9.5")),
            line(2, Kind.DRAWN, **used("1", "1")),
            line(3, Kind.EXPLAINED, about="1", outcome="found"),
        ],
        "8.5",
    ),
    (
        "counted twice, explained once",
        [
            line(1, Kind.COUNTED, counted=D("9.5")),
            line(2, Kind.COUNTED, counted=D("9.5")),
            line(3, Kind.EXPLAINED, about="2", outcome="lost"),
        ],
        "9.5",
    ),
]


@pytest.mark.parametrize(
    ("what", "entries", "expected"), BALANCES, ids=lambda one: one if isinstance(one, str) else ""
)
def test_what_is_in_a_vial_is_what_its_lines_say(what: str, entries: list[Entry], expected: str) -> None:
    assert container(*entries).balance == D(expected)


def test_a_difference_stays_until_it_is_explained_however_often_one_counts() -> None:
    counts = [line(1, Kind.COUNTED, counted=D("9.5")), line(2, Kind.COUNTED, counted=D(10))]
    found = stock([line(0, Kind.RECEIVED), *counts], {"c": VIAL})
    assert [str(one.amount) for one in found.open.values()] == ["-0.5"]
    told = stock(
        [line(0, Kind.RECEIVED), *counts, line(3, Kind.EXPLAINED, about="1", outcome="mistake")], {"c": VIAL}
    )
    assert not told.open
    assert told.containers["c"].balance == 10


@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.integers(0, 30)).map(lambda two: (two[0], min(two))), min_size=1, max_size=20
    )
)
def test_what_came_is_what_was_given_wasted_and_is_left(draws: list[tuple[int, int]]) -> None:
    """Tenths of mL: drawn, and of it given; the rest is wasted."""
    entries = [
        line(number, Kind.DRAWN, **used(str(D(drawn) / 10), str(D(part) / 10), str(D(drawn - part) / 10)))
        for number, (drawn, part) in enumerate(draws, 1)
    ]
    found = stock([line(0, Kind.RECEIVED), *entries], {"c": VIAL})
    gone = sum((one.entry.given + one.entry.wasted for one in found.lines), D(0))
    assert found.containers["c"].balance + gone == VIAL.size
    assert found.lines[-1].balance == found.containers["c"].balance


def use(**changes: Any) -> Use:
    """0.7 mL of 1 mL drawn is given, the rest wasted, from the right vial."""
    return replace(Use("LOT-7", D(1), D("0.7"), D("0.3"), D(0), "p1", "s1"), **changes)


def reasons(held: Container, what: Use, at: Instant | None = None) -> set[str]:
    """The codes of everything that stands against it."""
    return {one.key for one in why_not_draw(held, what, POLICY, at or moment(0), ZONE)}


OPENED = line(1, Kind.DRAWN, **used("1", "1", session="s0"))
SINGLE = replace(VIAL, multi_dose=False)
DRAWS = [
    # what, the vial, its lines, what is drawn, days later, what stands against it
    ("right", VIAL, [], use(), 0, set()),
    ("the lot in other letters", VIAL, [], use(lot=" lot-7 "), 0, set()),
    ("another lot", VIAL, [], use(lot="LOT-1"), 0, {"register.lot"}),
    ("the sum is wrong", VIAL, [], use(wasted=D(0)), 0, {"register.sum"}),
    ("nothing drawn", VIAL, [], use(drawn=D(0), given=D(0), wasted=D(0)), 0, {"register.none"}),
    ("less than nothing", VIAL, [], use(given=D("1.3"), wasted=D("-0.3")), 0, {"register.none"}),
    ("back into a vial", VIAL, [], use(wasted=D(0), returned=D("0.3")), 0, {"register.back"}),
    ("the last day of 28", VIAL, [OPENED], use(), 28, set()),
    ("the day after", VIAL, [OPENED], use(), 29, {"register.opened"}),
    ("single-dose, the same session", SINGLE, [OPENED], use(session="s0"), 0, set()),
    ("single-dose, another session", SINGLE, [OPENED], use(), 0, {"register.single"}),
    ("within the overfill", VIAL, [], use(drawn=D(11), given=D(11), wasted=D(0)), 0, set()),
    ("beyond it", VIAL, [], use(drawn=D("11.1"), given=D("11.1"), wasted=D(0)), 0, {"register.balance"}),
    ("wasted already", VIAL, [line(1, Kind.WASTED, wasted=D(10))], use(), 0, {"register.gone"}),
    ("expired", replace(VIAL, expiry=date(2000, 1, 31)), [], use(), 0, {"register.expired"}),
]


@pytest.mark.mitigates("M-140")
@pytest.mark.parametrize(
    ("what", "made", "entries", "drawn", "days", "expected"), DRAWS, ids=[one[0] for one in DRAWS]
)
def test_what_stands_against_drawing(
    what: str, made: Made, entries: list[Entry], drawn: Use, days: int, expected: set[str]
) -> None:
    assert reasons(container(*entries, made=made), drawn, moment(days * DAY)) == expected


def kit(**changes: Any) -> Use:
    """Two devices of a kit are used and one goes back unopened."""
    return replace(Use("LOT-8", D(3), D(2), D(0), D(1), "p1", "s1"), **changes)


KITS = [
    # what, what is taken, what stands against it
    ("two used, one back", kit(), set()),
    ("for another patient", kit(patient="p2"), {"register.assigned"}),
    ("half a device", kit(drawn=D("2.5"), given=D("2.5"), returned=D(0)), {"register.pieces"}),
    ("more than the kit has", kit(drawn=D(4), given=D(4), returned=D(0)), {"register.balance"}),
]


@pytest.mark.parametrize(("what", "taken", "expected"), KITS, ids=[one[0] for one in KITS])
def test_a_kit_that_came_for_one_patient(what: str, taken: Use, expected: set[str]) -> None:
    assert reasons(container(made=KIT), taken) == expected


def test_what_is_put_back_unopened_is_still_there_and_may_go_back_to_the_pharmacy() -> None:
    held = container(line(1, Kind.DRAWN, **used("3", "2", "0", "1")), made=KIT)
    assert held.balance == 1
    assert not why_not_return(held, D(1))
    assert why_not_return(held, D(2))


BACK = [
    # the vial's lines, what goes back, whether it may
    ([], "10", True),
    ([], "9", False),
    ([OPENED], "9", False),
]


@pytest.mark.parametrize(("entries", "amount", "may"), BACK)
def test_only_a_whole_unopened_vial_goes_back(entries: list[Entry], amount: str, may: bool) -> None:
    assert bool(why_not_return(container(*entries), D(amount))) != may


WITNESSES = [
    # who writes, who watched, whether one is needed, what stands against it
    ("ann", "", False, ""),
    ("ann", "", True, "register.no_witness"),
    ("ann", "ben", True, ""),
    ("ann", "ann", True, "register.oneself"),
    ("ann", "ann", False, "register.oneself"),
]


@pytest.mark.mitigates("M-141")
@pytest.mark.parametrize(("by", "witness", "needed", "expected"), WITNESSES)
def test_nobody_is_their_own_witness(by: str, witness: str, needed: bool, expected: str) -> None:
    assert [one.key for one in why_not_witness(by, witness, needed)] == ([expected] if expected else [])


def test_an_inventory_is_remembered_whether_it_opens_the_register_or_counts_it_all() -> None:
    entries = [
        replace(line(0, Kind.OPENING), at=moment(0)),
        line(1, Kind.COUNTED, 5, counted=D(10)),
        line(2, Kind.COUNTED, 9, counted=D(10), outcome="inventory"),
    ]
    assert stock(entries, {"c": VIAL}).inventories == [moment(0), moment(9)]


def test_what_was_opened_before_the_register_says_what_is_in_it() -> None:
    assert stock([line(0, Kind.OPENING, counted=D("4.2"))], {"c": VIAL}).containers["c"].balance == D("4.2")


def test_drugs_strengths_and_shapes_are_added_up_apart() -> None:
    other = Entry("9", Kind.RECEIVED, "d", Instant(moment(0) + timedelta(minutes=1)), "nurse")
    found = stock([line(0, Kind.RECEIVED), other], {"c": VIAL, "d": KIT})
    assert found.totals() == {
        ("ketamine", Shape.VIAL, D(50)): D(10),
        ("esketamine", Shape.DEVICE, D(28)): D(3),
    }


def test_amounts_and_strengths_are_said_as_one_says_them() -> None:
    assert (VIAL.concentration, KIT.concentration) == ("50 mg/mL", "28 mg in a device")
    assert [Shape.DEVICE.said(D(one)) for one in (0, 1, 2)] == ["0 devices", "1 device", "2 devices"]
    assert Shape.VIAL.said(D("0.50")) == "0.5 mL"


def test_no_more_pieces_are_taken_out_than_are_in_a_pack() -> None:
    pack = container(made=replace(KIT, patient=""))
    use = Use("LOT-8", D(50), D(1), D(0), D(49), "", "s1")
    said = [str(one) for one in why_not_draw(pack, use, POLICY, moment(5), ZONE)]
    assert said == ["Only 3 devices are in it by the register. Count it first."]


def test_a_vial_that_held_more_than_its_label_takes_nothing_off_the_total() -> None:
    over = line(1, Kind.DRAWN, **used("10.8", "10.8"))
    found = stock([line(0, Kind.RECEIVED), over], {"c": VIAL})
    assert found.containers["c"].balance == D("-0.8")
    assert found.totals()[("ketamine", Shape.VIAL, D(50))] == 0
