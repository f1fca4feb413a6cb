"""Cited claims: one file each in `claims/`, with the statement, the figure, its source and how we know it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources


class Certainty(StrEnum):
    """How sure the field is, in GRADE's four words."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"
    NOT_GRADED = "not graded"


class Standing(StrEnum):
    """How Kapstone knows the claim."""

    FOUND = "found"
    SECONDARY = "secondary"
    KNOWN = "known"
    DERIVED = "derived"
    ASSUMED = "assumed"

    @property
    def words(self) -> str:
        """What a reader is told."""
        return {
            Standing.FOUND: "read in the source named",
            Standing.SECONDARY: "read in a secondary source; the primary has not been checked",
            Standing.KNOWN: "from the published literature, not yet verified",
            Standing.DERIVED: "worked out by this program from published figures; not itself published",
            Standing.ASSUMED: "an assumption of this program; no source was found",
        }[self]


@dataclass(frozen=True, slots=True)
class Claim:
    """One cited statement."""

    slug: str
    statement: str
    source: str
    url: str
    standing: Standing
    certainty: Certainty
    read_on: str
    review_by: str
    population: str
    figures: Mapping[str, Decimal]

    def figure(self, name: str) -> Decimal:
        """A number of this claim. KeyError when the claim does not hold it."""
        return self.figures[name]


@cache
def claims() -> Mapping[str, Claim]:
    """Every claim of the library by slug."""
    found: dict[str, Claim] = {}
    for file in (resources.files(__package__) / "claims").iterdir():
        if file.name.endswith(".toml"):
            slug = file.name.removesuffix(".toml")
            found[slug] = _read(slug, file.read_text("utf-8"))
    return dict(sorted(found.items()))


def claim(slug: str) -> Claim:
    """One claim. KeyError for a slug that no file holds."""
    return claims()[slug]


def _read(slug: str, text: str) -> Claim:
    body = tomllib.loads(text, parse_float=Decimal)
    return Claim(
        slug=slug,
        statement=body["statement"],
        source=body["source"],
        url=body.get("url", ""),
        standing=Standing(body["standing"]),
        certainty=Certainty(body["certainty"]),
        read_on=body["read_on"],
        review_by=body["review_by"],
        population=body.get("population", ""),
        figures={name: Decimal(value) for name, value in body.get("figures", {}).items()},
    )
