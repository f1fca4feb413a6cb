"""The loop that does what is due: tells people of concerns and of what waits in a session, mails, reminds patients.

Each thing done is an action of its own, so that two loops at once do nothing twice and a fault in one clinic, or in
one concern, stops no other. It may be stopped and started at any moment; what fell due meanwhile is done at once.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from django.db import IntegrityError, close_old_connections

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.bookings.reminders import mail as reminder_mail
from kapstone.clinic.ground.bookings.reminders import queries as reminding
from kapstone.clinic.ground.bookings.reminders.actions import begin_reminder, end_reminder
from kapstone.clinic.ground.concerns.notices import mail
from kapstone.clinic.ground.concerns.notices.actions import NothingDue, beat, begin_mail, end_mail, tell
from kapstone.clinic.ground.concerns.notices.queries import clockwork, due_mails, open_concern, open_ids
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import by_program
from kapstone.clinic.ground.people.queries import all_clinics
from kapstone.clinic.session.calling import mail as call_mail
from kapstone.clinic.session.calling import queries as calling
from kapstone.clinic.session.calling.actions import call
from kapstone.clinic.session.devices.actions import forget, take_for_slot
from kapstone.clinic.session.devices.queries import session_for_program, wanted_by_slot, with_slots

EVERY_S = 2.0
"""Seconds between two looks: a concern reaches the mail server well within five seconds."""

log = logging.getLogger(__name__)


@dataclass
class Done:
    """What one look did."""

    told: int = 0
    sent: int = 0
    failed: int = 0
    faults: int = 0


def run_once(at: Instant) -> Done:
    """One look at every clinic. First everybody who must know is written down, then mails are sent."""
    done, acts = Done(), [by_program(clinic, at) for clinic in all_clinics()]
    for act in acts:
        with _alone(done, f"telling in clinic {act.clinic.id}"):
            _tell(act, done)
    for act in acts:
        with _alone(done, f"devices of clinic {act.clinic.id}"):
            _take(act, done)
    for act in acts:
        with _alone(done, f"sessions of clinic {act.clinic.id}"):
            _call(act, done)
    for act in acts:
        with _alone(done, f"mail of clinic {act.clinic.id}"):
            _send(act, done)
            beat(act.clinic, act.at)
    for act in acts:
        with _alone(done, f"reminders of clinic {act.clinic.id}"):
            _remind(act, done)
    for act in acts:
        with _alone(done, f"raw input of clinic {act.clinic.id}"):
            forget(act)
    return done


def run(stop: Event, every_s: float = EVERY_S, now: Callable[[], Instant] = clock.now) -> None:
    """Looks again and again until it is told to stop; finishes the look it is at."""
    while not stop.is_set():
        close_old_connections()
        try:
            run_once(now())
        except Exception:
            # Such as a database that is away for a moment: the next look finds what this one left.
            log.exception("The job could not look at the clinics.")
        stop.wait(every_s)


def _take(act: Act, done: Done) -> None:
    """A due set takes what its device offers; looked at first, so that nothing is written where nothing is due."""
    for session_id in with_slots(act.clinic, act.at):
        with _alone(done, f"device of session {session_id}"):
            if wanted_by_slot(act, session_for_program(act, session_id)) is not None:
                take_for_slot(act, session_id)


def _tell(act: Act, done: Done) -> None:
    clock_of = clockwork(act.clinic, act.at)
    for concern_id in open_ids(act.clinic):
        with _alone(done, f"concern {concern_id}"):
            _, people = clock_of.to_tell(open_concern(act.clinic, concern_id), act.at)
            if people:
                done.told += tell(act, concern_id)


def _call(act: Act, done: Done) -> None:
    """Tells people of what waits in a session. Whoever is written down is sent a mail; the next step tells again."""
    for session_id in calling.running_ids(act.clinic, act.at):
        with _alone(done, f"session {session_id}"):
            # Looked at first, so that nothing is locked where nobody must be told.
            for person in call(act, session_id) if calling.due(act, session_id) else ():
                failure = call_mail.send(act.clinic, person, act.at)
                done.told += 1
                done.sent, done.failed = done.sent + (not failure), done.failed + bool(failure)


def _send(act: Act, done: Done) -> None:
    for notice, number in due_mails(act.clinic, act.at):
        with _alone(done, f"mail of notice {notice.id}"):
            begun = begin_mail(act, notice.id, number)
            failure = mail.send(begun, act.at)
            end_mail(act, notice.id, number, failure)
            done.sent, done.failed = done.sent + (not failure), done.failed + bool(failure)


def _remind(act: Act, done: Done) -> None:
    for patient, ahead in reminding.due(act.clinic, act.at):
        with _alone(done, f"reminder of patient {patient.id}"):
            begun = begin_reminder(act, patient, ahead)
            if begun is not None:
                failure = reminder_mail.send(act.clinic, patient, ahead)
                end_reminder(act, begun, failure)
                done.sent, done.failed = done.sent + (not failure), done.failed + bool(failure)


@contextmanager
def _alone(done: Done, what: str) -> Iterator[None]:
    """A fault in here is logged and stops nothing else. Another loop that was faster is no fault."""
    try:
        yield
    except (NothingDue, IntegrityError):
        log.debug("Already done: %s", what)
    except Exception:
        done.faults += 1
        log.exception("The job failed: %s", what)
