"""Puts the records of tests before the rules: how each stands, and what results that were read fill in the intake."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F

from kapstone.care.evaluation import Intake
from kapstone.care.evaluation.clearance import (
    ClearanceTest,
    Did,
    Order,
    Standing,
    Step,
    clearance_tests,
    day_in,
    filled,
    read_result,
    standing,
)
from kapstone.care.evaluation.clearance.kind import Result
from kapstone.care.evaluation.intake_json import plain_value
from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.models import TestAsked, TestStep
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.keys import DataKey, Stored
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible

IN_ORDER = ("at", F("about").asc(nulls_first=True), "id")
"""Steps as they were written; of one moment, a result comes before what is about it."""


def results(act: Act, patient: Patient) -> dict[str, object]:
    """The fields of the intake that results which somebody read give, by name. A result that waits gives nothing."""
    policy, _ = policy_in_force(act.clinic)
    orders = orders_of(visible(act, TestAsked).filter(patient=patient))
    if not orders:
        return {}
    today, key, found = day_in(act.at, act.clinic.zone), key_of(patient), dict[str, object]()
    for test in clearance_tests().values():
        now = standing_now(act, test, orders, policy, Intake(), None)
        if now.counting is None or now.reading is None:
            continue
        steps = visible(act, TestStep).in_bulk([UUID(now.counting.id), UUID(now.reading.id)])
        result = result_in(test, steps[UUID(now.counting.id)], key)
        found |= filled(now, result, judged_in(test, steps[UUID(now.reading.id)], key), today, policy)
    return {name: plain_value(value) for name, value in found.items()}


def standing_now(
    act: Act,
    test: ClearanceTest,
    orders: "Mapping[UUID, tuple[str, Order]]",
    policy: Policy,
    intake: Intake,
    dose: date | None,
) -> Standing:
    """How one test stands at the act's moment, from the askings of one patient."""
    mine = [order for test_id, order in orders.values() if test_id == test.id]
    return standing(test, mine, at=act.at, zone=act.clinic.zone, policy=policy, intake=intake, next_dose=dose)


def orders_of(asked: Iterable[TestAsked]) -> dict[UUID, tuple[str, Order]]:
    """The askings with their steps, as the rules read them; what was written stays sealed."""
    rows = {one.id: one for one in asked}
    steps: dict[UUID, list[Step]] = defaultdict(list)
    fields = ("id", "asked_id", "about_id", "kind", "at", "taken_on", "recheck_on")
    for one in TestStep.objects.filter(asked__in=rows).only(*fields).order_by(*IN_ORDER):
        steps[one.asked_id].append(
            Step(
                id=str(one.id),
                did=Did(one.kind),
                at=Instant(one.at),
                about=str(one.about_id or ""),
                taken_on=one.taken_on,
                recheck_on=one.recheck_on,
            )
        )
    return {
        key: (row.test, Order(id=str(key), at=Instant(row.at), due_on=row.due_on, steps=tuple(steps[key])))
        for key, row in rows.items()
    }


def result_in(test: ClearanceTest, step: TestStep, key: DataKey) -> Result:
    """What was copied from a result."""
    return read_result(test.values, _stored(step, key))


def judged_in(test: ClearanceTest, step: TestStep, key: DataKey) -> Result:
    """What its reader answered."""
    given = _stored(step, key)
    return read_result(test.judged, given) if given else {}


def _stored(step: TestStep, key: DataKey) -> dict[str, object]:
    text = opened_text(key, step.value_sealed, f"teststep/value/{step.id}")
    return dict(json.loads(text)) if text else {}


def opened_text(key: DataKey, sealed: Stored, label: str) -> str:
    """What was written; nothing where nothing was."""
    return key.open(bytes(sealed), label) if sealed else ""
