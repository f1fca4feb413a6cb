"""The patient goes through the task list: none of these first, names of medicines, units, and a last look."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House, Story

from kapstone.care.evaluation import Kind, Who, asks
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.evaluation.intake.themes import THEMES
from kapstone.clinic.evaluation.models import Answers, Measure
from kapstone.clinic.evaluation.queries import history, intake_of
from kapstone.clinic.ground.concerns.models import Concern, Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.roles import Role


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    from kapstone.clinic.config import clock

    ticks = count()
    monkeypatch.setattr(clock, "now", lambda: Instant(MONDAY + timedelta(seconds=next(ticks))))
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def ana(elm: House) -> Story:
    return cast._admitted(elm, "ana")


@pytest.fixture
def client(ana: Story) -> Client:
    client = Client()
    client.force_login(ana.patient.user)
    return client


def told(elm: House, ana: Story) -> dict[str, object]:
    return history(elm.as_patient(ana.patient, LATER), ana.patient, by_patient=True)


LATER = Instant(MONDAY + timedelta(hours=1))
ASKED_OF_PATIENTS = {
    name
    for name, ask in asks().items()
    if ask.kind == Kind.YES_NO and ask.who == Who.PATIENT and not name.startswith("asq_")
}


def test_every_yes_or_no_that_a_patient_is_asked_stands_on_one_page() -> None:
    placed = [name for theme in THEMES for name in theme.questions]
    assert sorted(placed) == sorted(ASKED_OF_PATIENTS)


def test_none_of_these_seven_times_is_a_no_to_every_question(elm: House, ana: Story, client: Client) -> None:
    place = "/me/intake/health/heart/"
    pages = 0
    while place != "/me/intake/":
        page = client.get(place).content.decode()
        assert page.index("None of these") < page.index('type="radio"')
        place = str(client.post(place, {"none": "1"}).headers["Location"])
        pages += 1
    assert pages == len(THEMES) == 7
    assert told(elm, ana) == dict.fromkeys(ASKED_OF_PATIENTS, False)


def test_a_blank_is_not_a_no_until_the_button_says_so(elm: House, ana: Story, client: Client) -> None:
    chosen = {"psychosis_in_family": "yes", "mania_current": ""}
    client.post("/me/intake/health/mind/", chosen)
    assert {name for name, value in told(elm, ana).items() if value is not None} == {"psychosis_in_family"}
    client.post("/me/intake/health/mind/", chosen | {"rest": "1"})
    answers = told(elm, ana)
    assert answers["psychosis_in_family"] is True
    assert answers["mania_current"] is None, "“Not sure” stays open"
    assert answers["schizophrenia_spectrum"] is False


def test_a_stroke_last_year_and_never_is_asked_again(client: Client) -> None:
    page = client.post("/me/intake/health/head/", {"stroke_or_tia": "no", "stroke_or_tia_12_months": "yes"})
    assert "You said no to a stroke ever" in page.content.decode()
    assert Answers.objects.count() == 0


def test_the_list_goes_on_where_it_stopped(client: Client) -> None:
    client.post("/me/intake/health/heart/", {"none": "1"})
    page = client.get("/me/intake/").content.decode()
    assert "/me/intake/health/head/" in page
    assert "1 of 7 pages done" in page


def test_an_unknown_page_is_not_there(client: Client) -> None:
    assert client.get("/me/intake/health/feet/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"name-0": "sertraline", "name-1": "", "name-2": "Advil"}, ["sertraline", "Advil"]),
        ({"name-0": "sertraline", "name-1": "sertraline"}, ["sertraline"]),
        ({"none": "1", "name-0": ""}, []),
        ({"name-0": "something nobody ever heard of"}, ["something nobody ever heard of"]),
    ],
)
def test_medicines_are_names(
    elm: House, ana: Story, client: Client, typed: dict[str, str], expected: list[str]
) -> None:
    assert client.post("/me/intake/medicines/", typed).headers["Location"] == "/me/intake/"
    rows = told(elm, ana)["medicines"]
    assert isinstance(rows, list)
    assert [row["name"] for row in rows] == expected


def test_nothing_written_is_not_none(elm: House, ana: Story, client: Client) -> None:
    client.post("/me/intake/medicines/", {"name-0": ""})
    client.post("/me/intake/tried/", {"name-0": ""})
    assert (told(elm, ana)["medicines"], told(elm, ana)["trials"]) == (None, None)
    client.post("/me/intake/tried/", {"none": "1"})
    assert told(elm, ana)["trials"] == []


@pytest.mark.parametrize(("meant", "expected"), [("sertraline", "sertraline"), ("", "sertralin")])
def test_a_misspelt_name_is_asked_about_once(
    elm: House, ana: Story, client: Client, meant: str, expected: str
) -> None:
    page = client.post("/me/intake/medicines/", {"name-0": "sertralin"}).content.decode()
    assert "We do not know “sertralin”" in page
    assert 'value="sertralin"' in page
    assert Answers.objects.count() == 0
    client.post("/me/intake/medicines/", {"name-0": "sertralin", "meant-0": meant})
    rows = told(elm, ana)["medicines"]
    assert isinstance(rows, list)
    assert [row["name"] for row in rows] == [expected]


def test_more_rows_keeps_what_was_typed(client: Client) -> None:
    typed = {f"name-{n}": f"tea {n}" for n in range(6)}
    page = client.post("/me/intake/medicines/", typed | {"more": "1"}).content.decode()
    assert re.findall(r'value="(tea \d)"', page) == list(typed.values())
    assert page.count('name="name-') == 9
    assert Answers.objects.count() == 0


def test_what_was_tried_becomes_trials_to_complete(elm: House, ana: Story, client: Client) -> None:
    client.post("/me/intake/tried/", {"name-0": "Prozac", "kinds": ["ect", "psychotherapy"]})
    rows = told(elm, ana)["trials"]
    assert isinstance(rows, list)
    assert [(row["drug"], row["kind"]) for row in rows] == [
        ("Prozac", "antidepressant"),
        ("Talking therapy", "psychotherapy"),
        ("ECT", "ect"),
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"height_cm": "172", "weight": "70", "unit": "kg"}, (172.0, 70.0)),
        ({"feet": "5", "inches": "8", "weight": "154", "unit": "lb"}, (172.7, 69.9)),
        ({"feet": "6", "weight": "154.3", "unit": "lb"}, (182.9, 70.0)),
        ({"height_cm": ""}, (None, None)),
    ],
)
def test_height_and_weight_in_either_unit(
    elm: House, ana: Story, client: Client, typed: dict[str, str], expected: tuple[float | None, float | None]
) -> None:
    client.post("/me/intake/about/", typed)
    assert (told(elm, ana)["height_cm"], told(elm, ana)["weight_kg"]) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"weight": "70"}, "choose pounds or kilograms"),
        ({"height_cm": "1.72"}, "it must be from 100 to 250"),
        ({"height_cm": "172", "feet": "5"}, "not both"),
        ({"inches": "8"}, "inches need feet"),
        ({"weight": "900", "unit": "lb"}, "it must be from 25 to 350"),
    ],
)
def test_a_size_that_nobody_has_is_refused_with_a_sentence(
    client: Client, typed: dict[str, str], sentence: str
) -> None:
    page = client.post("/me/intake/about/", typed | {"allergies": "latex"}).content.decode()
    assert sentence in page
    assert 'value="latex"' in page
    assert Answers.objects.count() == 0


def test_the_last_look_shows_both_units_and_what_was_not_answered(client: Client) -> None:
    client.post("/me/intake/about/", {"feet": "5", "inches": "8", "weight": "154", "unit": "lb", "allergies": "none"})
    page = client.get("/me/intake/check/").content.decode()
    assert "172.7 cm (68 in)" in page
    assert "69.9 kg (154 lb)" in page
    assert "Not provided" in page
    assert "Send to my care team" not in page


def asq(client: Client, *points: int) -> str:
    place = "/me/intake/thoughts/1/"
    for value in points:
        sitting = str(client.get(place).context["form"]["sitting"].value())
        place = str(client.post(place, {"sitting": sitting, "answer": str(value)}).headers["Location"])
    return place


@pytest.mark.parametrize(
    ("points", "leads_to", "tiers"),
    [
        ((0, 0, 0, 0), "/me/intake/", []),
        ((0, 0, 0, 1), "/me/intake/thoughts/5/", [Tier.TODAY]),
        ((1, 0, 0, 0, 0), "/me/safe/", [Tier.TODAY]),
        ((1, 1, 1, 1, 1), "/me/safe/", [Tier.TODAY, Tier.NOW]),
    ],
)
def test_asq_asks_about_right_now_only_after_a_yes(
    client: Client, points: tuple[int, ...], leads_to: str, tiers: list[str]
) -> None:
    assert asq(client, *points) == leads_to
    assert list(Concern.objects.order_by("raised_at", "id").values_list("tier", flat=True)) == tiers


def test_a_try_long_ago_is_no_news_the_second_time(client: Client) -> None:
    asq(client, 0, 0, 0, 1, 0)
    asq(client, 0, 0, 0, 1, 0)
    assert (Measure.objects.count(), Concern.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("points", "positive", "acute"),
    [((0, 0, 0, 0), False, False), ((0, 1, 0, 0, 0), True, False), ((0, 0, 1, 0, 1), True, True)],
)
def test_the_rules_read_asq(
    elm: House, ana: Story, client: Client, points: tuple[int, ...], positive: bool, acute: bool
) -> None:
    asq(client, *points)
    intake = intake_of(doctor(elm, LATER), ana.patient)
    assert (intake.asq_positive, intake.asq_acute) == (positive, acute)


def test_a_medicine_named_after_the_clinicians_list_is_not_lost(elm: House, ana: Story, client: Client) -> None:
    listed = {"medicines": [{"name": "sertraline", "daily_mg": 100}]}
    evaluation.complete_history(doctor(elm, Instant(MONDAY - timedelta(hours=1))), ana.patient.id, listed)
    client.post("/me/intake/medicines/", {"name-0": "Sertraline", "name-1": "selegiline"})
    medicines = intake_of(doctor(elm, LATER), ana.patient).medicines
    assert medicines is not None
    assert [(one.name, one.daily_mg) for one in medicines] == [("sertraline", 100), ("selegiline", None)]


def doctor(elm: House, at: Instant) -> Act:
    return elm.act(Role.PRESCRIBER, at)


@pytest.fixture
def nurse(elm: House) -> Client:
    client = Client()
    client.force_login(elm.staff[Role.NURSE])
    return client


def typed_by_staff(nurse: Client, ana: Story, **more: str) -> dict[str, str]:
    page = nurse.get(f"/patients/{ana.patient.id}/intake/")
    return {"once": str(page.context["entered"].mode["once"].value()), "mode": "paper", **more}


@pytest.mark.mitigates("M-096")
def test_answers_on_paper_are_the_patients_and_raise_the_same_concern(elm: House, ana: Story, nurse: Client) -> None:
    body = typed_by_staff(nurse, ana, **{f"phq-9-q{n}": "1" for n in range(1, 9)}, **{"phq-9-q9": "2"})
    body |= {"heart-hypertension": "yes", "medicines-none": "1", "about-allergies": "latex"}
    for _ in range(2):
        assert nurse.post(f"/patients/{ana.patient.id}/intake/", body).status_code == 302
    measure = Measure.objects.get()
    assert (measure.total, measure.mode, measure.by) == (10, "paper", elm.staff[Role.NURSE])
    assert [concern.tier for concern in Concern.objects.all()] == [Tier.NOW]
    answers = told(elm, ana)
    assert (answers["hypertension"], answers["medicines"], answers["allergies"]) == (True, [], "latex")
    assert "heart_failure" not in answers, "a blank on the paper changes nothing"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"heart-hypertension": "yes", "mode": ""}, "How did the answers come?"),
        ({}, "Nothing is filled in"),
        ({"about-weight": "70"}, "choose pounds or kilograms"),
    ],
)
def test_a_page_that_cannot_be_saved_keeps_what_was_typed(
    ana: Story, nurse: Client, body: dict[str, str], sentence: str
) -> None:
    typed = typed_by_staff(nurse, ana, **{"about-allergies": ""}) | body
    page = nurse.post(f"/patients/{ana.patient.id}/intake/", typed).content.decode()
    assert sentence in page
    assert Answers.objects.count() == 0
    if "about-weight" in body:
        assert 'value="70"' in page


def test_the_paper_has_every_question_and_asks_for_a_reader(ana: Story, nurse: Client) -> None:
    page = nurse.get(f"/patients/{ana.patient.id}/intake/paper/").content.decode()
    for theme in THEMES:
        for words in theme.questions.values():
            assert words in page
    assert "Thoughts that you would be better off dead" in page
    assert "Are you having thoughts of killing yourself right now?" in page
    assert "wait while they read it" in page


# The key-stroke model: seconds for a tap, for a typed character, and for making up one's mind.
TAP, TYPED, MIND = 0.8, 0.45, 1.35


def test_twelve_minutes_by_the_key_stroke_model(client: Client) -> None:
    """Every page is really asked for. Worst case: no “none of these”, each question decided and tapped by itself."""
    seconds, place = 30.0, "/me/intake/felt/1/"  # signing in
    while place not in ("/me/intake/", "/me/safe/"):
        sitting = str(client.get(place).context["form"]["sitting"].value())
        place = str(client.post(place, {"sitting": sitting, "answer": "1"}).headers["Location"])
        seconds += MIND + 2 * TAP
    for number in (1, 2, 3, 4, 5):
        asq(client, *([1] * number))
        seconds += MIND + 2 * TAP
    for theme in THEMES:
        client.post(f"/me/intake/health/{theme.slug}/", dict.fromkeys(theme.questions, "yes"))
        seconds += len(theme.questions) * (MIND + TAP) + TAP
    medicines = ["venlafaxine 225", "lamotrigine 100", "lisinopril", "zolpidem", "ibuprofen"]
    for address in ("/me/intake/medicines/", "/me/intake/tried/"):
        client.post(address, {f"name-{n}": name for n, name in enumerate(medicines)})
        seconds += sum(TAP + MIND + TYPED * len(name) for name in medicines) + TAP
    client.post("/me/intake/about/", {"height_cm": "172", "weight": "70", "unit": "kg", "allergies": "penicillin"})
    seconds += 4 * (TAP + MIND) + TYPED * len("17270penicillin") + TAP
    page = client.get("/me/intake/check/").content.decode()
    assert "Send to my care team" in page
    seconds += 15 + TAP
    assert "To do" not in client.get("/me/intake/").content.decode()
    assert seconds <= 12 * 60
    assert seconds > 3 * 60, "less would mean that pages were not counted"


def test_an_answer_changed_after_the_decision_stands_on_the_board(elm: House) -> None:
    story = cast.evaluated(elm, "ben")
    board = Client()
    board.force_login(elm.staff[Role.PRESCRIBER])
    words = "Changed an answer since the decision"
    assert words not in board.get("/board/").content.decode()
    patient = Client()
    patient.force_login(story.patient.user)
    patient.post("/me/intake/health/pregnancy/", {"pregnant": "yes"})
    page = board.get("/board/").content.decode()
    assert page.index(words) < page.index(story.patient.name, page.index(words))


def test_asq_is_asked_aloud_on_a_concern(elm: House, ana: Story, client: Client) -> None:
    asq(client, 0, 0, 0, 1, 0)
    on_call = Client()
    on_call.force_login(elm.staff[Role.ON_CALL])
    address = f"/patients/{ana.patient.id}/asq/"
    once = str(on_call.get(address).context["form"]["once"].value())
    assert "Nothing is filled in" in on_call.post(address, {"once": once}).content.decode()
    for _ in range(2):
        assert on_call.post(address, {"once": once, "q3": "1", "q4": "1", "q5": "1"}).status_code == 302
    newest = Measure.objects.order_by("answered_at").last()
    assert newest is not None
    assert (newest.occasion, newest.mode, newest.by) == ("concern", "aloud", elm.staff[Role.ON_CALL])
    tiers = list(Concern.objects.order_by("raised_at", "id").values_list("tier", flat=True))
    assert tiers == [Tier.TODAY, Tier.NOW]


def test_unchanged_holds_until_the_next_answer(elm: House, ana: Story, client: Client) -> None:
    asq(client, 1, 0, 0, 0, 0)
    day = MONDAY.astimezone(elm.clinic.zone).date().isoformat()
    act = doctor(elm, Instant(MONDAY + timedelta(minutes=5)))
    evaluation.complete_history(act, ana.patient.id, {"suicidality_unchanged": True, "suicidality_assessed_on": day})
    assert intake_of(act, ana.patient).suicidality_unchanged is True
    evaluation.answer(
        elm.as_patient(ana.patient, LATER),
        "asq",
        {"asq.1": 1, "asq.2": 1, "asq.3": 0, "asq.4": 0, "asq.5": 0},
        "concern",
    )
    assert intake_of(doctor(elm, LATER), ana.patient).suicidality_unchanged is None


def test_a_form_with_the_number_of_somebody_elses_answers_is_a_new_one(
    elm: House, ana: Story, client: Client
) -> None:
    other = cast.evaluated(elm, "ben")
    theirs = Measure.objects.filter(patient=other.patient, instrument="phq-9").get()
    client.post("/me/intake/felt/", {"once": str(theirs.id), **{f"q{number}": "1" for number in range(1, 10)}})
    mine = Measure.objects.filter(patient=ana.patient).get()
    assert (mine.total, mine.id == theirs.id) == (9, False)
    theirs.refresh_from_db()
    assert theirs.patient == other.patient
