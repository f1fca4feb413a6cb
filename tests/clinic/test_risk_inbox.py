"""An answer about suicide finds a person: who is told when, by the roster, until somebody has it and settled it."""

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from time import monotonic as time_now
from time import sleep
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from tests import cast
from tests.cast import MONDAY, Cast, House

from kapstone.care.quantities import Instant, instant, minutes
from kapstone.clinic.config import clock, jobs, machine
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.ground.concerns import actions as concerns
from kapstone.clinic.ground.concerns.models import Concern, Delivery, Notice, RosterLine, Tier
from kapstone.clinic.ground.concerns.notices import actions as notices
from kapstone.clinic.ground.concerns.queries import inbox, open_counts
from kapstone.clinic.ground.concerns.roster.actions import NewLine, add_line, end_line
from kapstone.clinic.ground.concerns.roster.queries import lines, on_call, promise
from kapstone.clinic.ground.concerns.roster.words import said
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.people.doing import Refused, action, by_program, sign
from kapstone.clinic.ground.people.models import Membership, Patient, User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed

ROOT = Path(__file__).parent.parent.parent
NEW_YORK = ZoneInfo("America/New_York")
TOLD_LEADS = {"medical_director", "clinic_lead"}
CLINICAL_WORDS = re.compile(
    r"suicid|harm|depress|ketamine|dose|patient|risk|phq|score|safe|crisis|thought|death|die|treat|therap|medic|"
    r"urgent|item|answer|questionnaire|CANARY",
    re.IGNORECASE,
)


def local(text: str) -> Instant:
    """A wall-clock time in New York as a moment."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK))


MONDAY_3_PM, SATURDAY_2_AM = local("2026-11-02T15:00"), local("2026-11-07T02:00")


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a page as somebody at a moment; with `data`, sends a form to it."""

    def open_page(user: User, address: str, at: Instant, data: dict[str, object] | None = None, **more: Any) -> Any:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client()
        client.force_login(user)
        return client.get(address, **more) if data is None else client.post(address, data)

    return open_page


def answered(house: House, at: Instant, item_9: int = 2, name: str = "ana") -> Concern:
    """A patient who marked item 9 at this moment."""
    patient = Patient.objects.filter(name=f"CANARY-{name}-name").first() or cast._admitted(house, name).patient
    evaluation.answer(house.as_patient(patient, at), "phq-9", cast.phq_9(0, 0, 0, 0, 0, 0, 0, 0, item_9), "check-in")
    return Concern.objects.filter(patient=patient).latest("raised_at")


def at_work(house: House, raised: Instant, until: float, step: float = 1) -> list[str]:
    """Lets the job look each minute; says who was mailed at which minute after the concern was raised."""
    found, minute, before = [], 0.0, len(mail.outbox)
    while minute <= until:
        jobs.run_once(Instant(raised + minutes(minute)))
        found += [f"{minute:g} {one.to[0].split('@')[0]}" for one in mail.outbox[before:]]
        before, minute = len(mail.outbox), minute + step
    return found


def told(concern: Concern) -> list[str]:
    """The addresses of those who must know, in the order in which they were told."""
    return [one.person.email.split("@")[0] for one in concern.notices.order_by("at", "id").select_related("person")]


# The way of a concern


@pytest.mark.mitigates("M-090")
def test_the_first_on_call_must_know_in_the_same_act_and_is_mailed_within_five_seconds(elm: House) -> None:
    concern = answered(elm, MONDAY_3_PM)
    row = LedgerRow.objects.filter(clinic_id=elm.clinic.id).latest("number")
    assert (row.verb, b"concern raised" in bytes(row.stored), b"concern told" in bytes(row.stored)) == (
        "measure.answer", True, True,
    )  # fmt: skip
    assert (told(concern), mail.outbox) == (["on_call"], [])
    assert jobs.EVERY_S < 5
    jobs.run_once(Instant(MONDAY_3_PM + timedelta(seconds=jobs.EVERY_S)))
    assert [one.to for one in mail.outbox] == [["on_call@elm.example"]]


@pytest.mark.mitigates("M-091")
@pytest.mark.parametrize(
    ("item_9", "expected"),
    [
        (2, ["0 on_call", "5 nurse", "10 prescriber", "15 medical_director", "15 clinic_lead"]),
        (1, ["0 on_call", "15 nurse"]),
    ],
)
def test_nobody_takes_it(elm: House, item_9: int, expected: list[str]) -> None:
    answered(elm, MONDAY_3_PM, item_9)
    assert at_work(elm, MONDAY_3_PM, 16) == expected


@pytest.mark.mitigates("M-091")
def test_taking_it_stops_that_and_having_it_too_long_starts_it_again(elm: House) -> None:
    concern = answered(elm, MONDAY_3_PM)
    assert at_work(elm, MONDAY_3_PM, 1) == ["0 on_call"]
    concerns.take(elm.act(Role.ON_CALL, Instant(MONDAY_3_PM + minutes(2))), concern.id)
    assert at_work(elm, Instant(MONDAY_3_PM + minutes(3)), 56) == []
    assert at_work(elm, Instant(MONDAY_3_PM + minutes(62)), 1) == ["0 on_call", "0 nurse"]
    (row,) = inbox(elm.act(Role.NURSE, Instant(MONDAY_3_PM + minutes(62))))
    assert (str(row.standing.stage), row.held, row.held_min) == ("returned", False, 60)
    settle_at = Instant(MONDAY_3_PM + minutes(64))
    concerns.settle(elm.act(Role.ON_CALL, settle_at), concern.id, "Spoke for long, she is safe.", "phone")
    assert at_work(elm, settle_at, 60) == []


@pytest.mark.mitigates("M-091")
def test_could_not_reach_keeps_it_open_and_tells_the_next_in_the_same_act(elm: House) -> None:
    concern = answered(elm, MONDAY_3_PM)
    on_call_act = elm.act(Role.ON_CALL, Instant(MONDAY_3_PM + minutes(2)))
    concerns.take(on_call_act, concern.id)
    with pytest.raises(Refused, match="Write what you did"):
        concerns.could_not_reach(on_call_act, concern.id, "no")
    concerns.could_not_reach(on_call_act, concern.id, "Called twice, no answer, left no message.")
    assert told(concern) == ["on_call", "nurse"]
    (row,) = inbox(on_call_act)
    assert (str(row.standing.stage), row.item.owner) == ("unreached", None)
    with pytest.raises(Refused, match="Take this concern first"):
        concerns.settle(on_call_act, concern.id, "I called her and she is safe.")
    assert at_work(elm, Instant(MONDAY_3_PM + minutes(3)), 5)[-1] == "4 prescriber"


def test_handed_over_it_has_a_new_owner_who_is_told(elm: House) -> None:
    concern, at = answered(elm, MONDAY_3_PM), Instant(MONDAY_3_PM + minutes(2))
    concerns.take(elm.act(Role.ON_CALL, at), concern.id)
    with pytest.raises(Refused, match="Take this concern first"):
        concerns.hand_over(elm.act(Role.NURSE, at), concern.id, elm.staff[Role.THERAPIST].id)
    for wrong in (Role.FRONT_DESK, Role.ON_CALL):
        with pytest.raises(Refused, match="somebody else"):
            concerns.hand_over(elm.act(Role.ON_CALL, at), concern.id, elm.staff[wrong].id)
    concerns.hand_over(elm.act(Role.ON_CALL, at), concern.id, elm.staff[Role.THERAPIST].id)
    (row,) = inbox(elm.act(Role.NURSE, at))
    assert (row.item.owner, row.held) == (elm.staff[Role.THERAPIST], True)
    assert at_work(elm, at, 30) == ["0 therapist"]
    concerns.settle(elm.act(Role.THERAPIST, Instant(at + minutes(31))), concern.id, "Seen at once; safe.", "person")


def test_nothing_closes_in_bulk() -> None:
    """Each way to settle takes one concern and words; no page sends more."""
    import inspect

    assert list(inspect.signature(concerns.settle).parameters) == ["act", "concern_id", "words", "how"]


# Out of hours


@pytest.mark.mitigates("M-092")
def test_on_saturday_night_today_waits_for_the_roster_and_now_does_not(elm: House) -> None:
    today = answered(elm, SATURDAY_2_AM, 1)
    assert (told(today), at_work(elm, SATURDAY_2_AM, 60, 5)) == ([], [])
    (row,) = inbox(elm.act(Role.NURSE, SATURDAY_2_AM))
    assert (row.standing.step, row.standing.next_at) == (None, local("2026-11-09T08:00"))
    assert at_work(elm, local("2026-11-09T07:59"), 1) == ["1 on_call"]
    assert set(told(answered(elm, SATURDAY_2_AM, 3, "ben"))) == TOLD_LEADS


@pytest.mark.mitigates("M-092")
def test_with_an_empty_roster_staff_see_the_danger_and_the_leads_are_told(
    elm: House, look: Callable[..., Any]
) -> None:
    cast._admitted(elm, "ana")
    for line in RosterLine.objects.all():
        end_line(elm.act(Role.CLINIC_LEAD, MONDAY), line.id)
    concern = answered(elm, MONDAY_3_PM, 1)
    assert set(told(concern)) == TOLD_LEADS
    for role, address in ((Role.NURSE, "/board/"), (Role.NURSE, "/concerns/"), (Role.CLINIC_LEAD, "/roster/")):
        assert "No one is on the roster." in look(elm.staff[role], address, MONDAY_3_PM).content.decode()
    assert promise(elm.clinic, MONDAY_3_PM) is None


@pytest.mark.mitigates("M-095")
def test_the_promise_is_the_rosters_not_the_opening_hours(elm: House) -> None:
    early = promise(elm.clinic, MONDAY)
    assert early is not None
    assert early.call_by is not None
    assert said(early.call_by, MONDAY, NEW_YORK) == "6 pm today"
    night = promise(elm.clinic, SATURDAY_2_AM)
    assert night is not None
    assert night.reads_from is not None
    assert not night.reads_now
    assert said(night.reads_from, SATURDAY_2_AM, NEW_YORK) == "8 am on Monday"
    assert said(local("2026-11-03T08:30"), MONDAY, NEW_YORK) == "8:30 am tomorrow"
    assert said(local("2026-11-16T08:00"), MONDAY, NEW_YORK) == "8 am on Monday, November 16"


# The mail


@pytest.mark.mitigates("M-093")
def test_the_mail_has_neutral_words_only(elm: House) -> None:
    answered(elm, MONDAY_3_PM)
    at_work(elm, MONDAY_3_PM, 15)
    assert len(mail.outbox) == 5
    for one in mail.outbox:
        text = f"{one.subject}\n{one.body}"
        assert CLINICAL_WORDS.search(text) is None, text
        assert text.startswith("Kapstone: something at Elm Clinic needs you now")
        page = "/roster/" if one.to[0].startswith("clinic_lead") else "/concerns/"
        assert f"http://localhost:8765{page}" in text


class Down:
    """A mail server that is away until it is told to come back."""

    away = True

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from django.core.mail import EmailMessage

        really = EmailMessage.send

        def send(message: EmailMessage, fail_silently: bool = False) -> int:
            if self.away:
                raise ConnectionRefusedError(111, "Connection refused")
            return really(message, fail_silently)

        monkeypatch.setattr(EmailMessage, "send", send)


@pytest.mark.mitigates("M-094")
def test_a_mail_server_that_is_down_holds_up_nothing_and_is_tried_again(
    elm: House, monkeypatch: pytest.MonkeyPatch, look: Callable[..., Any]
) -> None:
    server = Down(monkeypatch)
    patient = cast._admitted(elm, "ana").patient
    form = {f"q{number}": "1" for number in range(1, 10)}
    assert look(patient.user, "/me/check-in/", MONDAY_3_PM, form).status_code == 302
    concern = Concern.objects.get(patient=patient)
    assert at_work(elm, MONDAY_3_PM, 2, 0.25) == []
    tries = Delivery.objects.filter(notice__concern=concern).order_by("number", "kind").values_list("kind", "why")
    assert ("failed", "ConnectionRefusedError") in tries
    page = look(elm.staff[Role.NURSE], "/concerns/", Instant(MONDAY_3_PM + minutes(2))).content.decode()
    assert "the mail failed" in page
    server.away = False
    assert [one.split()[1] for one in at_work(elm, Instant(MONDAY_3_PM + minutes(3)), 5, 0.5)] == ["on_call"]
    assert at_work(elm, Instant(MONDAY_3_PM + minutes(9)), 5) == [], "sent once"


def test_a_try_that_was_lost_is_made_again(elm: House) -> None:
    concern = answered(elm, MONDAY_3_PM)
    notice = concern.notices.get()
    notices.begin_mail(by_program(elm.clinic, MONDAY_3_PM), notice.id, 1)
    assert at_work(elm, MONDAY_3_PM, 1.5, 0.5) == []
    assert at_work(elm, Instant(MONDAY_3_PM + minutes(2)), 0) == ["0 on_call"]


@pytest.mark.mitigates("M-093")
def test_nobody_of_another_clinic_is_ever_told(elm: House) -> None:
    oak = cast._house("Oak Clinic", "oak", Instant(MONDAY + timedelta(minutes=1)))
    answered(elm, MONDAY_3_PM)
    at_work(elm, MONDAY_3_PM, 50, 5)
    assert {one.person.email.split("@")[1] for one in Notice.objects.all()} == {"elm.example"}
    assert {one.to[0].split("@")[1] for one in mail.outbox} == {"elm.example"}
    assert inbox(oak.act(Role.NURSE, MONDAY_3_PM)) == []
    assert open_counts(oak.act(Role.NURSE, MONDAY_3_PM)) == {"now": 0, "today": 0}


def test_somebody_who_left_the_clinic_is_not_told(elm: House) -> None:
    Membership.objects.filter(user=elm.staff[Role.ON_CALL]).update(until=Instant(MONDAY + timedelta(hours=1)))
    assert on_call(elm.clinic, MONDAY) == tuple(elm.staff[role] for role in cast.ON_CALL)
    assert on_call(elm.clinic, MONDAY_3_PM) == (elm.staff[Role.NURSE], elm.staff[Role.PRESCRIBER])
    assert told(answered(elm, MONDAY_3_PM)) == ["nurse"]


# The job


def test_a_fault_in_one_clinic_stops_no_other(elm: House, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    oak = cast._house("Oak Clinic", "oak", Instant(MONDAY + timedelta(minutes=1)))
    answered(elm, MONDAY_3_PM)
    answered(oak, MONDAY_3_PM, 2, "cleo")
    really = jobs.due_mails

    def breaks(clinic: Any, at: Instant) -> Any:
        if clinic == elm.clinic:
            raise RuntimeError("broken on purpose")
        return really(clinic, at)

    monkeypatch.setattr(jobs, "due_mails", breaks)
    done = jobs.run_once(MONDAY_3_PM)
    assert (done.faults, [one.to for one in mail.outbox]) == (1, [["on_call@oak.example"]])
    assert "broken on purpose" in caplog.text


def test_the_loop_looks_again_after_a_fault_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = Event(), []

    def look(at: Instant) -> None:
        looks.append(at)
        if len(looks) == 3:
            stop.set()
        raise RuntimeError("no database")

    monkeypatch.setattr(jobs, "run_once", look)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.run(stop, 0.01, lambda: MONDAY)
    assert len(looks) == 3


def test_only_the_program_does_what_is_done_on_time(elm: House) -> None:
    concern = answered(elm, MONDAY_3_PM)
    for act in (elm.act(Role.MEDICAL_DIRECTOR, MONDAY_3_PM), elm.public(MONDAY_3_PM)):
        with pytest.raises(NotAllowed):
            notices.tell(act, concern.id)


def test_two_looks_one_after_the_other_tell_nobody_twice(elm: House) -> None:
    concern = answered(elm, MONDAY_3_PM)
    for _ in range(3):
        jobs.run_once(Instant(MONDAY_3_PM + minutes(6)))
    assert told(concern) == ["on_call", "nurse"]
    assert len(mail.outbox) == 2


@pytest.mark.mitigates("M-094")
def test_a_second_loop_that_comes_between_look_and_act_tells_nobody_twice(
    elm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    concern = answered(elm, MONDAY_3_PM)
    really = {"tell": notices.tell, "begin_mail": notices.begin_mail}
    for name, do in really.items():

        def after_the_other(*args: Any, name: str = name, do: Any = do) -> Any:
            for one in really:
                monkeypatch.setattr(jobs, one, really[one])
            jobs.run_once(args[0].at)
            return do(*args)

        monkeypatch.setattr(jobs, name, after_the_other)
        jobs.run_once(Instant(MONDAY_3_PM + minutes(5)))
    assert told(concern) == ["on_call", "nurse"]
    assert [one.to[0].split("@")[0] for one in mail.outbox] == ["on_call", "nurse"]


LOOK = """
import sys, time; from pathlib import Path
import django; django.setup()
from datetime import timedelta
from kapstone.care.quantities import Instant
from kapstone.clinic.config import jobs
from tests.clinic.test_risk_inbox import MONDAY_3_PM
mine = Path(sys.argv[1])
mine.touch()
while len(ready := list(mine.parent.glob("ready-*"))) < 2:
    time.sleep(0.01)
start, faults = max(one.stat().st_mtime for one in ready) + 0.5, 0
for look in range(20):
    time.sleep(max(0, start + look / 4 - time.time()))
    faults += jobs.run_once(Instant(MONDAY_3_PM + timedelta(minutes=5 * (look // 5)))).faults
sys.exit(faults)
"""
"""Five looks at each of four moments, at the same time as another process does them."""

OPEN = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import cast
from tests.clinic.test_risk_inbox import MONDAY_3_PM, answered
answered(cast._house("Elm Clinic", "elm", cast.MONDAY), MONDAY_3_PM)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a home of its own, with a database of its own, so that processes share it."""
    machine.make_home(tmp_path, demo=True, address="http://localhost:8765")
    env = {**os.environ, "KAPSTONE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kapstone.clinic.config.settings"}
    server = os.environ.get("KAPSTONE_DATABASE", "")
    if not server:
        yield env
        return
    name = f"loops_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f"CREATE DATABASE {name}")
        yield env | {"KAPSTONE_DATABASE": f"{server.rsplit('/', 1)[0]}/{name}"}
        asked.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.mitigates("M-094")
def test_two_loops_at_once_tell_nobody_twice(home: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-c"]
    subprocess.run([*command, OPEN], cwd=ROOT, env=home, check=True, timeout=120)
    loops = [
        subprocess.Popen([*command, LOOK, str(tmp_path / f"ready-{number}")], cwd=ROOT, env=home)
        for number in range(2)
    ]
    assert [one.wait(timeout=180) for one in loops] == [0, 0]
    sent = [re.search(r"^To: (\w+)@", file.read_text(), re.MULTILINE) for file in (tmp_path / "mail").iterdir()]
    people = ["on_call", "nurse", "prescriber", *TOLD_LEADS]
    assert sorted(one[1] for one in sent if one) == sorted(people)


def test_the_command_looks_once_and_its_loop_ends_on_a_signal(home: dict[str, str], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", OPEN], cwd=ROOT, env=home, check=True, timeout=120)
    command = [sys.executable, "-m", "kapstone.cli.main", "jobs"]
    loop = subprocess.Popen([*command, "--every", "0.2"], cwd=ROOT, env=home, stdout=subprocess.PIPE)
    until = time_now() + 60
    while not any((tmp_path / "mail").glob("*.log")) and time_now() < until:
        sleep(0.1)
    loop.terminate()
    said_last, _ = loop.communicate(timeout=30)
    assert (loop.returncode, said_last) == (0, b"The loop has ended.\n")
    once = subprocess.run([*command, "--once", "--json"], cwd=ROOT, env=home, capture_output=True, timeout=120)
    assert once.returncode == 0
    assert json.loads(once.stdout)["faults"] == 0


def test_what_was_told_and_who_was_on_call_cannot_be_changed(elm: House) -> None:
    from django.db import DatabaseError, transaction

    answered(elm, MONDAY_3_PM)
    jobs.run_once(MONDAY_3_PM)
    for table in ("rosterline", "notice", "delivery", "concernstep", "concern"):
        if table == "concernstep":
            concerns.take(elm.act(Role.NURSE, MONDAY_3_PM), Concern.objects.get().id)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM concerns_{table}")


# The pages


@pytest.mark.mitigates("M-048")
def test_the_inbox_shows_a_concern_the_moment_it_is_saved(elm: House, look: Callable[..., Any]) -> None:
    concern = answered(elm, MONDAY_3_PM)
    page = look(elm.staff[Role.NURSE], "/concerns/", MONDAY_3_PM).content.decode()
    assert "CANARY-ana-name" in page
    assert "Nobody has it yet." in page
    assert 'href="tel:CANARY-ana-phone"' in page
    assert "told On call of Elm Clinic, mail on its way" in page
    assert f'action="/concerns/{concern.id}/"' in page


def test_take_then_outcome_two_steps(elm: House, look: Callable[..., Any]) -> None:
    concern, nurse, at = answered(elm, MONDAY_3_PM), elm.staff[Role.NURSE], Instant(MONDAY_3_PM + minutes(1))
    address = f"/concerns/{concern.id}/"
    assert look(nurse, address, at, {"take": "1"}).url == address
    bare = look(nurse, address, at, {"words": "ok", "how": "phone"}).content.decode()
    assert "at least a few words" in bare
    assert look(nurse, address, at, {"words": "Spoke with her; she is safe.", "how": "phone"}).url == "/concerns/"
    assert inbox(elm.act(Role.NURSE, at)) == []


def test_could_not_reach_and_hand_over_from_the_page(elm: House, look: Callable[..., Any]) -> None:
    concern, nurse, at = answered(elm, MONDAY_3_PM), elm.staff[Role.NURSE], Instant(MONDAY_3_PM + minutes(1))
    address = f"/concerns/{concern.id}/"
    look(nurse, address, at, {"take": "1"})
    look(nurse, address, at, {"words": "Called twice, no answer.", "how": "none"})
    page = look(nurse, address, at).content.decode()
    assert "The patient was not reached." in page
    assert "Called twice, no answer." in page
    look(nurse, address, at, {"take": "1"})
    look(nurse, address, at, {"to": str(elm.staff[Role.THERAPIST].id)})
    (row,) = inbox(elm.act(Role.NURSE, at))
    assert row.item.owner == elm.staff[Role.THERAPIST]


@pytest.mark.mitigates("M-004")
def test_a_page_that_stays_open_has_a_row_for_whom_it_shows_and_not_one_each_time(
    elm: House, look: Callable[..., Any]
) -> None:
    nurse, at = elm.staff[Role.NURSE], MONDAY_3_PM
    answered(elm, MONDAY_3_PM)

    def rows() -> int:
        return LedgerRow.objects.filter(clinic_id=elm.clinic.id, verb="opened").count()

    def proof(page: Any) -> str:
        return re.search(r'data-seen="([^"]+)"', page.content.decode())[1]  # type: ignore[index]

    first = proof(look(nurse, "/concerns/list/", at))
    before = rows()
    assert proof(look(nurse, "/concerns/list/", at, headers={"X-Seen": first})) == first
    assert rows() == before
    look(elm.staff[Role.THERAPIST], "/concerns/list/", at, headers={"X-Seen": first})
    assert rows() == before + 1, "another person's proof is none"
    answered(elm, MONDAY_3_PM, 2, "ben")
    look(nurse, "/concerns/list/", at, headers={"X-Seen": first})
    assert rows() == before + 2, "another patient is shown"


@pytest.mark.mitigates("M-048")
@pytest.mark.parametrize(("role", "sees"), [(Role.NURSE, True), (Role.THERAPIST, True), (Role.FRONT_DESK, False)])
def test_the_count_stands_on_every_page_of_those_who_may_see_it(
    elm: House, look: Callable[..., Any], role: Role, sees: bool
) -> None:
    answered(elm, MONDAY_3_PM)
    answered(elm, MONDAY_3_PM, 1, "ben")
    for address in ("/board/", "/patients/"):
        page = look(elm.staff[role], address, MONDAY_3_PM).content.decode()
        assert ("1 concern now" in page, "1 concern today" in page) == (sees, sees)


def test_the_page_says_when_the_job_stands_still(elm: House, look: Callable[..., Any]) -> None:
    nurse = elm.staff[Role.NURSE]
    assert "No mail goes out." in look(nurse, "/concerns/", MONDAY_3_PM).content.decode()
    jobs.run_once(MONDAY_3_PM)
    assert "No mail goes out." not in look(nurse, "/concerns/", MONDAY_3_PM).content.decode()
    assert "No mail goes out." in look(nurse, "/concerns/", Instant(MONDAY_3_PM + minutes(5))).content.decode()


# The roster


def line(house: House, role: Role, hours: str, rank: int = 1, **more: Any) -> NewLine:
    """A line on Saturdays and Sundays."""
    starts, ends = (time.fromisoformat(one) for one in hours.split("-"))
    wanted = {"weekdays": frozenset({5, 6}), "first_day": date(2026, 11, 7), **more}
    return NewLine(house.staff[role].id, rank, starts=starts, ends=ends, **wanted)


REFUSED = [
    (Role.FRONT_DESK, "08:00-12:00", {}, "somebody who works here"),
    (Role.THERAPIST, "08:00-12:00", {"first_day": date(2026, 11, 1)}, "in the past"),
    (Role.THERAPIST, "08:00-12:00", {"last_day": date(2026, 11, 6)}, "before the first day"),
    (Role.THERAPIST, "08:00-12:00", {"weekdays": frozenset({2}), "last_day": date(2026, 11, 8)}, "weekdays"),
    (Role.THERAPIST, "08:00-12:00", {"weekdays": frozenset({0})}, "On call of Elm Clinic is already first"),
    (Role.NURSE, "17:00-20:00", {"weekdays": frozenset({0}), "rank": 3}, "Nurse of Elm Clinic is already on call"),
    (Role.THERAPIST, "17:00-20:00", {"weekdays": frozenset({0}), "rank": 4}, "first, second or third"),
    (
        Role.THERAPIST, "07:00-09:00",
        {"weekdays": frozenset({0}), "first_day": date(2026, 11, 2), "last_day": date(2026, 11, 2)}, "already over",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("role", "hours", "more", "why"), REFUSED)
def test_a_line_that_makes_no_sense_is_refused(
    elm: House, role: Role, hours: str, more: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        add_line(elm.act(Role.CLINIC_LEAD, MONDAY), line(elm, role, hours, **more))


def test_a_line_is_added_and_ended_and_stays_in_the_books(elm: House) -> None:
    lead = elm.act(Role.CLINIC_LEAD, MONDAY)
    made = add_line(lead, line(elm, Role.THERAPIST, "20:00-08:00"))
    assert on_call(elm.clinic, SATURDAY_2_AM) == ()
    night = local("2026-11-08T02:00")
    assert on_call(elm.clinic, night) == (elm.staff[Role.THERAPIST],)
    end_line(elm.act(Role.MEDICAL_DIRECTOR, Instant(night + minutes(1))), made.id)
    assert on_call(elm.clinic, night) == (elm.staff[Role.THERAPIST],)
    assert on_call(elm.clinic, Instant(night + minutes(1))) == ()
    with pytest.raises(Refused, match="already ended"):
        end_line(lead, made.id)
    assert made.id not in {one.id for one in lines(lead)}
    assert RosterLine.objects.filter(id=made.id).exists()


@pytest.mark.parametrize("role", [Role.NURSE, Role.ON_CALL, Role.FRONT_DESK])
def test_only_lead_and_director_keep_the_roster(elm: House, look: Callable[..., Any], role: Role) -> None:
    with pytest.raises(NotAllowed):
        add_line(elm.act(role, MONDAY), line(elm, Role.THERAPIST, "08:00-12:00"))
    page = look(elm.staff[role], "/roster/", MONDAY)
    assert page.status_code == (404 if role == Role.FRONT_DESK else 200)
    assert "Put somebody on call" not in page.content.decode()


def test_the_roster_page_adds_and_ends(elm: House, look: Callable[..., Any]) -> None:
    lead = elm.staff[Role.CLINIC_LEAD]
    form = {
        "person": str(elm.staff[Role.THERAPIST].id), "rank": "1", "weekdays": ["5", "6"], "starts": "20:00",
        "ends": "08:00", "first_day": "2026-11-07", "last_day": "",
    }  # fmt: skip
    assert look(lead, "/roster/", MONDAY, form).status_code == 302
    page = look(lead, "/roster/", MONDAY).content.decode()
    assert "8:00 pm to 8:00 am the next day, Sat, Sun" in page
    again = look(lead, "/roster/", MONDAY, form).content.decode()
    assert "is already on call" in again
    made = RosterLine.objects.get(weekdays="56")
    look(lead, f"/roster/{made.id}/end/", MONDAY, {})
    assert on_call(elm.clinic, local("2026-11-07T21:00")) == ()


def test_a_foreign_line_cannot_be_ended(everybody: Cast, look: Callable[..., Any]) -> None:
    foreign = RosterLine.objects.filter(clinic=everybody.oak.clinic)[0]
    answer = look(everybody.elm.staff[Role.CLINIC_LEAD], f"/roster/{foreign.id}/end/", cast.NOW, {})
    assert answer.status_code == 404
    assert not hasattr(RosterLine.objects.get(id=foreign.id), "end")


def test_a_concern_of_any_room_is_told(elm: House) -> None:
    """Whatever raises a concern, the roster decides who is told; here an action of a test."""
    from kapstone.clinic.ground.concerns.actions import raise_within

    @action("concern.take")
    def note(act: Any, patient: Patient) -> UUID:
        sign("noted")
        return raise_within(act, patient, Tier.SOON, "test", "Look at this.").id

    patient = cast._admitted(elm, "ana").patient
    made = note(elm.act(Role.NURSE, MONDAY_3_PM), patient)
    assert Notice.objects.filter(concern_id=made).count() == 0
    assert at_work(elm, local("2026-11-03T07:59"), 1) == ["1 on_call"]
