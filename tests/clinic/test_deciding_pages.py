"""The prescriber's pages: only what was changed is saved; a block has a page of its own before it is set aside."""

import pytest
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House, Story
from tests.clinic.filled_in import filled_in

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.config import clock
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.evaluation.models import Answers, Decision
from kapstone.clinic.evaluation.queries import history, intake_of
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.roles import Role


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A clinic on Monday, a little later."""
    monkeypatch.setattr(clock, "now", lambda: Instant(MONDAY + minutes(30)))
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def story(elm: House) -> Story:
    """Somebody who was offered treatment."""
    return cast.evaluated(elm, "ana")


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def page(
    elm: House, story: Story, name: str, role: Role = Role.PRESCRIBER
) -> tuple[Client, str, dict[str, list[str]]]:
    """A page of the evaluation as it is first seen: browser, address, and what its form shows."""
    client, address = signed_in(elm.staff[role]), f"/patients/{story.patient.id}/evaluation/{name}/"
    seen = client.get(address)
    assert seen.status_code == 200
    return client, address, filled_in(seen.content.decode())


def newest(story: Story) -> int:
    """How many rows the history has."""
    return Answers.objects.filter(patient=story.patient).count()


def test_a_form_sent_as_it_was_seen_changes_nothing_known(elm: House, story: Story) -> None:
    client, address, seen = page(elm, story, "asked")
    act = elm.act(Role.PRESCRIBER, Instant(MONDAY + minutes(40)))
    before = intake_of(act, story.patient)
    assert client.post(address, seen).status_code == 302
    assert intake_of(act, story.patient) == before


def test_one_answer_changed_is_one_answer_saved(elm: House, story: Story) -> None:
    client, address, seen = page(elm, story, "asked", Role.NURSE)
    assert client.post(address, seen | {"stroke_or_tia": ["yes"], "madrs": ["31"]}).status_code == 302
    act = elm.act(Role.PRESCRIBER, Instant(MONDAY + minutes(40)))
    said = history(act, story.patient, by_patient=False)
    assert (said["stroke_or_tia"], said["madrs"], "porphyria" in said) == (True, 31, False)


def test_an_older_page_does_not_undo_what_the_patient_said_since(elm: House, story: Story) -> None:
    client, address, seen = page(elm, story, "asked")
    me = elm.as_patient(story.patient, Instant(MONDAY + minutes(20)))
    evaluation.answer_history(me, {"porphyria": True})
    client.post(address, seen | {"madrs": ["31"]})
    assert intake_of(elm.act(Role.PRESCRIBER, Instant(MONDAY + minutes(40))), story.patient).porphyria is True


def test_medicines_and_trials_are_completed_row_by_row(elm: House, story: Story) -> None:
    client, address, seen = page(elm, story, "asked")
    rows = {"medicines-0-name": ["lorazepam"], "medicines-0-daily_mg": ["1.5"], "trials-2-drug": ["citalopram"]}
    seen.pop("none_taken", None)
    assert client.post(address, seen | rows).status_code == 302
    known = intake_of(elm.act(Role.PRESCRIBER, Instant(MONDAY + minutes(40))), story.patient)
    assert [one.name for one in known.medicines or ()] == ["lorazepam"]
    assert [one.drug for one in known.trials or ()] == ["sertraline", "venlafaxine", "citalopram"]


def test_a_number_out_of_bounds_is_a_sentence_and_nothing_is_lost(elm: House, story: Story) -> None:
    client, address, seen = page(elm, story, "asked")
    answer = client.post(address, seen | {"weight_kg": ["1540"], "trials-0-weeks": ["eight"], "madrs": ["31"]})
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "write a number from 25 to 350 kg",
        "write a whole number from 0 to 520",
        "1540",
        "eight",
        'value="31"',
    ):
        assert words in text


def test_a_block_is_set_aside_on_a_page_of_its_own(elm: House, story: Story) -> None:
    evaluation.complete_history(elm.act(Role.PRESCRIBER, MONDAY), story.patient.id, {"aneurysm_or_avm": True})
    client, address, seen = page(elm, story, "decide")
    words = {
        "outcome": ["offer"],
        "formats": ["iv"],
        "reason": ["Benefit outweighs it."],
        "for_patient": ["We can offer it."],
    }
    between = client.post(address, seen | words)
    text = between.content.decode()
    assert "You are about to set a block aside" in text
    assert "(E07)" in text
    assert Decision.objects.filter(patient=story.patient).count() == 1
    seen = filled_in(text)
    assert (seen["reason"], seen["formats"]) == (["Benefit outweighs it."], ["iv"])
    again = client.post(address, seen | {"override_reason": ["why"]}).content.decode()
    assert "Write why you set the block aside" in again
    assert (
        client.post(address, filled_in(again) | {"override_reason": ["Clipped in 2019, letter on file."]}).status_code
        == 302
    )
    decision = Decision.objects.filter(patient=story.patient).latest("at")
    assert decision.overrides == ["E07"]
    board = client.get("/board/").content.decode()
    assert "Waiting for a second prescriber" in board
    assert "still looking at one point" in signed_in(story.patient.user).get("/me/").content.decode()


def test_the_same_decision_sent_twice_is_one(elm: House, story: Story) -> None:
    client, address, seen = page(elm, story, "decide")
    words = {
        "outcome": ["not_now"],
        "reason": ["The thyroid comes first."],
        "for_patient": ["Your thyroid comes first."],
    }
    for _ in range(2):
        assert client.post(address, seen | words).status_code == 302
    assert Decision.objects.filter(patient=story.patient).count() == 2
