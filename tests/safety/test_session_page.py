"""The session page says what it is not, whom it is about, how old each value is and what is overdue."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

import kapstone
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.models import SessionEvent
from tests import cast
from tests.cast import House
from tests.safety.conftest import Look

SRC = Path(kapstone.__file__).parent
AtMinute = Callable[[float], Instant]


def address(story: cast.Story) -> str:
    """The page of the session."""
    return f"/sessions/{story.ids['session_id']}/"


def page(elm: House, look: Look, story: cast.Story, at: Instant, role: Role = Role.NURSE) -> str:
    """What somebody sees there."""
    return str(look(elm.staff[role], address(story), at).content.decode())


@pytest.mark.mitigates("M-020")
def test_a_reading_is_a_typed_point_value_of_a_known_signal_or_nothing(elm: House, later: AtMinute) -> None:
    story = cast.dosing(elm, "ana")
    nurse, here = elm.act(Role.NURSE, later(10)), story.ids["session_id"]
    with pytest.raises(Refused, match="ecg is no signal"):
        session.record(nurse, here, [Reading({"ecg": Decimal(1)})])
    with pytest.raises(Refused, match="at least one reading"):
        session.record(nurse, here, [Reading({})])
    stored = [bytes(row.stored) for row in SessionEvent.objects.filter(session_id=here, kind="reading")]
    assert stored
    assert all(b'"entered":"typed"' in one for one in stored)


@pytest.mark.mitigates("M-021")
def test_each_value_says_how_old_it_is(elm: House, look: Look, later: AtMinute) -> None:
    story = cast.dosing(elm, "ana")
    assert page(elm, look, story, later(0)).count("just now") >= 4
    assert page(elm, look, story, later(12)).count("12 min ago") >= 4


@pytest.mark.mitigates("M-021")
def test_what_was_not_measured_shows_no_number(elm: House, look: Look) -> None:
    story = cast.planned(elm, "ana")
    story.ids["session_id"] = session.arrive(elm.act(Role.NURSE, cast.DOSE_DAY), story.ids["dose_id"]).id
    seen = page(elm, look, story, cast.DOSE_DAY)
    assert re.findall(r'class="tile__n">([^<]*)<', seen) == ["--", "--", "--/--", "--", "--"]
    assert seen.count("not measured") == 5


@pytest.mark.mitigates("M-022")
@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.THERAPIST])
def test_the_session_page_says_that_it_is_no_alarm_system(
    elm: House, look: Look, later: AtMinute, role: Role
) -> None:
    seen = page(elm, look, cast.dosing(elm, "ana"), later(5))
    assert "Not an alarm system. Watch the patient and the bedside monitor." in seen


SAYS_WHAT_IT_IS_NOT = re.compile(
    r"not an alarm system|never .alarm|the bedside monitor alarms|monitor alarms, we", re.I
)


@pytest.mark.mitigates("M-022")
def test_the_word_alarm_says_only_what_this_is_not() -> None:
    wrong = []
    for path in sorted(SRC.rglob("*")):
        if path.suffix in {".py", ".html", ".toml", ".js"}:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if re.search(r"\balarm", line, re.I) and not SAYS_WHAT_IT_IS_NOT.search(line):
                    wrong.append(f"{path.relative_to(SRC)}:{number}: {line.strip()}")
    assert wrong == []


@pytest.mark.mitigates("M-024")
def test_an_overdue_set_of_readings_is_said(elm: House, look: Look, later: AtMinute) -> None:
    """An infusion asks for readings at 0, 10 and 20 minutes; the set of minute 0 was taken."""
    story = cast.dosing(elm, "ana")
    assert "Next readings in 7 min" in page(elm, look, story, later(3))
    assert "Readings due now" in page(elm, look, story, later(10))
    session.record(elm.act(Role.NURSE, later(10)), story.ids["session_id"], [Reading(cast.values(128, 78))])
    assert "Next readings in 5 min" in page(elm, look, story, later(15))
    assert "Readings overdue: minute 20" in page(elm, look, story, later(26))


@pytest.mark.mitigates("M-035")
@pytest.mark.parametrize("typed", ["NaN", "nan", "inf", "-Infinity", "1e400", "١٢٠x", "120;"])
def test_not_a_number_is_refused_by_the_form(elm: House, look: Look, later: AtMinute, typed: str) -> None:
    story = cast.dosing(elm, "ana")
    before = SessionEvent.objects.count()
    form = {"event_id": str(uuid4()), "hr": typed}
    answer = look(elm.staff[Role.NURSE], f"{address(story)}reading/", later(10), form)
    assert answer.status_code == 200
    assert "Heart rate: " in answer.content.decode()
    assert SessionEvent.objects.count() == before


@pytest.mark.mitigates("M-040")
def test_a_late_entry_shows_both_times(elm: House, look: Look, later: AtMinute) -> None:
    story = cast.dosing(elm, "ana")
    nurse, here = elm.act(Role.NURSE, later(30)), story.ids["session_id"]
    session.record(nurse, here, [Reading(cast.values(130, 80), at=later(10))])
    seen = page(elm, look, story, later(30))
    assert re.search(r"10:10.*?\(written 10:30", seen, re.S)


@pytest.mark.mitigates("M-046")
def test_the_session_page_names_its_patient(elm: House, look: Look, later: AtMinute) -> None:
    story = cast.dosing(elm, "ana")
    strip = page(elm, look, story, later(1)).split("<main")[0]
    for words in (story.patient.name, "born March 27, 1984", "Chair 1", "IV infusion, dose 1 of 2"):
        assert words in strip
