"""A patient answers question by question: each is kept, and a worrying one waits for nobody's last click."""

from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.models import ItemAnswer, Measure
from kapstone.clinic.ground.concerns.models import Concern, Tier


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    from kapstone.clinic.config import clock

    ticks = count()
    monkeypatch.setattr(clock, "now", lambda: Instant(MONDAY + timedelta(seconds=next(ticks))))
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def ana(elm: House) -> Story:
    return cast._admitted(elm, "ana")


def device(story: Story) -> Client:
    client = Client()
    client.force_login(story.patient.user)
    return client


def answer(client: Client, number: int, points: int | None, **more: str) -> str:
    """Answers one question as the page sends it; where it leads."""
    page = f"/me/intake/felt/{number}/"
    sitting = str(client.get(page).context["form"]["sitting"].value())
    typed = {"skip": "1"} if points is None else {"answer": str(points)}
    return str(client.post(page, {"sitting": sitting} | typed | more).headers.get("Location", ""))


def tiers() -> list[str]:
    return list(Concern.objects.order_by("id").values_list("tier", flat=True))


def test_it_goes_on_at_the_same_question_on_another_device(ana: Story) -> None:
    phone, desk = device(ana), device(ana)
    assert answer(phone, 1, 2) == "/me/intake/felt/2/"
    assert answer(phone, 2, None) == "/me/intake/felt/3/"
    assert "/me/intake/felt/3/" in desk.get("/me/intake/").content.decode()
    for number in range(3, 10):
        answer(desk, number, 0)
    measure = Measure.objects.get()
    assert (measure.answers["/44250-9"], measure.answers["/44255-8"], tiers()) == (2, None, [])


def test_an_answer_changed_with_back_counts_and_the_first_stays_on_record(ana: Story) -> None:
    client = device(ana)
    answer(client, 1, 2)
    answer(client, 1, 3)
    for number in range(2, 10):
        answer(client, number, 0)
    assert (Measure.objects.get().total, ItemAnswer.objects.count()) == (3, 10)


@pytest.mark.mitigates("M-096")
@pytest.mark.parametrize(("points", "expected"), [(1, [Tier.TODAY]), (2, [Tier.NOW]), (3, [Tier.NOW]), (0, [])])
def test_item_9_chosen_and_the_page_left_is_before_a_person(ana: Story, points: int, expected: list[Tier]) -> None:
    assert answer(device(ana), 9, points, keep="1") == ""
    assert (tiers(), Measure.objects.count()) == (expected, 0)


def test_a_concern_goes_up_and_never_down_or_twice(ana: Story) -> None:
    client = device(ana)
    for points in (1, 1, 3, 3, 0):
        answer(client, 9, points, keep="1")
    assert tiers() == [Tier.TODAY, Tier.NOW]


def test_after_a_worrying_answer_the_page_for_it_comes_at_once(ana: Story) -> None:
    client = device(ana)
    assert answer(client, 9, 1) == "/me/safe/"
    for number in range(1, 9):
        answer(client, number, 0)
    assert answer(client, 9, 1) == "/me/safe/"
    assert (Measure.objects.get().total, tiers()) == (1, [Tier.TODAY])


def test_item_9_left_out_is_not_asked_and_is_told_when_the_rest_is_done(ana: Story) -> None:
    client = device(ana)
    answer(client, 9, None)
    assert tiers() == []
    for number in range(1, 9):
        answer(client, number, 0)
    answer(client, 9, None)
    assert (Measure.objects.get().total, tiers()) == (None, [Tier.TODAY])


def test_the_last_page_sent_twice_is_one_measure(ana: Story) -> None:
    client = device(ana)
    for number in range(1, 9):
        answer(client, number, 0)
    sitting = str(client.get("/me/intake/felt/9/").context["form"]["sitting"].value())
    for _ in range(2):
        client.post("/me/intake/felt/9/", {"sitting": sitting, "answer": "1"})
    assert (Measure.objects.count(), ItemAnswer.objects.count(), tiers()) == (1, 9, [Tier.TODAY])


@pytest.mark.mitigates("M-096")
@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (0, 0, []),
        (0, 1, [Tier.TODAY]),
        (0, 3, [Tier.NOW]),
        (1, 3, [Tier.TODAY, Tier.NOW]),
        (3, 0, [Tier.NOW]),
    ],
)
def test_item_9_changed_with_back_after_the_end_is_before_a_person(
    ana: Story, first: int, then: int, expected: list[str]
) -> None:
    client = device(ana)
    for number in range(1, 9):
        answer(client, number, 1)
    sitting = str(client.get("/me/intake/felt/9/").context["form"]["sitting"].value())
    client.post("/me/intake/felt/9/", {"sitting": sitting, "answer": str(first)})
    for _ in range(2):
        client.post("/me/intake/felt/9/", {"sitting": sitting, "answer": str(then), "keep": "1"})
    sent = client.post("/me/intake/felt/9/", {"sitting": sitting, "answer": str(then)})
    assert sent.headers["Location"] == ("/me/safe/" if then else "/me/intake/")
    newest = Measure.objects.order_by("answered_at", "id").last()
    assert newest is not None
    assert (newest.total, newest.answers["/44260-8"], tiers()) == (8 + then, then, expected)
    assert Measure.objects.count() == (1 if first == then else 2)


@pytest.mark.mitigates("M-096")
def test_the_list_sent_again_with_another_item_9_is_before_a_person(ana: Story) -> None:
    client = device(ana)
    once = str(client.get("/me/intake/felt/").context["form"]["once"].value())
    body = {"once": once, **{f"q{number}": "1" for number in range(1, 9)}}
    for points in ("0", "2", "2"):
        client.post("/me/intake/felt/", body | {"q9": points})
    assert (Measure.objects.count(), tiers()) == (2, [Tier.NOW])


def test_continue_without_an_answer_is_asked_for_kindly(ana: Story) -> None:
    page = device(ana).post("/me/intake/felt/1/", {"answer": ""})
    assert "Leave this one out”." in page.content.decode()
    assert ItemAnswer.objects.count() == 0


def test_the_list_goes_on_from_what_was_answered(ana: Story) -> None:
    client = device(ana)
    answer(client, 9, 1, keep="1")
    once = str(client.get("/me/intake/felt/").context["form"]["once"].value())
    client.post("/me/intake/felt/", {"once": once, **{f"q{number}": "1" for number in range(1, 10)}})
    assert (Measure.objects.get().total, tiers()) == (9, [Tier.TODAY])


@pytest.mark.parametrize(("said", "expected"), [("safe", []), ("unsure", [Tier.NOW]), ("unsafe", [Tier.NOW])])
def test_who_is_not_sure_to_be_safe_is_before_a_person_now(ana: Story, said: str, expected: list[Tier]) -> None:
    for _ in range(2):
        assert device(ana).post("/me/safe/", {"said": said}).status_code == 302
    assert tiers() == expected


def test_the_page_after_it_promises_nothing_when_nobody_is_on_the_roster(
    ana: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kapstone.clinic.evaluation.measures import queries

    monkeypatch.setattr(queries, "promise", lambda clinic, at: None)
    page = device(ana).get("/me/safe/").content.decode()
    assert "no one may be reading it now" in page
    assert "We mean to call" not in page
