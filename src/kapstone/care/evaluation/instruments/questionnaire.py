"""What a questionnaire is: its exact wording, the answers it offers, its bands, and its notice."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LOINC = "http://loinc.org"


@dataclass(frozen=True, slots=True)
class Item:
    """One question. The link id is the LOINC code with a leading slash, as public FHIR examples have it.

    `asked_if` names the items of which one must be answered above 0 before this one is asked. `lifetime` asks about
    a whole life, so an answer above 0 is no news.
    """

    link_id: str
    text: str
    loinc: str = ""
    asked_if: tuple[str, ...] = ()
    lifetime: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be ticked, with the points it gives."""

    value: int
    text: str
    loinc: str = ""

    @property
    def code(self) -> str:
        """The LOINC answer code, or the points where none is known for certain."""
        return self.loinc or str(self.value)


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of totals, both ends included."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items that belong together: `needed` of them count as met when they are answered with `at_least` or more."""

    key: str
    name: str
    link_ids: tuple[str, ...]
    needed: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The unscored question on how hard the problems made daily life."""

    link_id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire. The wording is the instrument: reproduced unchanged, never translated here.

    `outcome` names the result where bands of a total cannot, and `outcome_expression` says the same in FHIRPath.
    Without LOINC codes that are certain, codes are our own.
    """

    id: str
    title: str
    version: str
    recall: str
    stem: str
    items: tuple[Item, ...]
    options: tuple[Option, ...]
    bands: tuple[Band, ...]
    notice: str
    items_sha256: str
    source: str
    loinc: str = ""
    loinc_total: str = ""
    prorate_up_to: int = 0
    safety_items: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    clusters: tuple[Cluster, ...] = ()
    outcome: Callable[[Mapping[str, int | None]], str | None] | None = None
    outcome_expression: str = ""
    total_words: str = "Total"
    validated: bool = True
    occasions: tuple[str, ...] = ("intake", "check-in")

    @property
    def url(self) -> str:
        """What names its questionnaire in FHIR."""
        return f"urn:kapstone:questionnaire:{self.id}"

    @property
    def system(self) -> str:
        """Where the codes of its answers are from: LOINC, or our own list."""
        return LOINC if self.options[0].loinc else f"urn:kapstone:instrument:{self.id}"

    @property
    def total_link_id(self) -> str:
        """The link id of the total."""
        return f"/{self.loinc_total}" if self.loinc_total else f"{self.id}.total"

    @property
    def band_link_id(self) -> str:
        """The link id of the band, or of the outcome."""
        return f"{self.id}.outcome" if self.outcome else f"{self.id}.band"

    @property
    def highest(self) -> int:
        """The most points one item can give."""
        return max(option.value for option in self.options)

    @property
    def highest_total(self) -> int:
        """The most points all items can give."""
        return self.highest * len(self.items)

    @property
    def by_link_id(self) -> Mapping[str, Item]:
        """The items by their link id."""
        return {item.link_id: item for item in self.items}

    @property
    def missing_rule(self) -> str:
        """What a blank answer does, in words."""
        if self.prorate_up_to:
            most = "One blank is" if self.prorate_up_to == 1 else f"Up to {self.prorate_up_to} blanks are"
            held = "; a blank safety item leaves no total" if self.safety_items else ""
            return f"{most} filled with the mean of the rest, rounded half up{held}."
        return "Any blank leaves no total; nothing is filled in."

    def band(self, total: int) -> str:
        """The name of the band of a total. ValueError outside the instrument's range."""
        for band in self.bands:
            if band.low <= total <= band.high:
                return band.name
        raise ValueError(f"{total} is no {self.title} total; it runs from 0 to {self.highest_total}.")


def wording_sha256(items: tuple[Item, ...]) -> str:
    """SHA-256 of the item texts, one a line: what proves that a wording is unchanged."""
    return hashlib.sha256("\n".join(item.text for item in items).encode()).hexdigest()


def items_from(pairs: tuple[tuple[str, str], ...]) -> tuple[Item, ...]:
    """Items from (LOINC code, text) pairs in the order they are asked."""
    return tuple(Item(f"/{code}", text, code) for code, text in pairs)


def own_items(id: str, texts: tuple[str, ...]) -> tuple[Item, ...]:
    """Items without LOINC codes that are certain, numbered in the order they are asked."""
    return tuple(Item(f"{id}.{number}", text) for number, text in enumerate(texts, start=1))


def bands_from(names: tuple[str, ...], starts: tuple[int, ...], highest: int) -> tuple[Band, ...]:
    """Bands that follow each other without a gap, the first from 0, the last to the highest total."""
    lows = (0, *starts)
    highs = (*(start - 1 for start in starts), highest)
    return tuple(Band(*band) for band in zip(names, lows, highs, strict=True))
