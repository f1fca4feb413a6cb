"""What a questionnaire is: its exact wording, the answers it offers, its bands, and its notice."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One question. The link id is the LOINC code with a leading slash, as public FHIR examples have it."""

    link_id: str
    text: str
    loinc: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be ticked, with the points it gives."""

    value: int
    text: str
    loinc: str


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of totals, both ends included."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The unscored question on how hard the problems made daily life."""

    link_id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire. The wording is the instrument: reproduced unchanged, never translated here."""

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
    loinc: str
    loinc_total: str
    source: str
    prorate_up_to: int
    safety_items: tuple[str, ...] = ()
    difficulty: Difficulty | None = None

    @property
    def highest(self) -> int:
        """The most points one item can give."""
        return max(option.value for option in self.options)

    @property
    def by_link_id(self) -> Mapping[str, Item]:
        """The items by their link id."""
        return {item.link_id: item for item in self.items}

    def band(self, total: int) -> str:
        """The name of the band of a total. ValueError outside the instrument's range."""
        for band in self.bands:
            if band.low <= total <= band.high:
                return band.name
        raise ValueError(
            f"{total} is no {self.title} total; it runs from {self.bands[0].low} to {self.bands[-1].high}."
        )


def wording_sha256(items: tuple[Item, ...]) -> str:
    """SHA-256 of the item texts, one a line: what proves that a wording is unchanged."""
    return hashlib.sha256("\n".join(item.text for item in items).encode()).hexdigest()


def items_from(pairs: tuple[tuple[str, str], ...]) -> tuple[Item, ...]:
    """Items from (LOINC code, text) pairs in the order they are asked."""
    return tuple(Item(f"/{code}", text, code) for code, text in pairs)


def bands_from(names: tuple[str, ...], starts: tuple[int, ...], highest: int) -> tuple[Band, ...]:
    """Bands that follow each other without a gap, the first from 0, the last to the highest total."""
    lows = (0, *starts)
    highs = (*(start - 1 for start in starts), highest)
    return tuple(Band(*band) for band in zip(names, lows, highs, strict=True))
