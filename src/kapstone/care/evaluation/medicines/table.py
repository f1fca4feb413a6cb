"""The table of ingredients: their names, their classes, and what a rule must know of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient, or a class that a patient may name without the drug. Names are in lower case."""

    id: str
    names: tuple[str, ...]
    classes: frozenset[str]
    lorazepam_mg: Decimal | None = None


@cache
def ingredients() -> Mapping[str, Ingredient]:
    """Every ingredient by its id."""
    text = (resources.files(__package__) / "table.toml").read_text("utf-8")
    body = tomllib.loads(text, parse_float=Decimal)
    return MappingProxyType({id: _ingredient(id, each) for id, each in body.items()})


def recognise(name: str) -> Ingredient | None:
    """The ingredient that a name means, whatever its case, dose or form; None for a name the table lacks."""
    words = " ".join(name.casefold().split())
    found = _by_name().get(words)
    return found or next((_by_name()[word] for word in words.split() if word in _by_name()), None)


@cache
def _by_name() -> Mapping[str, Ingredient]:
    known: dict[str, Ingredient] = {}
    for each in ingredients().values():
        for name in (each.id, *each.names):
            if known.setdefault(name, each) is not each:
                raise ValueError(f"“{name}” names both {known[name].id} and {each.id}; a name means one ingredient.")
    return MappingProxyType(known)


def _ingredient(id: str, body: Mapping[str, object]) -> Ingredient:
    names, classes, equivalent = body.get("names", []), body["classes"], body.get("lorazepam_mg")
    assert isinstance(names, list) and isinstance(classes, list)
    return Ingredient(id, tuple(names), frozenset(classes), None if equivalent is None else Decimal(str(equivalent)))
