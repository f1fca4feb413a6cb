"""Arithmetic and limits of one dose. It echoes and refuses; it never proposes.

Every limit that was touched is kept with its policy line or claim: a page can show what limited a dose and why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence import Policy, Reason, claim
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.plan.formats import Format
from kapstone.care.quantities import Kg, Mg, MgPerKg, MgPerKgPerH, MgPerMl

from .prepared import Prepared
from .ramp import one_step_up, up_to_whole


class Hold(StrEnum):
    """How firmly a limit holds."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Limited:
    """One limit that this dose touches. `source` is the policy line or the claim that sets it."""

    hold: Hold
    reason: Reason
    source: str


@dataclass(frozen=True, slots=True)
class History:
    """What was given before. `last` is the last dose in this very format: None for a first one or after a change."""

    last: Mg | None
    indication: str = "trd"


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


def check_dose(
    format_: Format,
    mg: Mg,
    weight: Kg,
    policy: Policy,
    *,
    history: History | None = None,
    prepared: Prepared | None = None,
) -> DoseCheck:
    """Checks a total dose of base for the weight that it goes by. ValueError for a dose or weight not above zero.

    Without a history the steps from dose to dose are not looked at; without a duration the pace is not.
    """
    if mg.value <= 0 or weight.value <= 0:
        raise ValueError("A dose and a weight are both more than zero.")
    found = [*_by_label(format_, mg, policy, history)] if format_.fixed_doses else [
        *_unsigned(format_, policy),
        *_ceilings(format_, mg, mg.per(weight), policy),
        *_pace(format_, mg, weight, policy, prepared),
        *_first(format_, mg, mg.per(weight), policy, history),
        *_step(format_, mg, weight, policy, history),
    ]  # fmt: skip
    found += _concentrate(format_, mg, prepared)
    found.sort(key=lambda one: one.hold is not Hold.HARD)
    return DoseCheck(mg, mg.per(weight), tuple(found))


def _by_label(format_: Format, mg: Mg, policy: Policy, history: History | None) -> Iterator[Limited]:
    key = f"plan.{format_.id}.allowed_mg"
    allowed = [Mg.of(name) for name in policy.names(key)]
    if mg not in allowed:
        words = marked("{mg} is none of the label's doses: {allowed}.")
        names = " or ".join(str(one) for one in allowed)
        yield Limited(Hold.HARD, reason("dose.not_a_label_dose", words, mg=mg, allowed=names), key)
    elif history is not None and history.last is None:
        first_key = f"plan.{format_.id}.first_mg_{history.indication}"
        first = Mg(policy.number(first_key))
        if mg != first:
            words = marked("The label's first dose {for_what} is {first}; {mg} needs a reason.")
            values = {"for_what": INDICATIONS[history.indication], "first": first, "mg": mg}
            yield Limited(Hold.SOFT, reason("dose.first_of_label", words, **values), first_key)


INDICATIONS = {
    "trd": marked("in treatment-resistant depression"),
    "mdsi": marked("in depression with acute suicidal thoughts"),
}


def _unsigned(format_: Format, policy: Policy) -> Iterator[Limited]:
    key = f"plan.{format_.id}.hard_max_mg"
    if key not in policy.lines:
        words = marked("No medical director has signed a limit for {format}, so none can be given.")
        yield Limited(Hold.HARD, reason("dose.no_limit_signed", words, format=format_.name), key)


def _ceilings(format_: Format, mg: Mg, per_kg: MgPerKg, policy: Policy) -> Iterator[Limited]:
    for hold in Hold:
        for unit, amount in (("mg", mg), ("mg_per_kg", per_kg)):
            key = f"plan.{format_.id}.{hold}_max_{unit}"
            if key in policy.lines and amount.value > policy.number(key):
                words = marked("{amount} is above this clinic's {hold} limit of {limit}.")
                limit = type(amount)(policy.number(key))
                yield Limited(hold, reason(f"dose.{hold}", words, amount=amount, hold=hold, limit=limit), key)


def _pace(format_: Format, mg: Mg, weight: Kg, policy: Policy, prepared: Prepared | None) -> Iterator[Limited]:
    key = f"plan.{format_.id}.hard_max_mg_per_kg_per_h"
    over = prepared.over_min if prepared else None
    if key not in policy.lines or not over:
        return
    pace, limit = mg.per(weight).within(over), MgPerKgPerH(policy.number(key))
    if pace > limit:
        words = marked("{mg} over {over} minutes is {pace}, above this clinic's hard limit of {limit}.")
        yield Limited(Hold.HARD, reason("dose.pace", words, mg=mg, over=over, pace=pace, limit=limit), key)


def _first(format_: Format, mg: Mg, per_kg: MgPerKg, policy: Policy, history: History | None) -> Iterator[Limited]:
    if history is None or history.last is not None:
        return
    for unit, amount in (("mg", mg), ("mg_per_kg", per_kg)):
        key = f"plan.{format_.id}.start_max_{unit}"
        if key in policy.lines and amount.value > policy.number(key) and mg > _whole(policy.number(key), mg, amount):
            words = marked("{amount} is above where a first dose in this format starts, {start}.")
            start = type(amount)(policy.number(key))
            yield Limited(Hold.SOFT, reason("dose.first", words, amount=amount, start=start), key)


def _whole(line: Decimal, mg: Mg, amount: Mg | MgPerKg) -> Mg:
    """What a line means for this weight, as the next whole milligram: no first dose is refused for a rounding."""
    return up_to_whole(Mg(line * mg.value / amount.value))


def _step(format_: Format, mg: Mg, weight: Kg, policy: Policy, history: History | None) -> Iterator[Limited]:
    if history is None or history.last is None or mg <= history.last:
        return
    step = one_step_up(format_, history.last, weight, policy)
    if step is not None and mg > up_to_whole(step.most):
        words = marked("{mg} is more than one step up from the last {last}; one step reaches {most}.")
        values = {"mg": mg, "last": history.last, "most": step.most}
        yield Limited(Hold.SOFT, reason("dose.step", words, **values), step.policy_key)


def _concentrate(format_: Format, mg: Mg, prepared: Prepared | None) -> Iterator[Limited]:
    """The concentrate is never given into a vein as it is."""
    if format_.id != "iv" or prepared is None or prepared.strength is None:
        return
    slug = "ketalar-concentrate"
    strongest, least = (claim(slug).figure(name) for name in ("concentrate_mg_per_ml", "least_times_drawn"))
    if prepared.strength >= MgPerMl(strongest) and not prepared.thinned(mg, least):
        words = marked("{strength} goes into a vein only thinned by an equal volume; give the volume of the bag.")
        yield Limited(Hold.HARD, reason("dose.undiluted", words, strength=prepared.strength), slug)
