"""The solver: every answer is checked by code that shares nothing with it; the impossible is said with what helps."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.clinic.bookings.checker import broken

from kapstone.cli.benches.bookings import clinic
from kapstone.clinic.ground.bookings.solving.answer import document
from kapstone.clinic.ground.bookings.solving.problem import DOSING, INTEGRATION
from kapstone.clinic.ground.bookings.solving.reading import read_document
from kapstone.clinic.ground.bookings.solving.schema import example_problem, problem_schema
from kapstone.clinic.ground.bookings.solving.solver import Plan, alternatives, solve
from kapstone.clinic.ground.bookings.solving.why import explain

Problem = dict[str, Any]
WEEKDAYS = [{"weekdays": [0, 1, 2, 3, 4], "from": "08:00", "to": "18:00"}]


def booked(problem: Problem, seconds: float = 20, gap: float = 0.5) -> tuple[Plan, Problem]:
    """The plan of a problem and its document; the checker has looked at it."""
    asked = read_document(problem)
    plan = solve(asked, seconds, gap)
    answer = document(asked, plan, explain(problem, plan))
    if plan.found:
        assert broken(watched(problem, answer), answer) == []
    return plan, answer


def watched(problem: Problem, answer: Problem) -> Problem:
    """The problem with those who are booked already watched as the answer says from now on."""
    found = deepcopy(problem)
    for each in answer["watched"]:
        other = found["booked"][each["booked"]]
        other["cover"], other["staff"] = each["cover"], sorted({cover["name"] for cover in each["cover"]})
    return found


def small(**patient: Any) -> Problem:
    """One patient in a small clinic on weekdays, in December."""
    return {
        "zone": "America/New_York",
        "from": "2026-12-01",
        "until": "2026-12-23",
        "day": {"opens": "08:00", "closes": "18:00", "weekdays": [0, 1, 2, 3, 4]},
        "formats": [{"id": "iv", "arrive_min": 30, "give_min": 40, "observe_min": 60, "needs_companion": True}],
        "rooms": [{"name": "Room", "kind": "treatment"}, {"name": "Quiet", "kind": "therapy"}],
        "staff": [
            {"name": "Nurse", "roles": ["nurse"], "hours": deepcopy(WEEKDAYS)},
            {"name": "Doctor", "roles": ["prescriber"], "hours": deepcopy(WEEKDAYS)},
            {"name": "Holt", "roles": ["therapist"], "hours": deepcopy(WEEKDAYS)},
        ],
        "patients": [{"name": "Ana", "format": "iv", "doses": 4, "therapist": "Holt"} | patient],
    }


def test_the_example_follows_the_schema_and_is_booked() -> None:
    jsonschema.validate(example_problem(), problem_schema())
    plan, answer = booked(example_problem(), gap=0.0)
    assert plan.status == answer["status"] == "optimal"
    assert answer["why"] == []
    assert sum(one["kind"] == DOSING for one in answer["bookings"]) == 18


def test_the_answer_is_the_contract_s() -> None:
    _, answer = booked(small())
    for one in answer["bookings"]:
        assert set(one) >= {"patient", "kind", "number", "start", "end", "room", "staff"}
        assert one["kind"] in (DOSING, INTEGRATION)


def alter(problem: Problem, change: Callable[[Problem], None]) -> Problem:
    """The problem with one thing changed."""
    change(problem)
    return problem


def staff(problem: Problem, name: str) -> Problem:
    """One of the staff."""
    return next(one for one in problem["staff"] if one["name"] == name)


def second(problem: Problem, **more: Any) -> None:
    """A second therapist."""
    problem["staff"].append({"name": "Whitlock", "roles": ["therapist"], "hours": deepcopy(WEEKDAYS)} | more)


AWAY = [{"from": "2026-12-01T00:00-05:00", "to": "2026-12-31T00:00-05:00"}]
NOON = [{"from": "12:00", "to": "13:00"}]


def with_a_stand_in(problem: Problem) -> None:
    """The own therapist is away; another one is there who speaks Spanish."""
    staff(problem, "Holt").update(away=AWAY)
    second(problem, skills=["Spanish"])


def over_the_change(problem: Problem) -> None:
    """Open at the weekend on which the clocks go back."""
    problem.update({"from": "2026-10-30", "until": "2026-11-08"})
    problem["day"].update(weekdays=[0, 2, 4, 5, 6])
    for one in problem["staff"]:
        one.update(hours=[{"from": "08:00", "to": "18:00"}])


SCENES: list[tuple[str, Problem]] = [
    ("one course", small()),
    ("phase-based", small(therapy="phase_based")),
    ("no visits", small(therapy="declined")),
    ("preparation", small(preparation=2)),
    ("a therapist beside the whole dose", small(presence="whole")),
    ("a therapist for the landing", small(presence="landing", companion={"available": WEEKDAYS})),
    ("fetched after work", small(companion={"available": [{"from": "16:30", "to": "18:00"}]})),
    ("mornings, in Chicago", small(zone="America/Chicago", available=[{"from": "08:00", "to": "12:00"}])),
    ("by video", small(therapy="telehealth")),
    ("two given already", small(given=2)),
    ("once a week", small(gap_days=[7, 7], most_per_week=1, doses=3)),
    ("the therapist at lunch", alter(small(), lambda one: staff(one, "Holt").update(breaks=NOON))),
    ("may run over", alter(small(), lambda one: one.update(overrun_min=60))),
    ("a stand-in", alter(small(), with_a_stand_in)),
    ("a stand-in who speaks Spanish", alter(small(needs=["Spanish"]), with_a_stand_in)),
    ("a room closed for a week", alter(small(), lambda one: one["rooms"][0].update(
        closed=[{"from": "2026-12-01T00:00-05:00", "to": "2026-12-08T00:00-05:00"}]))),
    ("clocks go back", alter(small(), lambda one: one.update({"from": "2026-10-26", "until": "2026-11-13"}))),
    ("clocks go forward", alter(small(), lambda one: one.update({"from": "2026-03-02", "until": "2026-03-20"}))),
    ("open on the day the clocks change", alter(small(doses=3), over_the_change)),
]  # fmt: skip


@pytest.mark.mitigates("M-065")
@pytest.mark.parametrize(("what", "problem"), SCENES, ids=[what for what, _ in SCENES])
def test_every_scene_is_booked_rightly(what: str, problem: Problem) -> None:
    plan, _ = booked(problem, gap=0.0)
    assert plan.status == "optimal", what


def test_thirty_courses_with_every_constraint() -> None:
    plan, answer = booked(clinic(30, days=28, therapists=3), gap=1.0)
    assert plan.found
    assert len(answer["bookings"]) == 360


def test_the_own_therapist_comes_before_an_early_dose() -> None:
    problem = small()
    second(problem)
    staff(problem, "Holt")["away"] = [{"from": "2026-12-01T00:00-05:00", "to": "2026-12-07T00:00-05:00"}]
    plan, _ = booked(problem, gap=0.0)
    names = {cover.name for one in plan.bookings for cover in one.cover if cover.role == "therapist"}
    assert names == {"Holt"}
    assert (
        min(one.span.start for one in plan.bookings if one.kind == DOSING) > read_document(problem).days[3].open.end
    )


def test_a_stand_in_sees_the_patient_where_the_own_therapist_cannot() -> None:
    problem = alter(small(), lambda one: second(one))
    staff(problem, "Holt")["away"] = AWAY
    plan, _ = booked(problem, gap=0.0)
    assert {cover.name for one in plan.bookings for cover in one.cover if cover.role == "therapist"} == {"Whitlock"}


def test_a_friday_dose_with_weekday_therapists_is_named_with_what_helps() -> None:
    fridays = {"weekdays": [4], "from": "08:00", "to": "18:00"}
    weekends = {"weekdays": [5, 6], "from": "00:00", "to": "23:59"}
    problem = small(doses=3, gap_days=[7, 7], most_per_week=1, available=[fridays, weekends])
    problem["until"] = "2026-12-30"
    staff(problem, "Holt")["remote_hours"] = [{"weekdays": [5], "from": "09:00", "to": "13:00"}]
    plan, answer = booked(problem)
    assert plan.status == "infeasible"
    demand, *helps = answer["why"]
    assert "Ana: no visit fits into the window of any dose. A dose that ends Friday 4 Dec" in demand
    assert "between Saturday 5 Dec" in demand and "no therapist works in the clinic then" in demand
    assert "It would fit if Ana came on a Thursday." in helps
    assert "It would fit if Ana had the visits by video." in helps
    assert "It would fit if Ana had the visits with an outside therapist." in helps
    assert "It would fit if Ana was offered the visits and declined them." in helps


def test_hours_for_video_alone_hold_visits_by_video() -> None:
    fridays = {"weekdays": [4], "from": "08:00", "to": "18:00"}
    weekends = {"weekdays": [5, 6], "from": "00:00", "to": "23:59"}
    problem = small(doses=2, gap_days=[7, 7], most_per_week=1, available=[fridays, weekends], therapy="telehealth")
    problem["until"] = "2026-12-30"
    staff(problem, "Holt")["remote_hours"] = [{"weekdays": [5, 6], "from": "09:00", "to": "20:00"}]
    plan, _ = booked(problem)
    visits = [one for one in plan.bookings if one.kind == "integration"]
    assert len(visits) == 2 and all(one.room is None for one in visits)


def test_days_between_may_differ_from_dose_to_dose() -> None:
    problem = small(doses=4, gaps=[[2, 3], [7, 8], [14, 16]])
    problem["until"] = "2027-01-20"
    plan, _ = booked(problem)
    days = [one.span.start // 1440 for one in plan.bookings if one.kind == "dosing"]
    assert [later - day for day, later in pairwise(days)] == [2, 7, 14]


def test_what_is_booked_for_a_patient_is_theirs() -> None:
    first = small(doses=1)
    plan, answer = booked(first)
    problem = small(doses=2, given=1)
    problem["booked"] = [{key: value for key, value in one.items() if key != "staff"} for one in answer["bookings"]]
    again, _ = booked(problem)
    (before,), (now,) = ([one for one in each.bookings if one.kind == "dosing"] for each in (plan, again))
    assert 2 <= now.span.start // 1440 - before.span.start // 1440 <= 5


def test_somebody_who_may_see_only_some_stands_in_for_no_other() -> None:
    problem = alter(small(), lambda one: second(one))
    staff(problem, "Holt")["away"] = AWAY
    staff(problem, "Whitlock")["only_for"] = ["Ben"]
    plan, _ = booked(problem)
    assert plan.status == "infeasible"


IMPOSSIBLE = [
    # what, change, sentence
    ("no prescriber", lambda one: staff(one, "Doctor").update(away=AWAY), "without a prescriber on duty"),
    ("no nurse", lambda one: staff(one, "Nurse").update(away=AWAY), "without a nurse on duty"),
    ("never free", lambda one: one["patients"][0].update(away=AWAY), "when the patient is not free"),
    ("nobody to fetch them", lambda one: one["patients"][0].update(
        companion={"available": [{"from": "20:00", "to": "21:00"}]}), "without a companion"),
    ("nobody for the visits", lambda one: staff(one, "Holt").update(away=AWAY), "no therapist works in the clinic"),
    ("too few days", lambda one: one.update(until="2026-12-03"), "no start is open for dose"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "sentence"), IMPOSSIBLE, ids=[row[0] for row in IMPOSSIBLE])
def test_what_is_impossible_is_said_with_its_demand(
    what: str, change: Callable[[Problem], None], sentence: str
) -> None:
    problem = alter(small(), change)
    plan, answer = booked(problem)
    assert plan.status == "infeasible"
    assert sentence in answer["why"][0], answer["why"]


def test_too_many_courses_are_proven_impossible_and_what_is_short_is_said() -> None:
    problem = clinic(45, days=18)
    plan, answer = booked(problem)
    assert plan.status == "infeasible"
    assert answer["why"][0].startswith("270 doses are asked for; chairs and staff hold at most")


def test_a_chair_for_one_is_given_to_one() -> None:
    """Two patients wish for the only start there is: both cannot have it."""
    problem = small(doses=1, available=[{"weekdays": [1, 2, 3], "from": "08:00", "to": "18:00"}])
    problem["until"], problem["day"]["last_start"] = "2026-12-01", "08:00"
    assert booked(problem)[0].found
    problem["patients"].append(problem["patients"][0] | {"name": "Ben"})
    assert booked(problem)[0].status == "infeasible"


def test_alternatives_differ_and_each_is_right() -> None:
    problem = small()
    asked = read_document(problem)
    found = alternatives(asked, 3, 10)
    assert len(found) == 3
    starts = []
    for plan in found:
        assert broken(problem, document(asked, plan, [])) == []
        starts.append({one.span.start for one in plan.bookings if one.kind == DOSING})
    assert [one.cost for one in found] == sorted(one.cost for one in found)
    for n, one in enumerate(starts):
        for other in starts[:n]:
            assert len(one & other) <= len(one) // 2


def test_after_an_absence_only_those_move_whom_it_touches() -> None:
    problem = clinic(12, days=24, therapists=3)
    plan, answer = booked(problem, gap=1.0)
    again = deepcopy(problem) | {"plan": answer["bookings"]}
    assert booked(again)[0].moves == (), "nothing changed, nobody moves"
    gone = {"from": "2026-12-07T00:00-05:00", "to": "2026-12-10T00:00-05:00"}
    staff(again, "Therapist 2")["away"] = [gone]
    new, said = booked(again)
    theirs = {one["name"] for one in problem["patients"] if one["therapist"] == "Therapist 2"}
    assert set(new.people_moved) <= theirs
    assert len(new.bookings) == len(plan.bookings)
    assert {one["patient"] for one in said["moved"]} == set(new.people_moved)


@pytest.mark.mitigates("M-119")
def test_who_is_touched_keeps_every_time_that_can_stay() -> None:
    """Five weekly doses whose first could be earlier: an absence on the third day moves that pair and no other."""
    problem = small(doses=3, gap_days=[5, 9], earliest="2026-12-02")
    plan, answer = booked(problem, gap=0.0)
    later = deepcopy(problem) | {"plan": answer["bookings"]}
    later["patients"][0]["earliest"] = "2026-12-01"
    day = sorted(one["start"] for one in answer["bookings"] if one["kind"] == DOSING)[1][:10]
    staff(later, "Doctor")["away"] = [{"from": f"{day}T00:00-05:00", "to": f"{day}T23:30-05:00"}]
    new, _ = booked(later, gap=0.0)
    assert {(one.before.kind, one.before.number) for one in new.moves} <= {(DOSING, 2), (INTEGRATION, 2)}
    assert (DOSING, 2) in {(one.before.kind, one.before.number) for one in new.moves}
    assert len(plan.bookings) == len(new.bookings)


def test_where_nothing_fits_an_orphan_is_named_and_the_dose_stands() -> None:
    problem = small(doses=2)
    staff(problem, "Holt")["away"] = AWAY
    problem["orphans"] = True
    plan, answer = booked(problem)
    assert [one["dose"] for one in answer["orphans"]] == [1, 2]
    assert "dose 1 stands without its visit" in answer["why"][0]
    assert all(one.kind == DOSING for one in plan.bookings)


def test_one_after_another_into_a_calendar_that_fills() -> None:
    """Each new course is booked beside those that stand; nobody is asked for more than they can watch."""
    problem = clinic(14, days=24, therapists=3, grid_min=30)
    problem["staff"] = [one for one in problem["staff"] if one["name"] not in ("Nurse 2", "Nurse 3")]
    everyone, problem["booked"] = problem.pop("patients"), []
    asked = 0
    for one in everyone:
        plan, answer = booked(problem | {"patients": [one]}, gap=0.0)
        asked += plan.found
        problem = watched(problem, answer)
        problem["booked"] += answer["bookings"]
    assert asked >= 6
    whole = problem | {"patients": [], "booked": []}
    for one in everyone:
        mine = [each for each in problem["booked"] if each["patient"] == one["name"]]
        whole["patients"] += [one] if mine else []
    said = broken(whole, {"bookings": problem["booked"], "orphans": []})
    assert said == []


PEOPLE = st.fixed_dictionaries(
    {
        "format": st.sampled_from(["iv", "esk"]),
        "doses": st.integers(1, 4),
        "therapy": st.sampled_from(["each_dose", "phase_based", "telehealth", "declined"]),
        "therapist": st.sampled_from(["Holt", "Whitlock"]),
        "presence": st.sampled_from(["none", "none", "landing", "whole"]),
        "preparation": st.integers(0, 1),
        "gap_days": st.sampled_from([[2, 5], [3, 7], [7, 7]]),
        "zone": st.sampled_from(["America/New_York", "America/Los_Angeles"]),
        "prefers": st.sampled_from(["09:00", "14:30"]),
    }
)


@pytest.mark.mitigates("M-117")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(PEOPLE, min_size=1, max_size=5),
    st.sampled_from(["2026-10-28", "2026-03-04", "2026-12-01"]),
    st.booleans(),
    st.integers(0, 60),
)
def test_any_small_clinic_is_booked_rightly_or_not_at_all(
    people: list[dict[str, Any]], first: str, lunch: bool, overrun: int
) -> None:
    problem = small()
    problem["from"], problem["until"] = first, f"{first[:8]}28"
    problem["until"] = {"2026-10-28": "2026-11-20", "2026-03-04": "2026-03-27", "2026-12-01": "2026-12-24"}[first]
    problem["overrun_min"] = overrun
    problem["formats"].append({"id": "esk", "give_min": 10, "observe_min": 120, "patients_per_nurse_giving": 3})
    problem["rooms"].append({"name": "Second", "kind": "treatment", "chairs": 2})
    second(problem)
    problem["staff"].append({"name": "Nurse 2", "roles": ["nurse"], "hours": [{"from": "07:00", "to": "19:30"}]})
    if lunch:
        staff(problem, "Nurse")["breaks"] = [{"from": "12:00", "to": "12:45"}]
        staff(problem, "Holt")["breaks"] = NOON
    problem["patients"] = [{"name": f"Patient {n}"} | one for n, one in enumerate(people)]
    asked = read_document(problem)
    plan = solve(asked, 5, gap=1.0)
    assert plan.status in ("optimal", "feasible", "infeasible")
    if plan.found:
        assert broken(problem, document(asked, plan, [])) == []


BAD = [
    # change, sentence
    (lambda one: one.pop("zone"), "the problem: “zone” is a time zone by its IANA name"),
    (lambda one: one.update(zone="Mars/Olympus"), "is a time zone by its IANA name"),
    (lambda one: one.update(until="2026-11-01"), "“until” is from 0 to 119 days after “from”"),
    (lambda one: one.update(until="soon"), "“until” is a date from 2000 to 2100, such as 2026-12-01"),
    (lambda one: one.update(windows=[24, 48]), "“windows” is no field; there are zone, from"),
    (lambda one: one.update(window_h=[48, 24]), "the smaller number first"),
    (lambda one: one.update(window_h=[24]), "a list of two whole numbers"),
    (lambda one: one.update(window_h=[24, 96]), "a window of 72 hours is too wide for doses that are 2 days apart"),
    (lambda one: one.update(zone="America"), "is a time zone by its IANA name"),
    (lambda one: one.update({"from": "9999-12-30"}), "“from” is a date from 2000 to 2100"),
    (lambda one: one.update({"from": "20261201"}), "“from” is a date from 2000 to 2100"),
    (lambda one: one["formats"].append(one["formats"][0]), "The format “iv” stands twice"),
    (lambda one: one["patients"][0].update(gaps=[3]), "a list of two whole numbers"),
    (lambda one: one["patients"][0].update(gaps=3), "a list of pairs of whole numbers"),
    (lambda one: one["patients"][0].update(earliest="2026-12-09", latest="2026-12-08"), "not before “earliest”"),
    (lambda one: one.update(grid_min=True), "“grid_min” is a whole number from 5 to 240"),
    (lambda one: one["day"].update(opens="8"), "“opens” is a time of day, such as 08:00"),
    (lambda one: one["day"].update(opens="25:00"), "“opens” is a time of day from 00:00 to 23:59"),
    (lambda one: one["day"].update(opens="19:00"), "“opens” comes before “last_start”"),
    (lambda one: one["day"].update(closed=["Christmas"]), "“closed” is a list of dates"),
    (lambda one: one["day"].update(weekdays=[7]), "0 for Monday to 6 for Sunday"),
    (lambda one: one.update(rooms=[]), "“rooms” is a list of objects, with at least one"),
    (lambda one: one["rooms"][0].update(kind="kitchen"), "“kind” is one of treatment, therapy, not “kitchen”"),
    (lambda one: one["rooms"].append(one["rooms"][0]), "The room “Room” stands twice"),
    (lambda one: one["staff"][0].update(roles=["chef"]), "prescriber, nurse, therapist;"),
    (lambda one: one["staff"][0].update(away=[{"from": "2026-12-01T09:00", "to": "2026-12-02"}]), "offset from UTC"),
    (lambda one: one["staff"][0].update(hours=[{"from": "18:00", "to": "08:00"}]), "“to” is later than “from”"),
    (lambda one: one["patients"][0].update(doses=0), "“doses” is a whole number from 1 to 40"),
    (lambda one: one["patients"][0].update(format="rectal"), "“format” is one of iv, not “rectal”"),
    (lambda one: one["patients"][0].update(therapist="Freud"), "no therapist on the staff is called “Freud”"),
    (lambda one: one["patients"][0].update(gap_days=[1, 5]), "goes from 2 to 60"),
    (lambda one: one["patients"].append(one["patients"][0]), "The patient “Ana” stands twice"),
    (lambda one: one.update(patients={"name": "Ana"}), "“patients” is a list of objects"),
    (lambda one: one.update(booked=[{"patient": "B"}]), "“start” is a moment"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), BAD, ids=[row[1][:40] for row in BAD])
def test_bad_input_is_a_sentence_that_names_the_field(
    change: Callable[[Problem], object], sentence: str, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from kapstone.cli.main import main

    problem = small()
    change(problem)
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(problem), "utf-8")
    assert main(["book", str(file)]) == 2
    said = capsys.readouterr()
    assert sentence in said.err and said.out == ""


def test_the_command_books_and_refuses(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from kapstone.cli.main import main

    file = tmp_path / "problem.json"
    file.write_text(json.dumps(small()), "utf-8")
    assert main(["book", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "optimal" and broken(small(), answer) == []
    file.write_text(json.dumps(alter(small(), lambda one: staff(one, "Nurse").update(away=AWAY))), "utf-8")
    assert main(["book", str(file)]) == 1
    assert "without a nurse on duty" in capsys.readouterr().out
    assert main(["book", "--example", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == example_problem()
    assert main(["book", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == problem_schema()
    assert main(["book"]) == 2
    assert main(["book", str(tmp_path / "none.json")]) == 2
    assert main(["book", str(file), "--seconds", "0"]) == 2


def test_hour_by_hour_an_infusion_asks_for_more_nurses_than_its_rest() -> None:
    """With one nurse the next infusion begins when the rest before it is over, though three may rest at once."""
    problem = small(doses=1)
    problem["rooms"][0]["chairs"] = 3
    problem["until"] = "2026-12-01"
    problem["patients"] = [problem["patients"][0] | {"name": f"P{n}"} for n in range(3)]
    plan, _ = booked(problem, gap=0.0)
    begun = sorted(one.span.start for one in plan.bookings if one.kind == DOSING)
    assert plan.found and all(later - earlier >= 100 for earlier, later in pairwise(begun))
    asked = read_document(problem)
    many = replace(asked.formats["iv"], patients_per_nurse_giving=3)
    together = solve(replace(asked, formats={"iv": many}), 10)
    assert len({one.span.start for one in together.bookings if one.kind == DOSING}) <= 3
