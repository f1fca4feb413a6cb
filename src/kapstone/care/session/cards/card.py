"""What an emergency card is: when it is taken, and its steps in order, in words that are read aloud.

Each member of this folder holds one CARD; they are found here, so adding one is adding a file. No card names a drug's
dose: a clinic writes those beside it, and its medical director signs them. All steps are a default that no director
has signed, and none of them is a published guideline's text.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kapstone.care.evidence.reasons import marked


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `key` stands in the record, `words` on the page."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `place` orders them on the page, the most urgent first; `calls_911` says so in its first line."""

    id: str
    place: int
    name: str
    when: str
    steps: tuple[Step, ...]
    calls_911: bool = True


@cache
def _cards() -> Mapping[str, Card]:
    package = importlib.import_module(__package__)
    found: list[Card] = []
    for one in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{__package__}.{one.name}")
        found.extend([module.CARD] if hasattr(module, "CARD") else [])
    return {card.id: card for card in sorted(found, key=lambda card: card.place)}


def cards() -> Mapping[str, Card]:
    """Every card by its id, the most urgent first."""
    return _cards()


STOP_FIRST = Step("stop", marked("Stop the drug as this format is stopped. Note the time."))
CALL_911 = Step("call_911", marked("Call 911. Say: adult, ketamine given, where we are, which door."))
STAY = Step("stay", marked("One person stays at the head and talks to the patient."))
SOMEBODY_WRITES = Step("writer", marked("One person only writes: each step as it is done."))
