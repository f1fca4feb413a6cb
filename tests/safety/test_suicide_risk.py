"""An answer about suicide becomes a person's task in the same moment, and stays one until somebody did something."""

from collections.abc import Callable

import pytest

from kapstone.care.quantities import Instant
from kapstone.care.session import NOT_YET
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.evaluation.models import Measure
from kapstone.clinic.ground.concerns import actions as concerns
from kapstone.clinic.ground.concerns.models import Concern, Tier
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from tests import cast
from tests.cast import MONDAY, Cast, House, Story
from tests.clinic.test_every_door import addresses
from tests.safety.conftest import Look


def answered(elm: House, item_9: int | None) -> Story:
    """A patient whose total is low and whose item 9 is this."""
    story = cast._admitted(elm, "ana")
    me = elm.as_patient(story.patient, MONDAY)
    evaluation.answer(me, "phq-9", cast.phq_9(0, 1, 0, 0, 0, 0, 0, 0, item_9), "check-in")
    return story


@pytest.mark.mitigates("M-047")
@pytest.mark.parametrize(("item_9", "tiers"), [(0, []), (1, [Tier.TODAY]), (2, [Tier.NOW]), (3, [Tier.NOW])])
def test_item_9_raises_a_concern_in_the_same_act(elm: House, item_9: int, tiers: list[Tier]) -> None:
    story = answered(elm, item_9)
    assert Measure.objects.get().total == 1 + item_9
    assert [one.tier for one in Concern.objects.filter(patient=story.patient)] == tiers
    row = LedgerRow.objects.filter(clinic_id=elm.clinic.id).order_by("-number")[0]
    assert (row.verb, b"concern raised" in bytes(row.stored)) == ("measure.answer", bool(tiers))


@pytest.mark.mitigates("M-053")
def test_a_blank_item_9_raises_a_concern_today(elm: House) -> None:
    answered(elm, None)
    concern = Concern.objects.get()
    assert (concern.tier, Measure.objects.get().total) == (Tier.TODAY, None)
    assert "not asked" in concern.reason


@pytest.mark.mitigates("M-048")
def test_a_concern_stays_until_its_owner_settles_it_with_words(elm: House) -> None:
    answered(elm, 3)
    nurse, on_call = elm.act(Role.NURSE, MONDAY), elm.act(Role.ON_CALL, MONDAY)
    (item,) = open_items(nurse)
    with pytest.raises(Refused, match="Take this concern first"):
        concerns.settle(nurse, item.concern.id, "I called her and she is safe.")
    concerns.take(nurse, item.concern.id)
    with pytest.raises(Refused, match="Take this concern first"):
        concerns.settle(on_call, item.concern.id, "I called her and she is safe.")
    with pytest.raises(Refused, match="Write what you did"):
        concerns.settle(nurse, item.concern.id, "ok")
    assert len(open_items(nurse)) == 1
    concerns.settle(nurse, item.concern.id, "I called her and she is safe.")
    assert open_items(nurse) == []


@pytest.mark.mitigates("M-048")
@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.ON_CALL])
def test_an_open_concern_stands_on_the_board(elm: House, look: Look, role: Role) -> None:
    story = answered(elm, 3)
    board = look(elm.staff[role], "/board/", Instant(MONDAY)).content.decode()
    assert "1 open concern." in board
    assert f"Oldest: {story.patient.name}" in board
    assert "nobody has taken it" in board


@pytest.mark.mitigates("M-049")
def test_crisis_help_is_on_every_page_of_a_patient(everybody: Cast, look: Look) -> None:
    bare, seen = [], 0
    for entry, address in addresses(everybody.ana):
        answer = look(everybody.ana.patient.user, address, cast.NOW)
        if answer.status_code == 200 and str(entry.pattern).startswith("me/"):
            seen += 1
            if b'href="tel:988"' not in answer.content:
                bare.append(address)
    assert seen >= 9
    assert bare == []


@pytest.mark.mitigates("M-049")
def test_after_such_an_answer_the_page_says_whom_to_call(elm: House, look: Look) -> None:
    patient = cast._admitted(elm, "ana").patient
    answer = look(patient.user, "/me/check-in/", MONDAY, {f"q{number}": "1" for number in range(1, 10)})
    assert (answer.status_code, answer.url) == (302, "/me/safe/")
    told = look(patient.user, "/me/safe/", MONDAY).content.decode()
    assert "Call or text 988 now if:" in told


@pytest.mark.mitigates("M-051")
def test_thoughts_told_in_a_session_raise_a_concern_now(elm: House, later: Callable[[float], Instant]) -> None:
    story = cast.dosing(elm, "ana")
    before = set(Concern.objects.values_list("id", flat=True))
    nurse = elm.act(Role.NURSE, later(50))
    session.observe(nurse, story.ids["session_id"], "ideation", NOT_YET, "says she wants to be gone")
    (new,) = Concern.objects.exclude(id__in=before)
    assert (new.tier, new.patient_id) == (Tier.NOW, story.patient.id)
