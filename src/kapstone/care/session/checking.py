"""The second person's check: what they read for themselves off vial, syringe and pump, held against the order.

Nothing is filled in for them. A number that differs is named with what was ordered, and the dose does not start.
What is drawn from a vial is read with its strength also where the order leaves that open: the volume must then hold
the milligrams that are ordered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.plan import Format
from kapstone.care.plan.dose import DEVICE_MG, Prepared
from kapstone.care.quantities import Mg, MgPerMl, plain


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the prescriber signed: the drug, milligrams of base, and how they are drawn up and given."""

    drug: str
    mg: Mg
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Read:
    """What the second person read. `None` is not written; `devices` is for nasal esketamine alone."""

    drug: str
    mg: Decimal | None = None
    strength: Decimal | None = None
    ml: Decimal | None = None
    rate: Decimal | None = None
    devices: int | None = None


def wanted(ordered: Ordered, format_: Format) -> tuple[str, ...]:
    """The numbers that must be read for this dose, by their names in `Read`."""
    if format_.fixed_doses:
        return ("mg", "devices")
    found = ["mg"]
    if ordered.prepared.strength is not None or format_.drawn:
        found += ["strength", "ml"]
    if ordered.prepared.rate() is not None:
        found.append("rate")
    return tuple(found)


def differences(read: Read, ordered: Ordered, format_: Format, policy: Policy) -> tuple[Reason, ...]:
    """Everything that was not read, or reads otherwise than ordered; empty when both agree."""
    return tuple(_differences(read, ordered, format_, policy))


def _differences(read: Read, ordered: Ordered, format_: Format, policy: Policy) -> Iterator[Reason]:
    if read.drug != ordered.drug:
        words = marked("Drug: you read {read}; ordered is {ordered}.")
        yield reason("check.drug", words, read=read.drug or "nothing", ordered=ordered.drug)
    ordered = _as_read(read, ordered)
    for name in wanted(ordered, format_):
        told, right, unit, near = getattr(read, name), *_right(name, ordered, policy)
        what, open_still = WORDS[name], ordered.prepared.strength is None
        if told is None or (name == "strength" and open_still):
            yield reason(f"check.{name}.not_read", marked("{what}: not read."), what=what)
        elif abs(told - right) > near and not (name == "ml" and open_still):
            words = marked("{what}: you read {read} {unit}; ordered is {ordered} {unit}.")
            yield reason(f"check.{name}", words, what=what, read=plain(told), ordered=plain(right), unit=unit)


def _as_read(read: Read, ordered: Ordered) -> Ordered:
    """The order with the vial that was read, where it names none."""
    if ordered.prepared.strength is not None or not read.strength:
        return ordered
    return replace(ordered, prepared=replace(ordered.prepared, strength=MgPerMl(read.strength)))


WORDS = {
    "mg": marked("Dose"),
    "strength": marked("Strength on the vial"),
    "ml": marked("Volume in the syringe"),
    "rate": marked("Rate on the pump"),
    "devices": marked("Devices"),
}


def _right(name: str, ordered: Ordered, policy: Policy) -> tuple[Decimal, str, Decimal]:
    """The ordered value, its unit, and what is no difference."""
    prepared, share = ordered.prepared, policy.number("session.timeout.near_rate_percent")
    match name:
        case "strength" if prepared.strength is not None:
            return prepared.strength.value, "mg/mL", Decimal(0)
        case "ml" if (drawn := prepared.drawn(ordered.mg)) is not None:
            return drawn.rounded().value, "mL", policy.number("session.timeout.near_ml")
        case "rate" if (rate := prepared.rate()) is not None:
            return (
                rate.rounded().value,
                "mL/h",
                max(rate.value * share / 100, policy.number("session.timeout.near_rate")),
            )
        case "devices":
            return ordered.mg.value / DEVICE_MG, "", Decimal(0)
        case _:
            return ordered.mg.value, "mg", Decimal(0)
