"""The record as one document: page, PDF, signature, addenda."""

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.ground.ui import pdf as pdf_module
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.queries import session_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=110))


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def story(elm: House) -> Story:
    """Released, not signed."""
    return cast.released(elm, "ana")


def lines(elm: House, story: Story) -> int:
    """How many lines the record has."""
    return len(session_of(elm.act(Role.NURSE, later(106)), story.ids["session_id"]).state.lines)


def made(elm: House, story: Story, see: Callable[..., Any], tmp_path: Path) -> Path:
    """The PDF as a file."""
    answer = see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/record/session.pdf", at=later(110))
    assert answer["Content-Type"] == "application/pdf"
    file = tmp_path / "session.pdf"
    file.write_bytes(answer.content)
    return file


def said(*command: str) -> str:
    """What a tool prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.mitigates("M-149")
def test_the_pdf_holds_every_line_of_the_page_and_is_tagged(
    elm: House, story: Story, see: Callable[..., Any], tmp_path: Path
) -> None:
    page = see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/record/", at=later(110)).content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page)
    assert len(rows) == lines(elm, story)
    file = made(elm, story, see, tmp_path)
    facts = said("pdfinfo", str(file))
    assert re.search(r"Tagged:\s+yes", facts)
    assert int(re.search(r"Pages:\s+(\d)", facts)[1]) <= 2  # type: ignore[index]
    text = re.sub(r"\s+", "", said("pdftotext", "-layout", str(file), "-"))
    for row in rows:
        for cell in re.findall(r">([^<]+)<", f">{row}<"):
            for word in unescape(cell).split():
                assert word in text, word
    assert "CANARY-ana-name" in text and "Notsigned." in text


def test_the_drawing_on_paper_is_that_of_the_screen_in_black(
    elm: House, story: Story, see: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"/sessions/{story.ids['session_id']}/"
    drawn = re.findall(r"<svg.*?</svg>", see(elm.staff[Role.NURSE], here, at=later(110)).content.decode(), re.S)
    printed = see(elm.staff[Role.NURSE], f"{here}record/", at=later(110)).content.decode()
    assert drawn[-1] in printed
    paper = pdf_module._on_paper(drawn[-1])
    assert re.sub(r"<style>.*?</style>", "", paper) == drawn[-1]
    colours = re.findall(r"#[0-9a-fA-F]+", paper)
    assert all(len(set(one.strip("#"))) == 1 for one in colours), "greys only"


def test_a_document_loads_nothing_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda self, url, *a, **k: asked.append(str(url)))
    monkeypatch.setattr(
        pdf_module,
        "render_to_string",
        lambda *a: (
            "<html lang=en><title>x</title><img src='http://127.0.0.1:9/x.png' alt='x'><link rel=stylesheet href='file:///etc/passwd'><p>ok</p></html>"
        ),
    )
    pdf_module.pdf(None, "x.html", {}, "")  # type: ignore[arg-type]
    assert asked == []


def test_a_machine_without_pango_says_so_and_the_page_is_there(
    elm: House, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object) -> bytes:
        raise pdf_module.NoPdf("This machine lacks pango, which draws PDFs.")

    monkeypatch.setattr("kapstone.clinic.session.signing.views.pdf", lacking)
    monkeypatch.setattr(clock, "now", lambda: later(110))
    client = Client()
    client.force_login(elm.staff[Role.NURSE])
    answer = client.get(f"/sessions/{story.ids['session_id']}/record/session.pdf", follow=True)
    assert answer.redirect_chain[-1][0].endswith("/record/")
    assert "lacks pango" in answer.content.decode()


@pytest.mark.mitigates("M-148")
def test_after_the_signature_only_addenda_are_written(elm: House, story: Story, see: Callable[..., Any]) -> None:
    here, count = story.ids["session_id"], lines(elm, story)
    doctor, nurse = elm.act(Role.PRESCRIBER, later(120)), elm.act(Role.NURSE, later(130))
    session.sign_record(doctor, here, count)
    with pytest.raises(Refused, match="You cannot add this now"):
        session.record(nurse, here, [Reading(cast.values(120, 80))])
    session.note(nurse, here, "The patient called: all well.")
    last = session_of(nurse, here).state.lines[-1]
    assert last.remark == "Addendum: written after the record was signed."
    page = see(elm.staff[Role.NURSE], f"/sessions/{here}/record/", at=later(131)).content.decode()
    assert f"under {count} lines" in page and "Addendum: written after the record was signed." in page


@pytest.mark.mitigates("M-148")
def test_a_signature_under_lines_that_nobody_read_is_refused(
    elm: House, story: Story, see: Callable[..., Any]
) -> None:
    here, count = story.ids["session_id"], lines(elm, story)
    session.note(elm.act(Role.NURSE, later(110)), here, "One more thing.")
    doctor = elm.act(Role.PRESCRIBER, later(120))
    with pytest.raises(Refused, match="Lines were written since you opened this page"):
        session.sign_record(doctor, here, count)
    sent = {"event_id": str(uuid7(later(120))), "lines": "x"}
    page = see(elm.staff[Role.PRESCRIBER], f"/sessions/{here}/record/", sent, at=later(120)).content.decode()
    assert "Lines were written since you opened this page" in page
    session.sign_record(doctor, here, count + 1)


def test_signing_twice_is_once_and_two_people_may_sign(elm: House, story: Story) -> None:
    here, count, line = story.ids["session_id"], lines(elm, story), uuid7(later(120))
    doctor, nurse = elm.act(Role.PRESCRIBER, later(120)), elm.act(Role.NURSE, later(121))
    session.sign_record(doctor, here, count, line)
    session.sign_record(doctor, here, count, line)
    session.sign_record(doctor, here, count + 1)
    session.sign_record(nurse, here, count + 1)
    assert [one.author for one in session_of(nurse, here).state.signed] == [
        str(elm.staff[Role.PRESCRIBER].id),
        str(elm.staff[Role.NURSE].id),
    ]


def test_a_running_session_is_not_signed_and_a_therapist_does_not_sign(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    with pytest.raises(Refused, match="the session is dosing"):
        session.sign_record(elm.act(Role.PRESCRIBER, later(10)), here, lines(elm, story))
    with pytest.raises(NotAllowed):
        session.sign_record(elm.act(Role.THERAPIST, later(10)), here, lines(elm, story))


def test_a_late_reading_stands_at_its_own_time_with_when_it_was_written(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    session.record(elm.act(Role.NURSE, later(30)), here, [Reading(cast.values(150, 90), later(12))])
    page = see(elm.staff[Role.NURSE], f"/sessions/{here}/record/", at=later(31)).content.decode()
    assert re.search(r"<th scope=\"row\">10:12 am</th><td>12</td><td>150/90</td>", page)
