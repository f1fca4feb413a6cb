"""The weight that a dose goes by: actual, ideal and adjusted side by side, and whether the prescriber must pick one.

The program picks none. Whether ketamine follows whole or lean weight in obesity is not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence import Policy, Reason, claim
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.quantities import Cm, Kg


class WeightBasis(StrEnum):
    """Which weight a dose per kilogram goes by."""

    ACTUAL = "actual"
    IDEAL = "ideal"
    ADJUSTED = "adjusted"

    @property
    def words(self) -> str:
        """The name on the page."""
        return {"actual": "Actual weight", "ideal": "Ideal weight", "adjusted": "Adjusted weight"}[self]


class Sex(StrEnum):
    """Which of the two published formulas is meant. Asked for the formula alone, and never inferred."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that can be worked out. `must_pick` holds why the prescriber picks one, or None."""

    each: Mapping[WeightBasis, Kg]
    bmi: Decimal | None
    must_pick: Reason | None

    def by(self, basis: WeightBasis) -> Kg:
        """One of them. ValueError, with what is missing, for one that could not be worked out."""
        if basis not in self.each:
            raise ValueError(f"{basis.words} needs the height, at least five feet, and which formula is meant.")
        return self.each[basis]


def weights(actual: Kg, height: Cm | None, sex: Sex | None, policy: Policy) -> Weights:
    """All three weights where height and formula are known, and whether a choice is needed."""
    if actual.value <= 0 or (height is not None and height.value <= 0):
        raise ValueError("A weight and a height are more than zero.")
    each = {WeightBasis.ACTUAL: actual}
    ideal = _ideal(height, sex)
    if ideal is not None:
        each |= {WeightBasis.IDEAL: ideal, WeightBasis.ADJUSTED: _adjusted(actual, ideal)}
    metres = height.value / 100 if height else None
    bmi = actual.value / (metres * metres) if metres else None
    return Weights(each, bmi, _why_pick(actual, ideal, bmi, policy))


def _ideal(height: Cm | None, sex: Sex | None) -> Kg | None:
    """By the published formula; None below the height that it was made for."""
    if height is None or sex is None:
        return None
    figure = claim("ideal-weight").figure
    above = height.inches - figure("from_inches")
    return Kg(figure(f"{sex}_kg") + figure("kg_per_inch") * above) if above >= 0 else None


def _adjusted(actual: Kg, ideal: Kg) -> Kg:
    share = claim("ideal-weight").figure("share_of_excess")
    return Kg(ideal.value + share * max(actual.value - ideal.value, Decimal(0)))


def _why_pick(actual: Kg, ideal: Kg | None, bmi: Decimal | None, policy: Policy) -> Reason | None:
    line = policy.number("evaluation.weight.bmi_dose_weight")
    if bmi is not None and bmi >= line:
        words = marked("Body mass index {bmi}, from {line} on: pick the weight that the dose goes by.")
        return reason("weight.bmi", words, bmi=bmi.quantize(Decimal(1)), line=line)
    percent = policy.number("plan.weight.ask_from_percent_of_ideal")
    if ideal is not None and actual.value * 100 > ideal.value * percent:
        words = marked("More than {percent} % of the ideal weight of {ideal}: pick the weight that the dose goes by.")
        return reason("weight.ideal", words, percent=percent, ideal=ideal)
    return None
