"""Forecasts on pages: for a dose that was entered, refused or grey where they must be, by a switch beside a session,
over readings in a replay; and three fixed examples for the public, without a field for a dose.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story

from kapstone.care.evidence import default_policy
from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.config import clock
from kapstone.clinic.ground.people import actions as people
from kapstone.clinic.ground.people.models import PolicyVersion, User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session.forecasting import SWITCH


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A clinic on the day of the dose."""
    monkeypatch.setattr(clock, "now", lambda: Instant(DOSE_DAY + minutes(110)))
    return cast._house("Elm Clinic", "elm", MONDAY)


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def seen(elm: House, story: Story, query: str = "", role: Role = Role.PRESCRIBER) -> str:
    """The forecast page of this patient."""
    answer = signed_in(elm.staff[role]).get(f"/patients/{story.patient.id}/forecast/{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


IV = "?format_id=iv&mg=35&weight_kg=70&renal="


def test_nothing_is_forecast_before_a_dose_is_entered(elm: House) -> None:
    page = seen(elm, cast._admitted(elm, "ben"))
    assert "Nothing is shown until a format, a dose and a weight are entered." in page
    assert "c-fc-90" not in page
    assert 'value="35' not in page


def test_the_dose_of_the_course_stands_ready_to_be_looked_at(elm: House) -> None:
    page = seen(elm, cast.planned(elm, "ana"))
    assert 'name="mg" value="35.00"' in page
    assert "c-fc-90" not in page


@pytest.mark.mitigates("M-106")
def test_a_forecast_echoes_the_dose_and_shows_bands_their_source_and_doubts(elm: House) -> None:
    page = seen(elm, cast.planned(elm, "ana"), IV)
    assert "35 mg of ketamine (base), 0.5 mg/kg" in page
    assert page.count("c-fc-90") >= 4
    for words in (
        "Kamp 2020",
        "arterial blood",
        "Spread borrowed from Hasan 2021.",
        "what else may be so: Clements 1981, venous",
        "dose ends, 40 min",
        "earliest way home, 100 min",
        "studied: 0.1 mg/kg",
        "What makes this doubtful",
        "It proposes no dose",
        "See this as a table",
    ):
        assert words in page, words
    assert not re.search(r"recommend|optimal|therapeutic|\bsafe dose\b", page, re.I)


def test_the_same_page_twice_is_the_same(elm: House) -> None:
    story = cast.planned(elm, "ana")
    drawn = [re.findall(r'class="c-fc-90[^>]*|d="[^"]*"', seen(elm, story, IV)) for _ in range(2)]
    assert drawn[0] == drawn[1]


SAID = [
    ("?format_id=iv&mg=3500&weight_kg=70&renal=", "Is the unit right: mg or mg/kg?", "No forecast."),
    ("?format_id=in-esketamine&mg=70&weight_kg=70&renal=", "is no whole number of devices of 28 mg", "No forecast."),
    ("?format_id=iv&mg=105&weight_kg=70&renal=", "Outside the studied range: the dose is 1.5 mg/kg", "Drawn grey"),
    ("?format_id=iv&mg=35&weight_kg=180&renal=", "The weight is 180 kg", "No forecast."),
    (
        "?format_id=in-esketamine&mg=56.01&weight_kg=70&renal=",
        "56.01 mg is no whole number of devices",
        "No forecast.",
    ),
    ("?format_id=in-racemic&mg=50&weight_kg=70&renal=", "No medical director has signed a limit for", "own limits"),
    ("?format_id=sl&mg=300&weight_kg=70&renal=", "concentrations after troches of 100 to 300 mg", "Drawn grey"),
    ("?format_id=in-esketamine&mg=56&weight_kg=70&renal=impaired", "Impaired kidneys", "pressure, always, 40 min"),
    ("?format_id=iv&mg=abc&weight_kg=70&renal=", "Dose: write milligrams as a number", "There is a problem"),
    ("?format_id=iv&mg=35&weight_kg=400&renal=", "is it in kilograms and not in pounds?", "There is a problem"),
    ("?format_id=nothing&mg=35&weight_kg=70&renal=", "not one of the available choices", "There is a problem"),
]


@pytest.mark.parametrize(("query", "says", "beside"), SAID, ids=[one[1] for one in SAID])
def test_what_cannot_be_forecast_says_why(elm: House, query: str, says: str, beside: str) -> None:
    page = seen(elm, cast._admitted(elm, "ben"), query)
    assert says in page
    assert beside in page


def test_the_models_own_question_is_asked_and_never_answered_for_anybody(elm: House) -> None:
    story = cast._admitted(elm, "ben")
    spray = "?format_id=in-esketamine&mg=84&weight_kg=70&renal="
    unasked = seen(elm, story, spray)
    assert "Not asked: What does the patient say of their ancestry" in unasked
    assert '<option value="" selected>not asked' in unasked
    asked = seen(elm, story, f"{spray}&answer_ancestry=japanese")
    assert "Not asked" not in asked
    assert re.findall(r'd="M[^"]+"', asked) != re.findall(r'd="M[^"]+"', unasked)


def test_a_course_is_previewed_with_its_forecast(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    form = {
        "format_id": "iv", "amount": "35", "weight_kg": "70", "doses": "2", "first_day": "2026-11-09",
        "preparation": "0", "presence": "none", "hour": "10:00",
        "therapy_form": "default", "therapist": str(elm.staff[Role.THERAPIST].id), "preview": "1",
    }  # fmt: skip
    client = signed_in(elm.staff[Role.PRESCRIBER])
    page = client.get(f"/patients/{story.patient.id}/course/new/").content.decode()
    form["therapy_form"] = re.findall(r'name="therapy_form" value="([^"]+)"', page)[0]
    shown = client.post(f"/patients/{story.patient.id}/course/new/", form).content.decode()
    assert "3 ways to book it" in shown
    assert "Forecast for the dose entered" in shown
    assert "c-fc-90" in shown


def test_who_may_see_a_forecast(elm: House) -> None:
    story = cast.planned(elm, "ana")
    for role in (Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.MEDICAL_DIRECTOR):
        assert "35 mg of ketamine" in seen(elm, story, IV, role)
    for role in (Role.FRONT_DESK, Role.CLINIC_LEAD, Role.GUEST_THERAPIST):
        answer = signed_in(elm.staff[role]).get(f"/patients/{story.patient.id}/forecast/{IV}")
        assert answer.status_code == 404
    assert signed_in(story.patient.user).get(f"/patients/{story.patient.id}/forecast/{IV}").status_code == 404


def test_a_replay_has_the_readings_over_the_forecast_of_what_was_given(elm: House) -> None:
    story = cast.released(elm, "ana")
    client = signed_in(elm.staff[Role.THERAPIST])
    assert "Replay with the forecast" in client.get(f"/sessions/{story.ids['session_id']}/").content.decode()
    page = client.get(f"/sessions/{story.ids['session_id']}/replay/").content.decode()
    assert "35 mg of ketamine (base), 0.5 mg/kg" in page
    # Nine readings, each drawn in the phone's picture and the wide one, and one sample in the legend.
    assert page.count('class="c-reading"') == 19
    assert "with the error of a cuff, 6 mmHg, assumed" in page


def test_what_makes_a_forecast_the_same_again_names_every_input(elm: House) -> None:
    story = cast._admitted(elm, "ben")
    spray = "?format_id=in-esketamine&mg=56&weight_kg=70&renal="
    plain, told = seen(elm, story, spray), seen(elm, story, f"{spray}impaired&answer_ancestry=japanese")
    assert "kidneys not given" in plain
    assert "kidneys impaired, ancestry japanese" in told
    page = seen(elm, story, IV)
    assert re.search(r"Clements 1981, version [0-9a-f]{12}", page)
    assert "effect-systolic-pressure" in page


def test_a_replay_is_of_the_day_of_the_dose(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    story = cast.released(elm, "ana")
    address = f"/sessions/{story.ids['session_id']}/replay/"
    client = signed_in(elm.staff[Role.NURSE])
    before = re.findall(r'd="M[^"]+"', client.get(address).content.decode())
    monkeypatch.setattr(clock, "now", lambda: Instant(DOSE_DAY + timedelta(days=3650)))
    assert re.findall(r'd="M[^"]+"', client.get(address).content.decode()) == before


def test_a_running_session_has_no_replay(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    page = signed_in(elm.staff[Role.NURSE]).get(f"/sessions/{story.ids['session_id']}/replay/").content.decode()
    assert "The session is not over." in page
    assert "c-fc-90" not in page


@pytest.mark.mitigates("M-113")
def test_readings_far_away_drop_the_forecast_and_stay_themselves(elm: House) -> None:
    from kapstone.clinic.session import actions as session
    from kapstone.clinic.session.actions import Reading

    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    for minute, sbp in ((10, 190), (20, 194)):
        nurse = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=minute)))
        session.record(nurse, here, [Reading(cast.values(sbp, 90))])
    session.stop_dose(elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=21))), here, "pressure")
    page = _whole(elm, story)
    assert "dropped at minute 20" in page
    assert "194" in page


def _whole(elm: House, story: Story) -> str:
    """The replay's context as it would be once the session is over, folded from the same record."""
    from kapstone.clinic.session import queries
    from kapstone.clinic.session.forecasting import forecast_of

    act = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=30)))
    found = forecast_of(act, queries.session_of(act, story.ids["session_id"]))
    assert found is not None
    assert "10.5 mg" not in found.said
    return "".join(str(one.chart) + str(one.rows) for one in found.drawings)


@pytest.mark.mitigates("M-107")
def test_the_session_page_has_a_forecast_only_where_a_director_signed_for_it(elm: House) -> None:
    assert default_policy().on(SWITCH) is False
    story = cast.dosing(elm, "ana")
    nurse = signed_in(elm.staff[Role.NURSE])
    assert "Forecast for the dose given" not in nurse.get(f"/sessions/{story.ids['session_id']}/").content.decode()

    director = signed_in(elm.staff[Role.MEDICAL_DIRECTOR])
    assert "Turn on" in director.get("/policy/").content.decode()
    director.post("/policy/", {"turn": SWITCH})
    proposed = PolicyVersion.objects.filter(clinic=elm.clinic).order_by("number").last()
    assert proposed is not None
    assert proposed.note == f"{SWITCH} turned on"
    director.post("/policy/", {"version": str(proposed.id)})

    # A session that began before is held to the version it began with.
    assert "Forecast for the dose given" not in nurse.get(f"/sessions/{story.ids['session_id']}/").content.decode()
    other = cast.dosing(elm, "ben")
    page = nurse.get(f"/sessions/{other.ids['session_id']}/").content.decode()
    assert "Forecast for the dose given" in page
    assert "Measured values count; a forecast never does." in page


def test_only_a_director_turns_a_switch_and_only_one_that_exists(elm: House) -> None:
    assert "Turn on" not in signed_in(elm.staff[Role.NURSE]).get("/policy/").content.decode()
    before = PolicyVersion.objects.count()
    signed_in(elm.staff[Role.NURSE]).post("/policy/", {"turn": SWITCH})
    signed_in(elm.staff[Role.MEDICAL_DIRECTOR]).post("/policy/", {"turn": "session.sbp.red_from"})
    assert PolicyVersion.objects.count() == before


def test_a_policy_signed_before_the_switch_existed_still_runs(elm: House) -> None:
    old = default_policy()
    director = elm.act(Role.MEDICAL_DIRECTOR, Instant(MONDAY + minutes(5)))
    without = type(old)({key: line for key, line in old.lines.items() if key != SWITCH})
    people.sign_policy(director, people.propose_policy(director, without, "older").id)
    story = cast.dosing(elm, "ana")
    page = signed_in(elm.staff[Role.NURSE]).get(f"/sessions/{story.ids['session_id']}/").content.decode()
    assert "Forecast for the dose given" not in page
    assert SWITCH in signed_in(elm.staff[Role.MEDICAL_DIRECTOR]).get("/policy/").content.decode()


@pytest.mark.mitigates("M-108")
def test_the_public_page_has_three_fixed_examples_and_nowhere_to_type_a_dose(elm: House) -> None:
    page = Client().get("/how-it-works/").content.decode()
    assert page.count("<article") == 3
    assert "c-fc-90" in page
    assert not re.search(r'<input[^>]+(?:type="number"|name="(?:mg|dose)")', page)
    for words in ("What is known", "What is not known", "rat brain tissue", "No study that shows such a window"):
        assert words in page, words
    assert Client().get("/how-it-works/?mg=500").content.decode().count("<article") == 3
