"""A test is asked for, its result comes in, a prescriber reads it; a slip is marked, a test is taken back."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from kapstone.care.evaluation.clearance import (
    BadResult,
    ClearanceTest,
    Did,
    Reading,
    Standing,
    State,
    clearance_test,
    day_in,
    plain_result,
    read_result,
    why_not,
)
from kapstone.care.evaluation.clearance.kind import Result
from kapstone.care.evaluation.clearance.standing import Step, last_day
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.clearance.queries import (
    asked_of,
    kind_named,
    result_of,
    standing_of,
)
from kapstone.clinic.evaluation.documents.actions import Upload, add_document
from kapstone.clinic.evaluation.models import TestAsked, TestStep
from kapstone.clinic.evaluation.tested.queries import result_in
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, patient_of, policy_in_force
from kapstone.clinic.ground.people.who import may

FEW_WORDS = 10
"""A reason of fewer letters is no reason."""


@action("clearance.ask")
def ask_for_test(
    act: Act, patient_id: UUID, test_id: str, *, due_on: date | None = None, why: str = "", once: UUID | None = None
) -> TestAsked:
    """Asks for a test, by a day and for a reason if there is one. The same `once` again changes nothing."""
    patient = _held(patient_of(act, patient_id, "clearance.ask"))
    known = TestAsked.objects.filter(id=once, patient=patient).first() if once else None
    if known is not None:
        sign("already asked for", patient.id, asked=known.id)
        return known
    test = kind_named(test_id)
    state = standing_of(act, patient, test).state
    if state == State.ASKED:
        raise Refused("This test is asked for already. Enter its result when it comes in.")
    if state == State.RECEIVED:
        raise Refused(why_not(state, Did.ASKED))
    if due_on is not None and due_on < _today(act):
        raise Refused("Needed by: this day has passed; give today or a later day.", "due_on")
    return _ask(act, patient, test, due_on, why, once)


@action("clearance.ask")
def receive_result(
    act: Act,
    patient_id: UUID,
    test_id: str,
    *,
    values: Mapping[str, object],
    taken_on: date | None = None,
    note: str = "",
    upload: Upload | None = None,
    once: UUID | None = None,
) -> TestStep:
    """Enters what a result says, with its document. It does not count until a prescriber reads it.

    A test that nobody asked for is asked for in the same act. The same `once` again changes nothing.
    """
    patient = _held(patient_of(act, patient_id, "clearance.ask"))
    known = TestStep.objects.filter(id=once, asked__patient=patient).first() if once else None
    if known is not None:
        sign("already entered", patient.id, result=known.id)
        return known
    test = kind_named(test_id)
    now = standing_of(act, patient, test)
    if now.state == State.RECEIVED:
        raise Refused(why_not(now.state, Did.RECEIVED))
    result = _values(act, test, values)
    day = _taken_on(act, patient, test, result, taken_on)
    if now.state == State.ASKED and now.order is not None:
        asked = asked_of(act, patient, UUID(now.order.id))
    else:
        asked = _ask(act, patient, test, None, "", None)
    step_id, key = once or uuid7(act.at), key_of(patient)
    document = add_document(act, patient_id, upload) if upload else None
    step = TestStep.objects.create(
        id=step_id,
        clinic=act.clinic,
        asked=asked,
        kind=Did.RECEIVED,
        at=act.at,
        by=act.person,
        taken_on=day,
        document=document,
        value_sealed=key.seal(json.dumps(plain_result(result)), f"teststep/value/{step_id}"),
        words_sealed=key.seal(note.strip(), f"teststep/words/{step_id}") if note.strip() else b"",
    )
    sign("result entered", patient.id, asked=asked.id, result=step.id)
    return step


@action("clearance.read")
def read_test(
    act: Act,
    patient_id: UUID,
    result_id: UUID,
    *,
    verdict: str,
    judged: Mapping[str, object] | None = None,
    recheck_on: date | None = None,
    words: str = "",
    once: UUID | None = None,
) -> TestStep:
    """A prescriber reads a result and says whether it is used. Only from now on does it fill the evaluation."""
    patient = _held(patient_of(act, patient_id, "clearance.read"))
    known = TestStep.objects.filter(id=once, asked__patient=patient).first() if once else None
    if known is not None:
        sign("already read", patient.id, result=result_id)
        return known
    if patient.user_id == act.person.id:
        raise Refused("You cannot read your own result; a colleague does it.")
    step = result_of(act, patient, result_id)
    test, said = clearance_test(step.asked.test), Reading(verdict)
    did = Did.REPEAT if said == Reading.REPEAT else Did.READ
    _is_current(standing_of(act, patient, test), step, did)
    if said != Reading.CLEAR:
        _words(words, "Write what you saw, in at least a few words.", "words")
    answers: Result = {}
    if did == Did.READ:
        answers = _judged(act, patient, test, step, judged or {})
        _recheck(act, test, step, recheck_on)
    return _step(
        act,
        patient,
        step.asked,
        did,
        about=step,
        verdict=said,
        recheck_on=recheck_on if did == Did.READ else None,
        value=json.dumps(plain_result(answers)) if answers else "",
        words=words,
        once=once,
    )


@action("clearance.ask")
def mark_in_error(act: Act, patient_id: UUID, result_id: UUID, *, why: str) -> TestStep:
    """Marks a result as a slip, such as another patient's paper. It counts no more; the test is asked for again."""
    patient = _held(patient_of(act, patient_id, "clearance.ask"))
    step = result_of(act, patient, result_id)
    known = TestStep.objects.filter(about=step, kind=Did.IN_ERROR).first()
    if known is not None:
        sign("already marked in error", patient.id, result=step.id)
        return known
    if step.later.filter(kind=Did.READ).exists() and not may(act, "clearance.read"):
        raise Refused("This result was read; a prescriber marks it as entered in error.")
    if step.later.filter(kind=Did.REPEAT).exists():
        raise Refused("This result was read and is not used; the test is asked for again already.")
    _words(why, "Write what is wrong with it, in at least a few words.", "why")
    return _step(act, patient, step.asked, Did.IN_ERROR, about=step, words=why)


@action("clearance.ask")
def close_test(act: Act, patient_id: UUID, asked_id: UUID, *, how: str, why: str) -> TestStep:
    """Takes back a test, or says that it is not needed. Refused once a result is in: that must be read."""
    patient = _held(patient_of(act, patient_id, "clearance.ask"))
    asked = asked_of(act, patient, asked_id)
    did = Did.NOT_NEEDED if how == Did.NOT_NEEDED else Did.WITHDRAWN
    known = asked.steps.filter(kind=did).first()
    if known is not None:
        sign("already closed", patient.id, asked=asked.id)
        return known
    now = standing_of(act, patient, clearance_test(asked.test))
    if now.order is None or now.order.id != str(asked.id):
        raise Refused("This test was asked for again since; open the page again.")
    if sentence := why_not(now.state, did):
        raise Refused(sentence)
    _words(why, "Write why, in at least a few words.", "why")
    return _step(act, patient, asked, did, words=why)


def _ask(
    act: Act, patient: Patient, test: ClearanceTest, due_on: date | None, why: str, once: UUID | None
) -> TestAsked:
    asked_id = once or uuid7(act.at)
    asked = TestAsked.objects.create(
        id=asked_id,
        clinic=act.clinic,
        patient=patient,
        test=test.id,
        at=act.at,
        by=act.person,
        due_on=due_on,
        why_sealed=key_of(patient).seal(why.strip(), f"test/why/{asked_id}") if why.strip() else b"",
    )
    sign("test asked for", patient.id, asked=asked.id)
    return asked


def _step(
    act: Act,
    patient: Patient,
    asked: TestAsked,
    did: Did,
    *,
    about: TestStep | None = None,
    verdict: str = "",
    recheck_on: date | None = None,
    value: str = "",
    words: str = "",
    once: UUID | None = None,
) -> TestStep:
    step_id, key = once or uuid7(act.at), key_of(patient)
    step = TestStep.objects.create(
        id=step_id,
        clinic=act.clinic,
        asked=asked,
        about=about,
        kind=did,
        at=act.at,
        by=act.person,
        verdict=verdict,
        recheck_on=recheck_on,
        value_sealed=key.seal(value, f"teststep/value/{step_id}") if value else b"",
        words_sealed=key.seal(words.strip(), f"teststep/words/{step_id}") if words.strip() else b"",
    )
    sign(f"test: {did}", patient.id, asked=asked.id, step=step.id)
    return step


def _values(act: Act, test: ClearanceTest, values: Mapping[str, object]) -> Result:
    policy, _ = policy_in_force(act.clinic)
    try:
        result = read_result(test.values, values, int(policy.number("evaluation.pressure.readings")))
        test.check(result)
    except BadResult as problem:
        raise Refused(str(problem), problem.name) from None
    return result


def _taken_on(act: Act, patient: Patient, test: ClearanceTest, result: Result, taken_on: date | None) -> date:
    """The day of the result. A series is of the day of its last reading."""
    series = result.get("readings")
    if isinstance(series, tuple):
        if series[-1].at > act.at:
            raise Refused("Readings: one lies in the future; check its day and time.", "readings")
        taken_on = day_in(series[-1].at, act.clinic.zone)
    if taken_on is None:
        raise Refused(f"{test.taken}: write year, month, day, such as 2026-11-20.", "taken_on")
    if taken_on > _today(act):
        raise Refused(f"{test.taken}: this day has not come yet; give a day up to today.", "taken_on")
    if taken_on < patient.birth_date:
        raise Refused(f"{test.taken}: this day is before the patient was born.", "taken_on")
    return taken_on


def _judged(act: Act, patient: Patient, test: ClearanceTest, step: TestStep, judged: Mapping[str, object]) -> Result:
    """What the reader answers, where this result asks for it."""
    if not test.judged or not test.judged_if(result_in(test, step, key_of(patient))):
        return {}
    try:
        return read_result(test.judged, judged)
    except BadResult as problem:
        raise Refused(str(problem), problem.name) from None


def _recheck(act: Act, test: ClearanceTest, step: TestStep, recheck_on: date | None) -> None:
    if recheck_on is None:
        return
    policy, _ = policy_in_force(act.clinic)
    received = Step(id=str(step.id), did=Did.RECEIVED, at=Instant(step.at), taken_on=step.taken_on)
    latest = last_day(test, received, None, policy)
    if not _today(act) <= recheck_on <= latest:
        raise Refused(f"Counts up to: give a day from today to {latest}, which is the policy's last.", "recheck_on")


def _is_current(now: Standing, step: TestStep, did: Did) -> None:
    if now.waiting is None or now.waiting.id != str(step.id):
        raise Refused("This result does not wait to be read any more; open the page again.")
    if sentence := why_not(now.state, did):
        raise Refused(sentence)


def _held(patient: Patient) -> Patient:
    """The patient's row, locked until the action ends: two steps on one test follow one another."""
    return Patient.objects.select_for_update().get(id=patient.id)


def _words(text: str, sentence: str, field: str) -> None:
    if len(text.strip()) < FEW_WORDS:
        raise Refused(sentence, field)


def _today(act: Act) -> date:
    return day_in(act.at, act.clinic.zone)
