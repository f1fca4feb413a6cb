"""The record itself: stored bytes, the chain, kinds and versions nobody knows, and the fold one step at a time."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.session.records import POLICY, event, reading, record, state_of, to_dosing

from kapstone.care.session import GENESIS, HANDLERS, Event, SessionState, fold, from_bytes, link, to_bytes
from kapstone.care.session import event as event_module

KINDS = st.sampled_from([*HANDLERS, "horoscope"])
VALUES = st.dictionaries(
    st.sampled_from(["hr", "rr", "spo2", "sbp", "dbp", "mood"]), st.sampled_from(["0", "7", "70", "190", "x"])
)
PAYLOADS = st.one_of(
    st.just({}),
    st.builds(lambda values: {"values": values}, VALUES),
    st.sampled_from([{"sbp": "120", "dbp": "80"}, {"what": "nausea", "finding": "met"}, {"values": None}]),
    st.sampled_from([{"reminder": "high-systolic"}, {"name": "landing"}, {"sbp": []}, {"what": []}]),
)
RECORDS = st.lists(st.tuples(st.integers(0, 90), KINDS, PAYLOADS), max_size=25)


@settings(deadline=None)
@given(RECORDS)
def test_the_fold_never_fails_and_keeps_every_line(entries: list[tuple[int, str, dict[str, object]]]) -> None:
    state = fold(record(*entries), POLICY)
    assert [line.position for line in state.lines] == list(range(1, len(entries) + 1))


@settings(deadline=None)
@given(RECORDS)
def test_all_at_once_is_the_same_as_step_by_step(entries: list[tuple[int, str, dict[str, object]]]) -> None:
    events = record(*entries)
    stepped = SessionState(POLICY)
    for one in events:
        stepped.take(from_bytes(to_bytes(one)))
    assert stepped == fold(events, POLICY)


def test_one_more_line_asks_for_one_line_only() -> None:
    """Constant time: the last of 3,000 readings looks at no earlier event again."""
    state = fold(record(*to_dosing(), *(reading(minute, sbp=120) for minute in range(3000))), POLICY)
    looked: list[str] = []

    class Watched(Event):
        def __getattribute__(self, name: str) -> object:
            looked.append(name)
            return super().__getattribute__(name)

    state.lines[:] = [replace(line, event=_as(Watched, line.event)) for line in state.lines]
    looked.clear()
    state.take(event(3001, *reading(0, sbp=121)[1:], seq=5000))
    assert looked == []


def _as(kind: type[Event], one: Event) -> Event:
    return kind(**{name: getattr(one, name) for name in Event.__dataclass_fields__})


def test_an_unknown_kind_stays_as_a_line_that_could_not_be_read() -> None:
    state = state_of((0, "arrived", {}), (1, "horoscope", {"sign": "leo"}))
    assert state.lines[1].remark.startswith("This line could not be read")
    assert state.lines[1].event.payload == {"sign": "leo"}
    assert state.phase == "arrived"


def test_a_version_from_the_future_stays_as_a_line_that_could_not_be_read() -> None:
    state = fold([event(0, "reading", {"values": {"sbp": "210"}}, v=2)], POLICY)
    assert state.lines[0].remark.startswith("This line could not be read")
    assert (state.watch.episodes, state.latest) == ([], {})


def test_an_upcaster_reads_the_older_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(event_module.UPCASTERS, ("part", 1), lambda old: {"name": old["title"]})
    monkeypatch.setitem(event_module.UPCASTERS, ("part", 2), lambda old: {"name": old["name"].lower()})
    state = fold([event(0, "part", {"title": "LANDING"}), event(1, "part", {"name": "x"}, v=3)][:1], POLICY)
    assert (state.part, state.lines[0].event.v, state.lines[0].remark) == ("landing", 3, "")


def test_an_upcaster_that_fails_leaves_the_line_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(event_module.UPCASTERS, ("part", 1), lambda old: {"name": old["title"]})
    state = fold([event(0, "part", {"name": "landing"})], POLICY)
    assert (state.part, state.lines[0].event.v) == ("", 1)
    assert state.lines[0].remark.startswith("This line could not be read")


@pytest.mark.parametrize("payload", [{"x": 1.5}, {"x": [1, 2.0]}, {"x": {"y": (float("nan"),)}}])
def test_a_float_is_refused_in_a_payload(payload: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="travels as text"):
        to_bytes(event(0, "note", payload))


@pytest.mark.mitigates("M-035")
@pytest.mark.parametrize("number", [120.0, True, None, [], "12O", "NaN", "1e999"])
def test_a_reading_that_is_no_exact_number_is_unreadable(number: object) -> None:
    state = state_of((0, "reading", {"values": {"sbp": number}}))
    assert (state.latest, state.lines[0].remark[:15]) == ({}, "This line could")


@settings(deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(codec="utf-8"))))
def test_stored_bytes_read_back_to_the_same_event(payload: dict[str, str]) -> None:
    one = event(3, "note", payload)
    assert from_bytes(to_bytes(one)) == one
    assert to_bytes(from_bytes(to_bytes(one))) == to_bytes(one)


def test_numbers_keep_their_last_zero() -> None:
    assert Decimal(
        from_bytes(to_bytes(event(0, "reading", {"values": {"hr": "36.60"}}))).payload["values"]["hr"]
    ) == (Decimal("36.60"))
    assert b'"36.60"' in to_bytes(event(0, "reading", {"values": {"hr": "36.60"}}))


def chain(stored: list[bytes]) -> str:
    """The head of the chain over these lines."""
    head = GENESIS
    for position, line in enumerate(stored, start=1):
        head = link(head, position, line)
    return head


LINES = [to_bytes(one) for one in record(*to_dosing(), reading(10, sbp=150), (40, "dose_ended", {}))]
TAMPERED = {
    "one digit edited": [line.replace(b'"150"', b'"130"') for line in LINES],
    "two lines swapped": [*LINES[:2], LINES[3], LINES[2], LINES[4]],
    "first line dropped": LINES[1:],
    "last line dropped": LINES[:-1],
    "a line told twice": [*LINES, LINES[-1]],
}


@pytest.mark.mitigates("M-057")
@pytest.mark.parametrize("lines", list(TAMPERED.values()), ids=list(TAMPERED))
def test_the_chain_tells_of_every_change(lines: list[bytes]) -> None:
    assert lines != LINES
    assert chain(lines) != chain(LINES)


def test_the_same_lines_give_the_same_head_and_a_place_is_part_of_it() -> None:
    assert chain(LINES) == chain(list(LINES))
    assert link(GENESIS, 1, b"x") != link(GENESIS, 2, b"x")
