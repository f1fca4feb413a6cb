"""Tests of a patient on the pages: who may do what, what counts, documents, refusals that lose nothing."""

import hashlib
import struct
import zlib
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House, Story
from tests.clinic.filled_in import filled_in

from kapstone.care.evaluation.clearance import State, clearance_tests
from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.config import clock
from kapstone.clinic.evaluation.clearance import actions
from kapstone.clinic.evaluation.clearance.queries import standing_of
from kapstone.clinic.evaluation.documents.actions import Upload, add_document
from kapstone.clinic.evaluation.documents.sniffing import KINDS, BadDocument, clean_name, kind_of
from kapstone.clinic.evaluation.models import Document
from kapstone.clinic.evaluation.models import TestAsked as Asking
from kapstone.clinic.evaluation.models import TestStep as Step
from kapstone.clinic.evaluation.queries import ending_before_dose, intake_of, unread_results
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed

TODAY = date(2026, 11, 2)
WHY = "Another patient's paper, filed here by mistake."
EDGE = "edge-of-a-part"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40 + b"\xff\xd9"


def png() -> bytes:
    """A picture of one point."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A clinic on Monday, an hour later."""
    monkeypatch.setattr(clock, "now", lambda: Instant(MONDAY + minutes(60)))
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def story(elm: House) -> Story:
    """Somebody who sent the intake and was offered treatment."""
    return cast.evaluated(elm, "ana")


def by(elm: House, role: Role = Role.NURSE, after: int = 1) -> Act:
    """Somebody of this role, some minutes after ten."""
    return elm.act(role, Instant(MONDAY + minutes(after)))


def browser(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def ecg(elm: House, story: Story, qtc: object = 501, upload: Upload | None = None, after: int = 2) -> Step:
    """The nurse enters an ECG."""
    return actions.receive_result(
        by(elm, after=after), story.patient.id, "ecg", values={"qtc_ms": qtc}, taken_on=TODAY, upload=upload
    )


def read(elm: House, story: Story, step: Step, **more: object) -> Step:
    """The prescriber reads it."""
    fields = {"verdict": "clear", **more}
    return actions.read_test(by(elm, Role.PRESCRIBER, 3), story.patient.id, step.id, **fields)  # type: ignore[arg-type]


def qtc(elm: House, story: Story) -> object:
    """The QTc as the rules read it now."""
    return intake_of(by(elm, Role.PRESCRIBER, 50), story.patient).qtc_ms


def state(elm: House, story: Story, test: str = "ecg") -> State:
    """Where a test stands."""
    return standing_of(by(elm, after=50), story.patient, clearance_tests()[test]).state


# what counts


@pytest.mark.mitigates("M-100")
def test_a_result_counts_only_once_a_prescriber_has_read_it(elm: House, story: Story) -> None:
    assert qtc(elm, story) == 420, "what the clinician typed"
    step = ecg(elm, story)
    assert (qtc(elm, story), state(elm, story)) == (420, State.RECEIVED)
    read(elm, story, step)
    assert (qtc(elm, story), state(elm, story)) == (501, State.READ)


def test_a_result_that_is_not_used_counts_not_and_is_asked_for_again(elm: House, story: Story) -> None:
    step = ecg(elm, story)
    with pytest.raises(Refused, match="what you saw"):
        read(elm, story, step, verdict="repeat")
    read(elm, story, step, verdict="repeat", words="Too much movement to measure.")
    assert (qtc(elm, story), state(elm, story)) == (420, State.ASKED)


def test_a_slip_counts_no_more_also_after_it_was_read(elm: House, story: Story) -> None:
    step = ecg(elm, story)
    read(elm, story, step)
    with pytest.raises(Refused, match="a prescriber marks it"):
        actions.mark_in_error(by(elm, after=4), story.patient.id, step.id, why=WHY)
    with pytest.raises(Refused, match="what is wrong"):
        actions.mark_in_error(by(elm, Role.PRESCRIBER, 4), story.patient.id, step.id, why="wrong")
    for _ in range(2):
        actions.mark_in_error(by(elm, Role.PRESCRIBER, 4), story.patient.id, step.id, why=WHY)
    assert (qtc(elm, story), state(elm, story), Step.objects.count()) == (420, State.ASKED, 3)


def test_a_positive_screen_needs_the_readers_word_on_what_explains_it(elm: House, story: Story) -> None:
    step = actions.receive_result(
        by(elm), story.patient.id, "urine", values={"result": "positive"}, taken_on=TODAY, note="Amphetamine."
    )
    with pytest.raises(Refused, match="choose one"):
        read(elm, story, step)
    read(elm, story, step, judged={"explained": "no"})
    assert intake_of(by(elm, after=50), story.patient).urine_screen_unexplained is True


def test_the_pressure_series_fills_the_last_readings_in_order_of_time(elm: House, story: Story) -> None:
    readings = [[f"2026-11-0{day}T13:00:00+00:00", 120 + day, 80] for day in (2, 1)]
    values = {"readings": [*readings, ["2026-10-31T13:00:00+00:00", 119, 79]]}
    step = actions.receive_result(by(elm), story.patient.id, "pressures", values=values)
    assert step.taken_on == TODAY
    read(elm, story, step)
    assert intake_of(by(elm, after=50), story.patient).pressures == ((119, 79), (121, 80), (122, 80))
    late = {"readings": [*readings, ["2026-11-02T20:00:00+00:00", 119, 79]]}
    read_again = actions.ask_for_test(by(elm, after=4), story.patient.id, "pressures")
    assert read_again.test == "pressures"
    with pytest.raises(Refused, match="in the future"):
        actions.receive_result(by(elm, after=5), story.patient.id, "pressures", values=late)


@pytest.mark.parametrize(
    ("values", "taken_on", "field", "sentence"),
    [
        ({"qtc_ms": 299}, TODAY, "qtc_ms", "from 300 to 700 ms"),
        ({"qtc_ms": 420}, None, "taken_on", "such as 2026-11-20"),
        ({"qtc_ms": 420}, TODAY + timedelta(days=1), "taken_on", "has not come yet"),
        ({"qtc_ms": 420}, date(1980, 1, 1), "taken_on", "before the patient was born"),
    ],
)
def test_what_cannot_be_is_refused(
    elm: House, story: Story, values: dict[str, object], taken_on: date | None, field: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as no:
        actions.receive_result(by(elm), story.patient.id, "ecg", values=values, taken_on=taken_on)
    assert (no.value.field, Step.objects.count(), Asking.objects.count()) == (field, 0, 0)


def test_the_order_of_things_is_kept(elm: House, story: Story) -> None:
    patient, nurse = story.patient.id, by(elm)
    asked = actions.ask_for_test(nurse, patient, "ecg", due_on=TODAY)
    with pytest.raises(Refused, match="asked for already"):
        actions.ask_for_test(nurse, patient, "ecg")
    with pytest.raises(Refused, match="has passed"):
        actions.ask_for_test(nurse, patient, "pdmp", due_on=TODAY - timedelta(days=1))
    step = ecg(elm, story)
    assert step.asked == asked
    with pytest.raises(Refused, match="waits to be read"):
        ecg(elm, story)
    with pytest.raises(Refused, match="waits to be read"):
        actions.close_test(by(elm, after=3), patient, asked.id, how="withdrawn", why="Not wanted any more.")
    read(elm, story, step)
    with pytest.raises(Refused, match="does not wait"):
        read(elm, story, step)
    with pytest.raises(Refused, match="policy's last"):
        second = ecg(elm, story, after=4)
        read(elm, story, second, recheck_on=TODAY + timedelta(days=366))


@pytest.mark.parametrize(("how", "then"), [("withdrawn", State.WITHDRAWN), ("not_needed", State.NOT_NEEDED)])
def test_a_test_is_taken_back_with_a_reason(elm: House, story: Story, how: str, then: State) -> None:
    asked = actions.ask_for_test(by(elm), story.patient.id, "liver")
    with pytest.raises(Refused, match="Write why"):
        actions.close_test(by(elm), story.patient.id, asked.id, how=how, why="no")
    for _ in range(2):
        actions.close_test(by(elm), story.patient.id, asked.id, how=how, why="Only nasal esketamine is planned.")
    assert (state(elm, story, "liver"), Step.objects.count()) == (then, 1)


def test_the_same_form_sent_twice_makes_one_row(elm: House, story: Story) -> None:
    patient, nurse, doctor = story.patient.id, by(elm), by(elm, Role.PRESCRIBER, 3)
    one, two, three = uuid4(), uuid4(), uuid4()
    paper = Upload("ecg.pdf", PDF)
    values = {"qtc_ms": 420}
    asked = {actions.ask_for_test(nurse, patient, "ecg", once=one).id for _ in range(2)}
    steps = {
        actions.receive_result(nurse, patient, "ecg", values=values, taken_on=TODAY, upload=paper, once=two).id
        for _ in range(2)
    }
    seen = {actions.read_test(doctor, patient, two, verdict="clear", once=three).id for _ in range(2)}
    assert (asked, steps, seen) == ({one}, {two}, {three})
    assert (Asking.objects.count(), Step.objects.count(), Document.objects.count()) == (1, 2, 1)


def test_nothing_of_it_is_changed_or_removed(elm: House, story: Story) -> None:
    ecg(elm, story, upload=Upload("ecg.pdf", PDF))
    for rows in (Asking.objects, Step.objects, Document.objects):
        for change in (lambda rows=rows: rows.update(at=MONDAY), lambda rows=rows: rows.all()._raw_delete(rows.db)):
            with pytest.raises(Exception, match="append-only"), transaction.atomic():
                change()


# who may


@pytest.mark.mitigates("M-100")
def test_who_may_do_what(elm: House, story: Story) -> None:
    patient = story.patient.id
    for role in (Role.THERAPIST, Role.MEDICAL_DIRECTOR, Role.FRONT_DESK, Role.ON_CALL, Role.CLINIC_LEAD):
        with pytest.raises(NotAllowed):
            actions.ask_for_test(by(elm, role), patient, "ecg")
    step = ecg(elm, story)
    for role in (Role.NURSE, Role.THERAPIST, Role.MEDICAL_DIRECTOR, Role.CLINIC_LEAD):
        with pytest.raises(NotAllowed):
            actions.read_test(by(elm, role), patient, step.id, verdict="clear")
    with pytest.raises(NotAllowed):
        add_document(by(elm, Role.THERAPIST), patient, Upload("a.pdf", PDF))


def test_nobody_reads_their_own_result(elm: House, story: Story) -> None:
    step = ecg(elm, story)
    me = Act(story.patient.user, elm.clinic, frozenset({Role.PRESCRIBER}), Instant(MONDAY + minutes(4)), "-", uuid4())
    with pytest.raises(Refused, match="a colleague does it"):
        actions.read_test(me, story.patient.id, step.id, verdict="clear")


def test_the_page_shows_each_role_what_it_may_do(elm: House, story: Story) -> None:
    step = ecg(elm, story, upload=Upload("ecg.pdf", PDF))
    address = f"/patients/{story.patient.id}/tests/"
    for role, may_ask, may_read in (
        (Role.PRESCRIBER, True, True),
        (Role.NURSE, True, False),
        (Role.THERAPIST, False, False),
    ):
        page = browser(elm.staff[role]).get(address).content.decode()
        assert "Not read yet" in page
        assert "QTc 501 ms" in page
        assert ("tests/pdmp/ask/" in page, f"tests/read/{step.id}/" in page) == (may_ask, may_read)
    for role in (Role.FRONT_DESK, Role.ON_CALL, Role.GUEST_THERAPIST, Role.DIRECTORY_EDITOR):
        assert browser(elm.staff[role]).get(address).status_code == 404
    assert browser(story.patient.user).get(address).status_code == 404


# the board


@pytest.mark.mitigates("M-101")
def test_an_unread_result_stands_on_the_board_until_it_is_read(elm: House, story: Story) -> None:
    nurse, board = browser(elm.staff[Role.NURSE]), "Results not read yet"
    assert board not in nurse.get("/board/").content.decode()
    step = ecg(elm, story)
    assert board in nurse.get("/board/").content.decode()
    assert board not in browser(elm.staff[Role.FRONT_DESK]).get("/board/").content.decode()
    row = LedgerRow.objects.filter(clinic_id=elm.clinic.id, actor_id=elm.staff[Role.NURSE].id).latest("number")
    assert str(story.patient.id) in row.patient_ids
    read(elm, story, step)
    assert unread_results(by(elm, after=50)) == []


@pytest.mark.mitigates("M-102")
def test_a_test_that_ends_before_the_next_dose_stands_on_the_board(elm: House) -> None:
    story = cast.planned(elm, "ana")
    step = ecg(elm, story)
    read(elm, story, step)
    assert ending_before_dose(by(elm, after=50)) == []
    actions.mark_in_error(by(elm, Role.PRESCRIBER, 51), story.patient.id, step.id, why=WHY)
    again = ecg(elm, story, after=52)
    actions.read_test(by(elm, Role.PRESCRIBER, 53), story.patient.id, again.id, verdict="clear", recheck_on=TODAY)
    (found,) = ending_before_dose(by(elm, after=54))
    assert (found.patient, found.dose_on, found.tests) == (story.patient, date(2026, 11, 3), ("ECG",))
    page = browser(elm.staff[Role.NURSE]).get("/board/").content.decode()
    assert "Tests that end before the next dose" in page
    assert ending_before_dose(by(elm, Role.FRONT_DESK, 54)) == []


# documents


BAD: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b"hello", "not a PDF, PNG or JPEG"),
    (b"<html><script>alert(1)</script></html>", "not a PDF"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a PDF"),
    (b"GIF89a" + b"\x00" * 20, "not a PDF"),
    (b"PK\x03\x04" + b"\x00" * 40, "not a PDF"),
    (b"MZ" + b"\x00" * 40, "not a PDF"),
    (b"\xef\xbb\xbf" + PDF, "not a PDF"),
    (b"%PDF-1.4\n<html>\n%%EOF", "web page or an archive"),
    (b"%PDF-1.4\n<!DOCTYPE html>\n%%EOF", "web page or an archive"),
    (JPEG[:-2] + b"<SVG onload=x>" + JPEG[-2:], "web page or an archive"),
    (PDF + b"PK\x05\x06" + b"\x00" * 18, "web page or an archive"),
    (PDF[:40], "broken off"),
    (png()[:-6], "broken off"),
    (JPEG[:-2], "broken off"),
    (JPEG + b"<?php echo 1;", "something is added"),
    (PDF + b"\n" * 2000, "broken off"),
]


@pytest.mark.mitigates("M-103")
@pytest.mark.parametrize(("body", "part"), BAD)
def test_a_file_is_what_its_bytes_say(body: bytes, part: str) -> None:
    with pytest.raises(BadDocument, match=part):
        kind_of(body)


@pytest.mark.mitigates("M-103")
def test_no_name_makes_a_bad_file_good_and_nothing_of_it_is_kept(elm: House, story: Story) -> None:
    for body, part in BAD:
        for name in ("ecg.pdf", "ecg.png", "ecg.jpg"):
            with pytest.raises(Refused, match=part) as no:
                ecg(elm, story, upload=Upload(name, body))
            assert no.value.field == "document"
    assert (Document.objects.count(), Step.objects.count()) == (0, 0)


def test_the_three_kinds_are_taken_whatever_their_name_says() -> None:
    found = [kind_of(one).media_type for one in (PDF, png(), JPEG, png() + b"\n")]
    assert found == ["application/pdf", "image/png", "image/jpeg", "image/png"]


@pytest.mark.mitigates("M-103")
@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("ecg.pdf", "ecg.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system32\\a.exe", "a.pdf"),
        ("/abs/olute/paper.html", "paper.pdf"),
        ("labor\u202efdp.exe", "laborfdp.pdf"),
        ('x"; filename="evil.html', "x filenameevil.pdf"),
        ("line\r\nSet-Cookie: a=b.pdf", "lineSet-Cookie ab.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("Befund Müller (2).PDF", "Befund Müller (2).pdf"),
        ("....", "document.pdf"),
        ("", "document.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, clean: str) -> None:
    assert clean_name(given, KINDS[0]) == clean


@pytest.mark.mitigates("M-104")
def test_a_document_is_handed_out_and_never_shown(elm: House, story: Story) -> None:
    step = ecg(elm, story, upload=Upload("../ecg of Ana.html", PDF))
    paper = step.document
    assert paper is not None
    assert (paper.kind, paper.size, paper.sha256) == ("application/pdf", len(PDF), hashlib.sha256(PDF).hexdigest())
    assert PDF[:20] not in bytes(paper.body_sealed)
    assert b"Ana" not in bytes(paper.name_sealed)
    rows = LedgerRow.objects.filter(clinic_id=elm.clinic.id).count()
    answer = browser(elm.staff[Role.THERAPIST]).get(f"/patients/{story.patient.id}/documents/{paper.id}/")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer["Content-Disposition"] == 'attachment; filename="ecg of Ana.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    row = LedgerRow.objects.filter(clinic_id=elm.clinic.id).latest("number")
    assert (row.number - rows > 0, row.verb, row.patient_ids) == (True, "opened", [str(story.patient.id)])
    assert str(paper.id).encode() in bytes(row.stored)


@pytest.mark.mitigates("M-104")
def test_a_document_is_not_there_for_another_clinic_or_under_another_patient(elm: House, story: Story) -> None:
    oak = cast._house("Oak Clinic", "oak", Instant(MONDAY + minutes(1)))
    cleo, ben = cast.evaluated(oak, "cleo"), cast._admitted(elm, "ben")
    step = ecg(elm, story, upload=Upload("ecg.pdf", PDF))
    assert step.document is not None
    nurse = browser(elm.staff[Role.NURSE])
    theirs, doctor = browser(oak.staff[Role.NURSE]), browser(oak.staff[Role.PRESCRIBER])
    paper = f"documents/{step.document.id}/"
    for client, patient, page in (
        (theirs, story, paper),
        (theirs, cleo, paper),
        (nurse, ben, paper),
        (nurse, story, f"documents/{uuid4()}/"),
        (doctor, story, f"tests/read/{step.id}/"),
        (doctor, cleo, f"tests/read/{step.id}/"),
        (theirs, cleo, f"tests/error/{step.id}/"),
        (theirs, cleo, f"tests/close/{step.asked_id}/"),
        (theirs, story, "tests/"),
        (nurse, story, "tests/no-such-test/ask/"),
        (browser(story.patient.user), story, paper),
        (browser(elm.staff[Role.FRONT_DESK]), story, paper),
    ):
        answer = client.get(f"/patients/{patient.patient.id}/{page}")
        assert answer.status_code == 404, page
        assert PDF not in answer.content
    with pytest.raises(NotThere):
        actions.mark_in_error(oak.act(Role.PRESCRIBER, MONDAY), cleo.patient.id, step.id, why=WHY)


def entered(elm: House, story: Story, test: str = "ecg") -> tuple[Client, str, dict[str, object]]:
    """The page of a result as the nurse first sees it."""
    client, address = browser(elm.staff[Role.NURSE]), f"/patients/{story.patient.id}/tests/{test}/result/"
    fields: dict[str, object] = {
        name: value[0]
        for name, value in filled_in(client.get(address).content.decode()).items()
        if name != "document"
    }
    return client, address, {**fields, "whole": "1"}


def file(name: str, body: bytes, declared: str = "application/pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, body, content_type=declared)


def test_a_result_is_entered_on_the_page_and_read_on_the_next(elm: House, story: Story) -> None:
    client, address, fields = entered(elm, story)
    sent = {**fields, "taken_on": "2026-11-02", "qtc_ms": "431", "note": "Sinus rhythm."}
    assert client.post(address, {**sent, "document": file("a.exe", png(), "text/html")}).status_code == 302
    assert client.post(address, {**sent, "document": file("a.exe", png(), "text/html")}).status_code == 302
    step = Step.objects.get()
    assert step.document is not None
    assert step.document.kind == "image/png"
    doctor, page = browser(elm.staff[Role.PRESCRIBER]), f"/patients/{story.patient.id}/tests/read/{step.id}/"
    assert "Sinus rhythm." in doctor.get(page).content.decode()
    assert doctor.post(page, {"verdict": "weigh"}).status_code == 200
    assert doctor.post(page, {"verdict": "weigh", "words": "Borderline, look again in spring."}).status_code == 302
    assert qtc(elm, story) == 431
    page_now = doctor.get(f"/patients/{story.patient.id}/tests/").content.decode()
    assert "There is something to weigh" in page_now
    assert "a.png" in page_now


def lost_nothing(page: str, typed: dict[str, object]) -> None:
    """Every field that was typed is still there."""
    seen = filled_in(page)
    # A browser leaves out the line break that opens a text box.
    assert {name: seen[name][0].removeprefix("\n") for name in typed} == typed


TYPED: dict[str, object] = {"taken_on": "2026-11-01", "qtc_ms": "431", "note": "Sinus rhythm, a long note."}


@pytest.mark.mitigates("M-103")
def test_a_file_that_is_too_large_says_so_and_loses_no_other_field(
    elm: House, story: Story, settings: object
) -> None:
    settings.UPLOAD_MOST_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    client, address, fields = entered(elm, story)
    for size in (1024 * 1024 + 1, 3 * 1024 * 1024):
        answer = client.post(address, {**fields, **TYPED, "document": file("a.pdf", PDF + b"\n" * size)})
        page = answer.content.decode()
        assert "larger than 1 MB" in page
        lost_nothing(page, TYPED)
    assert (Step.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.mitigates("M-103")
def test_an_upload_that_broke_off_says_so_and_loses_no_other_field(elm: House, story: Story) -> None:
    client, address, fields = entered(elm, story)
    sent = {name: value for name, value in {**fields, **TYPED}.items() if name != "whole"}
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in sent.items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="document"; filename="a.pdf"\r\n\r\n'
    # What came looks like a whole PDF: only the missing end of the form tells.
    body = "".join([*parts, head]).encode() + PDF
    answer = client.post(address, body, content_type=f"multipart/form-data; boundary={EDGE}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The upload broke off" in page
    lost_nothing(page, TYPED)
    assert (Step.objects.count(), Document.objects.count()) == (0, 0)


def test_where_something_else_is_wrong_the_page_says_to_choose_the_file_again(elm: House, story: Story) -> None:
    client, address, fields = entered(elm, story)
    typed = {**TYPED, "qtc_ms": "0.43"}
    page = client.post(address, {**fields, **typed, "document": file("a.pdf", PDF)}).content.decode()
    assert "from 300 to 700 ms" in page
    assert "choose the document again" in page
    lost_nothing(page, typed)


def test_the_series_on_the_page_keeps_every_row_and_names_the_wrong_one(elm: House, story: Story) -> None:
    client, address, fields = entered(elm, story, "pressures")
    typed: dict[str, object] = {}
    for number, (clock_time, high, low) in enumerate((("8:00", 128, 82), ("8:30", 82, 128), ("9:00", 126, 80))):
        row = {"day": "2026-11-02", "time": clock_time, "systolic_mmhg": str(high), "diastolic_mmhg": str(low)}
        typed |= {f"reading-{number}-{name}": value for name, value in row.items()}
    page = client.post(address, {**fields, **typed}).content.decode()
    assert "it is below the upper one" in page
    lost_nothing(page, typed)
    mended = {**typed, "reading-1-systolic_mmhg": "130", "reading-1-diastolic_mmhg": "84"}
    short = {name: "" if name.startswith("reading-2") else value for name, value in mended.items()}
    assert "at least 3" in client.post(address, {**fields, **short}).content.decode()
    assert client.post(address, {**fields, **mended}).status_code == 302
    actions.read_test(by(elm, Role.PRESCRIBER, 61), story.patient.id, Step.objects.get().id, verdict="clear")
    assert intake_of(by(elm, after=62), story.patient).pressures == ((128, 82), (130, 84), (126, 80))


@pytest.mark.mitigates("M-104")
def test_no_file_touches_the_disk_unsealed(
    elm: House, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def no(*args: object, **kwargs: object) -> None:
        raise AssertionError("A temporary file was made.")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", no)
    client, address, fields = entered(elm, story)
    large = PDF[:9] + b"% filler\n" * 500_000 + PDF[9:]
    assert client.post(address, {**fields, **TYPED, "document": file("a.pdf", large)}).status_code == 302
    assert Document.objects.get().size == len(large)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_kept_for_somebody_who_is_not_signed_in(elm: House, story: Story) -> None:
    address = f"/patients/{story.patient.id}/tests/ecg/result/"
    answer = Client().post(address, {**TYPED, "document": file("a.pdf", PDF)})
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_every_page_has_one_heading_and_says_what_is_wrong(elm: House, story: Story) -> None:
    step = ecg(elm, story)
    asked = actions.ask_for_test(by(elm), story.patient.id, "pdmp")
    doctor, base = browser(elm.staff[Role.PRESCRIBER]), f"/patients/{story.patient.id}/tests/"
    pages: list[tuple[str, UUID | str]] = [
        ("read", step.id),
        ("error", step.id),
        ("close", asked.id),
        ("liver", "ask"),
        ("liver", "result"),
        ("pressures", "result"),
    ]
    for first, second in pages:
        address = f"{base}{first}/{second}/"
        page = doctor.get(address).content.decode()
        assert page.count("<h1") == 1, address
        if second != "ask":
            refused = doctor.post(address, {"whole": "1"})
            assert (refused.status_code, "There is a problem" in refused.content.decode()) == (200, True), address
