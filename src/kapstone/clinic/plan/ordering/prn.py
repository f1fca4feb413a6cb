"""A medicine to give if needed: what a whole one has."""

from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.evaluation.medicines import ingredients, nearest, recognise
from kapstone.care.plan.licences import PRN_ROUTES
from kapstone.clinic.ground.people.doing import Refused

KETAMINES = frozenset(
    name for one in ingredients().values() if "ketamine" in one.classes for name in (one.id, *one.names)
)
"""Every name under which the table of medicines has ketamine or esketamine."""


@dataclass(frozen=True, slots=True)
class Prn:
    """A medicine to give if needed. `route` is one of PRN_ROUTES: who may give it rests on it."""

    drug: str
    amount: Decimal
    unit: str
    trigger: str
    most_times: int
    route: str


def why_not_prn(drug: str) -> str:
    """Why this may not be a medicine to give if needed; empty when nothing stands against it.

    A name that means ketamine or esketamine, or that is all but such a name, is refused: a dose has limits that a
    medicine beside it has not. A name that the table of medicines lacks is taken as it is.
    """
    meant = {one.id for one in recognise(drug)} | {near for word in drug.split() for near in nearest(word)}
    if meant & KETAMINES or "ketamin" in drug.casefold():
        return "Another dose is a dose of the plan, not a medicine to give if needed."
    return ""


def meant(drug: str) -> frozenset[str]:
    """What a name means: its ingredients, or the name itself where the table of medicines lacks it."""
    return frozenset(one.id for one in recognise(drug)) or frozenset({drug.casefold().strip()})


def check_whole(number: int, one: Prn) -> None:
    """Refused where a part is missing, or where it is the dose itself."""
    if not one.drug.strip():
        raise Refused(f"If needed {number}: write the drug as well.", f"drug_{number}")
    if no := why_not_prn(one.drug):
        raise Refused(no, f"drug_{number}")
    if one.amount <= 0:
        raise Refused(f"If needed {number}: the amount is more than 0.", f"amount_{number}")
    if one.route not in PRN_ROUTES:
        raise Refused(f"If needed {number}: write how it goes in as well.", f"route_{number}")
    if not one.trigger.strip():
        raise Refused(f"If needed {number}: write when to give it as well.", f"trigger_{number}")
    if one.most_times < 1:
        raise Refused(f"If needed {number}: write how often as well, at least once.", f"times_{number}")
