"""Ordinary and odd typing that once broke a page: now a sentence, and nothing typed is lost."""

import pytest
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House

from kapstone.clinic.ground.people.roles import Role


@pytest.fixture
def elm(db: None, at_monday: None) -> House:
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def at_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    from kapstone.clinic.config import clock

    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_a_display_that_leads_nowhere_leads_somewhere_here(elm: House) -> None:
    assert Client().post("/display/", {"theme": "dim", "next": "foo"}).status_code == 302


def test_a_character_that_no_database_takes_is_refused(elm: House) -> None:
    doctor = signed_in(elm.staff[Role.PRESCRIBER])
    assert doctor.get("/patients/?name=%00").status_code in (400, 404)
    stranger = Client()
    stranger.cookies["sessionid"] = "a\x00b"
    assert stranger.get("/").status_code in (200, 400)


@pytest.mark.parametrize("address", ["/", "/demo/", "/ask/", "/link/", "/board/"])
def test_a_server_without_a_clinic_says_so(db: None, address: str) -> None:
    assert Client().get(address).status_code < 500 or b"No clinic is open here yet" in Client().get(address).content


@pytest.mark.parametrize(
    "wrong", [{"amount": "0"}, {"amount": "-5"}, {"first_day": "9999-12-31"}, {"first_day": "2020-01-01"}]
)
def test_a_course_form_answers_every_number_with_a_sentence(elm: House, wrong: dict[str, str]) -> None:
    story = cast.evaluated(elm, "ana")
    typed = {
        "format_id": "iv",
        "amount": "35",
        "weight_kg": "70",
        "doses": "6",
        "first_day": "2026-11-10",
        "preparation": "0",
        "presence": "none",
        "hour": "09:00",
        "therapy_form": "each_dose",
        "therapist": str(elm.staff[Role.THERAPIST].id),
        "preview": "1",
    }
    page = signed_in(elm.staff[Role.PRESCRIBER]).post(f"/patients/{story.patient.id}/course/new/", typed | wrong)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert next(iter(wrong.values())) in page.content.decode()


def test_a_pregnancy_test_of_tomorrow_is_a_sentence(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    typed = {"last_pregnancy_test": "2030-01-01"}
    page = signed_in(elm.staff[Role.PRESCRIBER]).post(f"/patients/{story.patient.id}/evaluation/asked/", typed)
    assert "2030-01-01" in page.content.decode()
    assert page.context["form"].errors["last_pregnancy_test"]


def test_words_typed_on_a_stale_page_are_given_back(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.patient.user)
    answer = client.post("/me/journal/", {"words": "words that nobody wants to type again"})
    assert answer.status_code == 403
    assert "words that nobody wants to type again" in answer.content.decode()


def test_a_questionnaire_sent_twice_is_one_measure_and_one_concern(elm: House) -> None:
    from kapstone.clinic.evaluation.models import Measure
    from kapstone.clinic.ground.concerns.models import Concern

    story = cast._admitted(elm, "ana")
    client = signed_in(story.patient.user)
    once = client.get("/me/intake/felt/").context["form"]["once"].value()
    typed = {"once": str(once), **{f"q{number}": "1" for number in range(1, 10)}}
    for _ in range(2):
        assert client.post("/me/intake/felt/", typed).status_code == 302
    assert Measure.objects.filter(patient=story.patient).count() == 1
    assert Concern.objects.filter(patient=story.patient).count() == 1
