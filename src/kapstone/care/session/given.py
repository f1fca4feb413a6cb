"""What was truly given, read off the record for a forecast: when each part began, how much, and what was assumed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kapstone.care.pharmacology import Basis, Drug, Given, Regimen, dose
from kapstone.care.plan import Format
from kapstone.care.plan.forecast import Milestone, drug_of, milestones, model_of
from kapstone.care.quantities import Instant, elapsed_min, minutes

from .fold import SessionState
from .kinds.dosed import Dosing

HELD = ("sl",)
"""Formats that are held for a time and may be taken out before it is over."""


@dataclass(frozen=True, slots=True)
class GivenDose:
    """The regimen in minutes from clock zero, None where nothing was given; and what was read into the record."""

    regimen: Regimen | None
    said: tuple[str, ...] = ()


def given_dose(state: SessionState, format_: Format) -> GivenDose | None:
    """The dose as the record has it; None before one began.

    A dose that runs is taken as planned. One that was stopped: of an infusion the part of its time that passed; of a
    lozenge the same, which is assumed; what was injected or swallowed stays in. Devices count when each was given. A
    dose that was given again counts from its own minute. ValueError, KeyError or ArithmeticError where the record
    holds no dose that can be read.
    """
    if state.clock_zero is None:
        return None
    if format_.fixed_doses:
        return GivenDose(_devices(state, format_))
    parts: list[Given] = []
    said: list[str] = []
    regimen = None
    for one in state.doses:
        found = _one(state, format_, one)
        said += found.said
        if found.regimen is not None:
            regimen = regimen or found.regimen
            after = max(elapsed_min(state.clock_zero, one.begun.at_device), 0.0)
            parts += [replace(part, at_min=part.at_min + after) for part in found.regimen.parts]
    return GivenDose(replace(regimen, parts=tuple(parts)) if regimen is not None else None, tuple(said))


def _one(state: SessionState, format_: Format, one: Dosing) -> GivenDose:
    whole = _whole(state, format_, one)
    if one.rates and format_.id == "iv":
        return _paced(one, whole, _planned_min(state, format_, one))
    if not one.stopped or one.ended is None:
        return GivenDose(whole)
    return _stopped(state, format_, one, whole, elapsed_min(one.begun.at_device, one.ended))


def _paced(one: Dosing, whole: Regimen, planned_min: float) -> GivenDose:
    """An infusion whose rate was changed: each stretch at its own rate, until the dose is in or was ended."""
    begun = one.begun.at_device
    until = elapsed_min(begun, one.ended) if one.ended is not None else float("inf")
    changes = [(elapsed_min(begun, at), float(rate)) for at, rate in one.rates]
    steps = [(0.0, whole.mg / planned_min), *changes]
    parts: list[Given] = []
    left = whole.mg
    for (minute, rate), following in zip(steps, [*(at for at, _ in changes), until], strict=True):
        stretch = min(following - minute, left / rate if rate else following - minute)
        if rate and 0 < stretch < float("inf"):
            parts.append(Given(minute, rate * stretch, stretch))
            left -= rate * stretch
    if not parts:
        return GivenDose(None, ("Nothing was given.",))
    given = sum(part.mg for part in parts)
    said = f"The rate was changed: {given:.4g} mg of {whole.mg:.4g} mg, each stretch at its rate."
    return GivenDose(replace(whole, parts=tuple(parts), cut_short=one.stopped), (said,))


def _whole(state: SessionState, format_: Format, one: Dosing) -> Regimen:
    """As planned; as long as it ran, where that is known and nothing was left over."""
    mg = float(Decimal(str(one.begun.payload["mg"])))
    over = _planned_min(state, format_, one) if format_.id == "iv" else 0.0
    if format_.id == "iv" and one.ended is not None:
        ran = elapsed_min(one.begun.at_device, one.ended)
        over = max(over, ran) if one.stopped else ran
    return dose(drug_of(format_), Basis.BASE, format_.id, mg, over)


def _planned_min(state: SessionState, format_: Format, one: Dosing) -> float:
    """As the order said; by the policy where the record says nothing."""
    ordered = one.begun.payload.get("over_min")
    return float(str(ordered)) if ordered else float(state.policy.number(f"plan.{format_.id}.duration_min"))


def _stopped(state: SessionState, format_: Format, one: Dosing, whole: Regimen, ran_min: float) -> GivenDose:
    at = f"The dose was stopped at minute {ran_min:g}"
    if format_.id != "iv" and format_.id not in HELD:
        return GivenDose(whole, (f"{at}; what was given before stays in, so it is forecast whole.",))
    planned = _planned_min(state, format_, one)
    if ran_min >= planned:
        return GivenDose(whole, (f"{at}, after its planned time; it is forecast whole.",))
    share = max(ran_min, 0.0) / planned
    if not share:
        return GivenDose(None, (f"{at}: nothing was given.",))
    if format_.id == "iv":
        return GivenDose(
            whole.stopped(ran_min), (f"{at}: {whole.mg * share:.4g} mg of {whole.mg:.4g} mg were given.",)
        )
    part = f"{whole.mg * share:.4g} mg of {whole.mg:.4g} mg"
    said = f"{at} of {planned:g}: that part, {part}, is taken as given. This is assumed."
    return GivenDose(whole.times(share).shortened(), (said,))


def _devices(state: SessionState, format_: Format) -> Regimen:
    assert state.clock_zero is not None
    size = model_of(format_).routes[format_.id].device_mg or 0.0
    times = [at for one in state.doses for at in one.devices]
    begun = sorted(max(elapsed_min(state.clock_zero, at), 0.0) for at in times)
    parts = tuple(Given(minute, size, 0.0, number) for number, minute in enumerate(begun, 1))
    return Regimen(Drug.ESKETAMINE, format_.id, parts)


def milestones_of(state: SessionState, format_: Format) -> tuple[Milestone, ...]:
    """The milestones of this session: as the record has them, and as planned where it does not yet."""
    if state.clock_zero is None:
        return milestones(format_, state.policy)
    last = state.last_given if format_.fixed_doses else state.dose_end
    end = last or Instant(state.clock_zero + minutes(_planned_min(state, format_, state.doses[-1])))
    if format_.fixed_doses and state.dose_end is None:
        end = max(end, Instant(state.clock_zero + minutes(_planned_min(state, format_, state.doses[-1]))))
    return milestones(format_, state.policy, elapsed_min(state.clock_zero, end))
