"""A page that redraws itself: a mark that changes with the record, and one row in the ledger for one look."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=5))


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def story(elm: House) -> Story:
    """A dose runs."""
    return cast.dosing(elm, "ana")


def looks() -> int:
    """Rows of opened pages."""
    return LedgerRow.objects.filter(verb="opened").count()


@pytest.mark.mitigates("M-157")
def test_a_page_that_redraws_itself_is_one_look(elm: House, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    client, here = Client(), f"/sessions/{story.ids['session_id']}/"
    client.force_login(elm.staff[Role.NURSE])
    monkeypatch.setattr(clock, "now", lambda: later(5))
    before = looks()
    client.get(here, headers={"X-Fresh": "1"})
    assert looks() == before + 1, "the header alone hides nobody"
    for _ in range(3):
        client.get(here, headers={"X-Fresh": "1"})
    assert looks() == before + 1
    client.get(here)
    assert looks() == before + 2, "opened again by a person"
    monkeypatch.setattr(clock, "now", lambda: later(21))
    client.get(here, headers={"X-Fresh": "1"})
    assert looks() == before + 3, "a page that is open for long is written down again"
    other = Client()
    other.force_login(elm.staff[Role.NURSE])
    other.get(here, headers={"X-Fresh": "1"})
    assert looks() == before + 4, "another browser is another look"


def told(client: Client, address: str) -> dict[str, object]:
    """Everything that a page is told when it asks, as one."""
    found = client.get(address).json()
    return {key: value for one in found["told"] for key, value in one.items()}


def test_the_mark_changes_with_every_line(elm: House, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    client, here = Client(), f"/sessions/{story.ids['session_id']}/changed/"
    client.force_login(elm.staff[Role.NURSE])
    monkeypatch.setattr(clock, "now", lambda: later(5))
    before, chairs = told(client, here), told(client, "/chairs/changed/")
    assert told(client, here) == before == {"session": str(story.ids["session_id"]), "mark": "5"}
    assert f'data-mark="{before["mark"]}"' in client.get(f"/sessions/{story.ids['session_id']}/").content.decode()
    session.note(elm.act(Role.NURSE, later(6)), story.ids["session_id"], "All calm.")
    assert told(client, here)["mark"] == "6"
    monkeypatch.setattr(clock, "now", lambda: later(7))
    assert told(client, "/chairs/changed/")["chairs"] != chairs["chairs"]


def test_the_mark_says_nothing_to_whoever_may_not_see_the_session(
    elm: House, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: later(5))
    for who in (elm.staff[Role.FRONT_DESK], story.patient.user):
        client = Client()
        client.force_login(who)
        assert client.get(f"/sessions/{story.ids['session_id']}/changed/").status_code == 404


def test_the_board_redraws_itself_for_everybody_on_the_staff(
    elm: House, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: later(5))
    for role in (Role.NURSE, Role.FRONT_DESK):
        client = Client()
        client.force_login(elm.staff[role])
        page = client.get("/board/").content.decode()
        mark = told(client, "/board/changed/")["chairs"]
        assert f'data-mark="{mark}"' in page
        assert ('data-listen="chairs"' in page) is (role is Role.NURSE), "who may not see sessions asks"
        before = looks()
        client.get("/board/", headers={"X-Fresh": "1"})
        assert looks() == before, "one look"
        session.note(elm.act(Role.NURSE, later(5)), story.ids["session_id"], f"Seen by the {role.label}.")
        assert told(client, "/board/changed/")["chairs"] != mark
    outsider = Client()
    outsider.force_login(story.patient.user)
    assert outsider.get("/board/changed/").status_code == 404
