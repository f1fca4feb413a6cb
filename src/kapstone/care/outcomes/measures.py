"""What each measure means for an outcome: which way is better, its range, and its remission line with a source."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from kapstone.care.evidence import claim


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. A line that is not known is None, and `unknown` says so in a sentence."""

    id: str
    title: str
    lowest: int | None
    highest: int | None
    higher_is_better: bool = False
    remission: str | None = None
    unknown: str = ""

    @property
    def response_fraction(self) -> Decimal | None:
        """The fall, as a fraction of the baseline, that is a response; None where higher is better."""
        return None if self.higher_is_better else claim("response-half-drop").figure("fraction")

    def remitted(self, total: Decimal) -> bool | None:
        """Whether a total is within the remission line; None where no line is known."""
        if self.remission is None:
            return None
        figures = claim(self.remission).figures
        return total < figures["below"] if "below" in figures else total <= figures["at_most"]


NO_LINE = "No remission line with a checked source is known for {title}, so none is applied."

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        each.id: each
        for each in (
            Measure("phq-9", "PHQ-9", 0, 27, remission="remission-phq-9"),
            Measure("gad-7", "GAD-7", 0, 21, remission="remission-gad-7"),
            Measure("ham-d17", "HAM-D17", 0, 52, remission="remission-ham-d17"),
            Measure("madrs", "MADRS", 0, 60, remission="remission-madrs"),
            Measure("qids-sr16", "QIDS-SR16", 0, 27, remission="remission-qids-sr16"),
            Measure("pcl-5", "PCL-5", 0, 80, unknown=NO_LINE.format(title="PCL-5")),
            Measure("bdi-ii", "BDI-II", None, None, unknown=NO_LINE.format(title="BDI-II")),
            Measure(
                "who-5",
                "WHO-5",
                0,
                100,
                higher_is_better=True,
                unknown="WHO-5 rises with well-being: a fall by half and a remission line do not apply to it.",
            ),
        )
    }
)


def measure(id: str) -> Measure:
    """One measure. KeyError for an id that is not known by name."""
    return MEASURES[id]
