"""How far up one step goes from the last dose in the same format. A limit on a slip, never a proposal.

A change of format begins anew: milligrams of one format say nothing about another (see the exposure by route in the
formats' sources), so the caller passes the last dose of this very format or none.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from kapstone.care.evidence import Policy
from kapstone.care.plan.formats import Format
from kapstone.care.quantities import Kg, Mg, MgPerKg


@dataclass(frozen=True, slots=True)
class Step:
    """The most that one step up reaches, and the policy line that says so."""

    most: Mg
    policy_key: str


def one_step_up(format_: Format, last: Mg, weight: Kg, policy: Policy) -> Step | None:
    """One step up from the last dose; None where the policy names no step for this format."""
    reaches = {
        f"plan.{format_.id}.ramp_mg": _by_mg,
        f"plan.{format_.id}.ramp_mg_per_kg": _by_mg_per_kg,
        f"plan.{format_.id}.ramp_percent": _by_percent,
        f"plan.{format_.id}.ramp_ladder_mg_per_kg": _by_ladder,
    }
    for key, reach in reaches.items():
        if key in policy.lines:
            return Step(reach(last, weight, policy, key), key)
    return None


def up_to_whole(mg: Mg) -> Mg:
    """The next whole milligram, because a dose for a weight is rounded before it is drawn."""
    return Mg(mg.value.to_integral_value(ROUND_CEILING))


def _by_mg(last: Mg, weight: Kg, policy: Policy, key: str) -> Mg:
    return last + Mg(policy.number(key))


def _by_mg_per_kg(last: Mg, weight: Kg, policy: Policy, key: str) -> Mg:
    return last + MgPerKg(policy.number(key)).for_weight(weight)


def _by_percent(last: Mg, weight: Kg, policy: Policy, key: str) -> Mg:
    return Mg(last.value * (1 + policy.number(key) / 100))


def _by_ladder(last: Mg, weight: Kg, policy: Policy, key: str) -> Mg:
    """The next rung above the last dose; from the highest rung on there is no further step."""
    rungs = sorted(MgPerKg(Decimal(name)).for_weight(weight) for name in policy.names(key))
    return next((rung for rung in rungs if rung > last), last)
