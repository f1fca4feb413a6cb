"""Mails that remind go out by the job, once, in words that say nothing; a patient may say no to them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.config.jobs import run_once
from kapstone.clinic.ground.bookings.models import Booking, Reminder, ReminderSent
from kapstone.clinic.ground.bookings.reminders import actions, queries
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.models import Dose
from kapstone.clinic.plan.moving import actions as moving
from kapstone.clinic.plan.moving import queries as read

CLINICAL = re.compile(r"ketamin|dose|dosing|infusion|therap|integration|depress|psych|drug|treatment", re.IGNORECASE)


def mails() -> list[mail.EmailMessage]:
    """Those that remind, of all that went out."""
    return [one for one in mail.outbox if "ppointment" in one.subject]


@pytest.mark.mitigates("M-126")
def test_one_mail_names_the_dose_and_its_visit_in_neutral_words(elm: House) -> None:
    story = cast.planned(elm, "ana", doses=1)
    run_once(MONDAY)
    run_once(Instant(MONDAY + timedelta(minutes=1)))
    (one,) = mails()
    assert one.to == ["ana@patients.example"]
    assert one.subject == "Your appointments at Elm Clinic"
    assert one.body.count("\n- ") == 2 and "Tuesday, November 3, 9:30 am" in one.body
    assert not CLINICAL.search(one.subject + one.body.replace("Elm Clinic", "")), "read on a locked screen by anyone"
    assert story.canary not in one.body
    assert ReminderSent.objects.get().failure == ""


def test_the_next_day_brings_no_second_mail_of_the_same_and_a_move_brings_one(elm: House) -> None:
    story = cast.planned(elm, "ana", doses=1)
    run_once(MONDAY)
    run_once(Instant(MONDAY + timedelta(days=1, hours=5)))
    assert len(mails()) == 1
    desk = elm.act(Role.FRONT_DESK, Instant(MONDAY + timedelta(hours=2)))
    dose = Dose.objects.select_related("booking", "course__patient").get(course__patient=story.patient)
    ways, _ = read.ways_to_move(desk, dose)
    moving.move_dose(desk, dose.id, ways[-1].starts, "asked for")
    moved = Booking.objects.get(id=dose.booking_id)
    run_once(Instant(moved.starts_at - timedelta(hours=20)))
    assert len(mails()) == 2


def test_who_says_no_gets_none(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    story = cast.planned(elm, "ana")
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    client = Client()
    client.force_login(story.patient.user)
    assert "We remind you by mail" in client.get("/me/plan/").content.decode()
    client.post("/me/mails/", {"off": "1"})
    assert "You get no mails that remind you." in client.get("/me/plan/").content.decode()
    run_once(MONDAY)
    assert mails() == [] and not Reminder.objects.exists()
    actions.choose_mail(elm.as_patient(story.patient, MONDAY), True)
    run_once(MONDAY)
    assert len(mails()) == 1


def test_a_mail_that_fails_is_written_and_stops_nobody_else(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.planned(elm, "ana")
    cast.planned(elm, "ben")

    def broken(self: mail.EmailMessage, *args: object, **kwargs: object) -> int:
        if self.to == ["ana@patients.example"]:
            raise OSError("the server is away")
        mail.outbox.append(self)
        return 1

    monkeypatch.setattr(mail.EmailMessage, "send", broken)
    done = run_once(MONDAY)
    assert done.failed == 1 and [one.to for one in mails()] == [["ben@patients.example"]]
    assert sorted(one.failure for one in ReminderSent.objects.all()) == ["", "OSError"]


def test_a_mail_that_failed_is_tried_again_and_counts_as_none(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.planned(elm, "ana", doses=1)
    real = mail.EmailMessage.send

    def broken(self: mail.EmailMessage, *args: object, **kwargs: object) -> int:
        raise OSError("the server is away")

    monkeypatch.setattr(mail.EmailMessage, "send", broken)
    for minute in (0, 1, 14, 15, 16):
        run_once(Instant(MONDAY + timedelta(minutes=minute)))
    assert ReminderSent.objects.count() == 2, "not again and again"
    monkeypatch.setattr(mail.EmailMessage, "send", real)
    run_once(Instant(MONDAY + timedelta(minutes=31)))
    assert len(mails()) == 1
    run_once(Instant(MONDAY + timedelta(minutes=62)))
    assert len(mails()) == 1


def test_a_loop_that_died_between_two_lines_leaves_nobody_without_a_mail(elm: House) -> None:
    cast.planned(elm, "ana", doses=1)
    from kapstone.clinic.ground.people.doing import by_program

    ((patient, ahead),) = queries.due(elm.clinic, MONDAY)
    actions.begin_reminder(by_program(elm.clinic, MONDAY), patient, ahead)
    run_once(Instant(MONDAY + timedelta(minutes=5)))
    assert mails() == [], "it may still be on its way"
    run_once(Instant(MONDAY + timedelta(minutes=16)))
    assert len(mails()) == 1


@pytest.mark.mitigates("M-126")
def test_what_is_not_so_any_more_is_put_right_the_same_day(elm: House) -> None:
    story = cast.planned(elm, "ana", doses=1)
    run_once(MONDAY)
    dose = Dose.objects.select_related("booking", "course__patient").get(course__patient=story.patient)
    afternoon = Instant(MONDAY + timedelta(hours=3))
    desk = elm.act(Role.FRONT_DESK, afternoon)
    ways, _ = read.ways_to_move(desk, dose)
    moving.move_dose(desk, dose.id, ways[-1].starts, "asked for")
    run_once(Instant(afternoon + timedelta(minutes=1)))
    first, second = mails()
    assert second.subject == "A change of your appointments at Elm Clinic"
    assert second.body != first.body and not CLINICAL.search(second.body.replace("Elm Clinic", ""))
    from kapstone.clinic.plan.actions import end_course

    end_course(
        elm.act(Role.PRESCRIBER, Instant(afternoon + timedelta(minutes=5))), story.patient.id, "declined", "No"
    )
    run_once(Instant(afternoon + timedelta(minutes=30)))
    third = mails()[-1]
    assert "Cancelled, please do not come then:" in third.body and "You have" not in third.body
    run_once(Instant(afternoon + timedelta(minutes=60)))
    assert len(mails()) == 3, "once"


def test_nobody_writes_to_somebody_who_died(elm: House) -> None:
    story = cast.released(elm, "ana")
    from kapstone.clinic.plan.actions import end_course

    at = Instant(cast.DOSE_DAY + timedelta(hours=3))
    before = len(mails())
    run_once(at)
    end_course(
        elm.act(Role.PRESCRIBER, Instant(at + timedelta(minutes=5))), story.patient.id, "died", "Told by the family"
    )
    told = len(mails())
    run_once(Instant(at + timedelta(hours=1)))
    run_once(Instant(at + timedelta(hours=22)))
    assert len(mails()) == told >= before


def test_another_loop_that_is_faster_sends_it_alone(elm: House) -> None:
    story = cast.planned(elm, "ana")
    from kapstone.clinic.ground.people.doing import by_program

    ((patient, ahead),) = queries.due(elm.clinic, MONDAY)
    assert actions.begin_reminder(by_program(elm.clinic, MONDAY), patient, ahead) is not None
    assert actions.begin_reminder(by_program(elm.clinic, MONDAY), patient, ahead) is None
    assert Reminder.objects.filter(patient=story.patient).count() == 1
