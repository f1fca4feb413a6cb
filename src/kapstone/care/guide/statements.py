"""A claim as the public reads it. Its words are the claim's own; how sure we are stands beside it, never left out."""

from dataclasses import dataclass

from kapstone.care.evidence import Certainty, Claim, claim

HOME: dict[str, tuple[str, ...]] = {
    "benefits": ("elekt-d-response", "mcinnes-2022-response", "karma-dep-2-response", "loss-of-response-8-weeks"),
    "harms": ("dissociation-iv", "pressure-rise-iv", "worse-after-induction", "long-term-harm"),
    "standing": ("racemic-off-label", "esketamine-approved", "integration-timing"),
}
"""The claims of the first page: harms have the same place and size as benefits."""

WORDS: dict[Certainty, str] = {
    Certainty.HIGH: "We are sure",
    Certainty.MODERATE: "We are fairly sure",
    Certainty.LOW: "We are not very sure",
    Certainty.VERY_LOW: "We do not know",
    Certainty.NOT_GRADED: "Nobody has graded how sure this is",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with how sure we are of it and how we know it."""

    claim: Claim
    sure: str
    known: str


def statement(slug: str) -> Statement:
    """One claim for the public. KeyError for a slug that the library does not hold."""
    found = claim(slug)
    return Statement(found, WORDS[found.certainty], found.standing.words)
