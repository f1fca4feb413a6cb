"""What was truly given, read off the record for a forecast: when each part began, how much, and what was assumed."""

from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.pharmacology import Basis, Drug, Given, Regimen, dose
from kapstone.care.plan import Format
from kapstone.care.plan.forecast import Milestone, drug_of, milestones, model_of
from kapstone.care.quantities import Instant, elapsed_min, minutes

from .fold import SessionState

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
    lozenge the same, which is assumed; what was injected or swallowed stays in. Devices count when each was given.
    ValueError, KeyError or ArithmeticError where the record holds no dose that can be read.
    """
    if state.clock_zero is None:
        return None
    if format_.fixed_doses:
        return GivenDose(_devices(state, format_))
    whole = _whole(state, format_)
    if not state.stopped or state.dose_end is None:
        return GivenDose(whole)
    return _stopped(state, format_, whole, elapsed_min(state.clock_zero, state.dose_end))


def _whole(state: SessionState, format_: Format) -> Regimen:
    """As planned; as long as it ran, where that is known and nothing was left over."""
    mg = float(Decimal(str(state.dose["mg"])))
    over = _planned_min(state, format_) if format_.id == "iv" else 0.0
    if format_.id == "iv" and state.dose_end is not None and state.clock_zero is not None:
        ran = elapsed_min(state.clock_zero, state.dose_end)
        over = max(over, ran) if state.stopped else ran
    return dose(drug_of(format_), Basis.BASE, format_.id, mg, over)


def _planned_min(state: SessionState, format_: Format) -> float:
    """As the order said; by the policy where the record says nothing."""
    ordered = state.dose.get("over_min")
    return float(str(ordered)) if ordered else float(state.policy.number(f"plan.{format_.id}.duration_min"))


def _stopped(state: SessionState, format_: Format, whole: Regimen, ran_min: float) -> GivenDose:
    at = f"The dose was stopped at minute {ran_min:g}"
    if format_.id != "iv" and format_.id not in HELD:
        return GivenDose(whole, (f"{at}; what was given before stays in, so it is forecast whole.",))
    planned = _planned_min(state, format_)
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
    times = [line.event.at_device for line in state.lines if line.event.kind == "device_given"]
    begun = [0.0, *sorted(max(elapsed_min(state.clock_zero, at), 0.0) for at in times)]
    parts = tuple(Given(minute, size, 0.0, number) for number, minute in enumerate(begun, 1))
    return Regimen(Drug.ESKETAMINE, format_.id, parts)


def milestones_of(state: SessionState, format_: Format) -> tuple[Milestone, ...]:
    """The milestones of this session: as the record has them, and as planned where it does not yet."""
    if state.clock_zero is None:
        return milestones(format_, state.policy)
    last = state.last_given if format_.fixed_doses else state.dose_end
    end = last or Instant(state.clock_zero + minutes(_planned_min(state, format_)))
    if format_.fixed_doses and state.dose_end is None:
        end = max(end, Instant(state.clock_zero + minutes(_planned_min(state, format_))))
    return milestones(format_, state.policy, elapsed_min(state.clock_zero, end))
