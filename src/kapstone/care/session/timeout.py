"""The time-out before a dose: every question answered yes by a person, every number fresh, or no dose.

A miss says what is missing and who can clear it. What was answered no, or measured and stops the dose, is a failed
time-out and goes on record; what only a prescriber can clear stays open until one did. The list is clinical
decision 20.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.plan import Format
from kapstone.care.quantities import Instant, elapsed_min


@dataclass(frozen=True, slots=True)
class Ask:
    """One question that must be answered yes. `clears` is who may put a no right."""

    key: str
    words: str
    clears: str
    esketamine_only: bool = False
    formats: tuple[str, ...] = ()
    """The formats in which it is asked; empty is all."""


QUESTIONS: tuple[Ask, ...] = (
    Ask("identity", marked("Two identifiers match: name and date of birth"), "nurse"),
    Ask("wants", marked("“Do you still want this today?”"), "patient"),
    Ask("allergies", marked("Allergies asked and read back"), "nurse"),
    Ask("medicines", marked("Medicines since the last visit asked; nothing that stops this dose"), "prescriber"),
    Ask("ideation", marked("Suicidal thoughts since the last visit asked; safe to go on"), "prescriber"),
    Ask("pregnancy", marked("Pregnancy asked or tested where it may be; nothing that stops this dose"), "prescriber"),
    Ask("fasting", marked("Fasting as this format asks"), "prescriber"),
    Ask("way_home", marked("Way home named"), "nurse"),
    Ask("equipment", marked("Oxygen, suction and airway kit checked"), "nurse"),
    Ask("drug", marked("Drug, strength and dose read from the label and drawn up"), "nurse"),
    Ask("pump", marked("Pump set and read back, line checked"), "nurse", formats=("iv",)),
    Ask("rems", marked("Enrolled in the REMS"), "prescriber", esketamine_only=True),
)


@dataclass(frozen=True, slots=True)
class Timeout:
    """What was answered and measured. `None` is not answered."""

    answers: Mapping[str, bool | None]
    weight_kg: Decimal | None
    sbp: Decimal | None
    dbp: Decimal | None
    pressure_at: Instant | None


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stops the start. `known` is False where something is only not answered or not measured yet."""

    key: str
    reason: Reason
    clears: str
    known: bool = True


def questions(format_: Format) -> tuple[Ask, ...]:
    """The questions for this format."""
    return tuple(
        ask
        for ask in QUESTIONS
        if not (ask.esketamine_only and format_.racemic) and (not ask.formats or format_.id in ask.formats)
    )


def blocks(timeout: Timeout, format_: Format, policy: Policy, at: Instant) -> tuple[Block, ...]:
    """Everything that stops this start, in the order of the page; empty when the dose may begin."""
    found = [
        Block(
            ask.key,
            reason(f"timeout.{ask.key}", f"{ask.words}: {_said(timeout.answers.get(ask.key))}."),
            ask.clears,
            known=timeout.answers.get(ask.key) is not None,
        )
        for ask in questions(format_)
        if timeout.answers.get(ask.key) is not True
    ]
    if timeout.weight_kg is None or timeout.weight_kg <= 0:
        words = marked("Today's weight: not measured.")
        found.append(Block("weight", reason("timeout.weight", words), "nurse", known=False))
    return (*found, *_pressure(timeout, format_, policy, at))


def _said(answer: bool | None) -> str:
    return "not answered" if answer is None else "no"


def _pressure(timeout: Timeout, format_: Format, policy: Policy, at: Instant) -> list[Block]:
    if timeout.sbp is None or timeout.dbp is None or timeout.pressure_at is None:
        words = marked("Blood pressure: not measured.")
        return [Block("pressure", reason("timeout.pressure", words), "nurse", known=False)]
    found = []
    fresh = policy.number("session.timeout.pressure_fresh_min")
    age = elapsed_min(timeout.pressure_at, at)
    if age > float(fresh):
        words = marked("Blood pressure is {age} minutes old; at most {fresh} before a dose.")
        old = reason("timeout.old", words, age=math.ceil(age), fresh=fresh)
        found.append(Block("pressure", old, "nurse", known=False))
    if not _can_be_true(timeout.sbp, timeout.dbp, policy):
        words = marked("Blood pressure {sbp}/{dbp} cannot be true. Measure again.")
        values = {"sbp": timeout.sbp, "dbp": timeout.dbp}
        found.append(Block("pressure", reason("timeout.implausible", words, **values), "nurse", known=False))
    if _too_high(timeout, format_, policy):
        words = marked("Blood pressure {sbp}/{dbp} is above this clinic's limit before a dose. Rest, measure again.")
        values = {"sbp": timeout.sbp, "dbp": timeout.dbp}
        found.append(Block("pressure", reason("timeout.high", words, **values), "prescriber"))
    return found


def _can_be_true(sbp: Decimal, dbp: Decimal, policy: Policy) -> bool:
    plausible = all(
        policy.number(f"session.plausible.{key}_low") <= value <= policy.number(f"session.plausible.{key}_high")
        for key, value in (("sbp", sbp), ("dbp", dbp))
    )
    return plausible and dbp < sbp


def _too_high(timeout: Timeout, format_: Format, policy: Policy) -> bool:
    assert timeout.sbp is not None
    assert timeout.dbp is not None
    if format_.racemic:
        return timeout.sbp >= policy.number("session.timeout.predose_sbp_hold_from") or timeout.dbp >= policy.number(
            "session.timeout.predose_dbp_hold_from"
        )
    return timeout.sbp > policy.number("session.timeout.esketamine_sbp_hold_above") or timeout.dbp > policy.number(
        "session.timeout.esketamine_dbp_hold_above"
    )
