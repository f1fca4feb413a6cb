"""Arithmetic and limits of one dose. It echoes and refuses; it never proposes.

Every limit that was touched is kept with its policy line, so that a page can show what limited a dose and why.
"""

from dataclasses import dataclass
from enum import StrEnum

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.quantities import Kg, Mg, MgPerKg

from .formats import Format


class Hold(StrEnum):
    """How firmly a limit holds."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Limited:
    """One limit that this dose touches."""

    hold: Hold
    reason: Reason
    policy_key: str


@dataclass(frozen=True, slots=True)
class DoseCheck:
    """A dose said in both ways, and every limit that it touches, hard ones first."""

    mg: Mg
    mg_per_kg: MgPerKg
    limits: tuple[Limited, ...]

    @property
    def blocked(self) -> bool:
        """True when a hard limit holds; nobody may sign such a dose."""
        return any(one.hold is Hold.HARD for one in self.limits)

    @property
    def needs_reason(self) -> bool:
        """True when a soft limit holds; the prescriber must say why."""
        return any(one.hold is Hold.SOFT for one in self.limits)


def check_dose(format_: Format, mg: Mg, weight: Kg, policy: Policy, *, first: bool = False) -> DoseCheck:
    """Checks a total dose of base for a body weight. ValueError for a dose or weight that is not above zero."""
    if mg.value <= 0 or weight.value <= 0:
        raise ValueError("A dose and a weight are both more than zero.")
    found: list[Limited] = []
    if format_.fixed_doses:
        found += _fixed(format_, mg, policy, first)
    else:
        found += _ceilings(format_, mg, mg.per(weight), policy)
    found.sort(key=lambda one: one.hold is not Hold.HARD)
    return DoseCheck(mg, mg.per(weight), tuple(found))


def _fixed(format_: Format, mg: Mg, policy: Policy, first: bool) -> list[Limited]:
    key = f"plan.{format_.id}.allowed_mg"
    allowed = [Mg.of(name) for name in policy.names(key)]
    if mg not in allowed:
        words = marked("{mg} is none of the label's doses: {allowed}.")
        names = " or ".join(str(one) for one in allowed)
        return [Limited(Hold.HARD, reason("dose.not_a_label_dose", words, mg=mg, allowed=names), key)]
    first_key = f"plan.{format_.id}.first_mg_trd"
    if first and mg.value != policy.number(first_key):
        words = marked("The first dose in treatment-resistant depression is {first}; {mg} needs a reason.")
        values = {"first": Mg(policy.number(first_key)), "mg": mg}
        return [Limited(Hold.SOFT, reason("dose.first_of_label", words, **values), first_key)]
    return []


def _ceilings(format_: Format, mg: Mg, per_kg: MgPerKg, policy: Policy) -> list[Limited]:
    prefix = f"plan.{format_.id}."
    if f"{prefix}hard_max_mg" not in policy.lines:
        words = marked("No medical director has signed a limit for {format}, so none can be given.")
        return [
            Limited(Hold.HARD, reason("dose.no_limit_signed", words, format=format_.name), f"{prefix}hard_max_mg")
        ]
    found = []
    for hold in Hold:
        for unit, amount in (("mg", mg), ("mg_per_kg", per_kg)):
            key = f"{prefix}{hold}_max_{unit}"
            if key in policy.lines and amount.value > policy.number(key):
                words = marked("{amount} is above this clinic's {hold} limit of {limit}.")
                limit = type(amount)(policy.number(key))
                found.append(Limited(hold, reason(f"dose.{hold}", words, amount=amount, hold=hold, limit=limit), key))
    return found
