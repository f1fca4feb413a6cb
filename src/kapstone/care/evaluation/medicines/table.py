"""The table of ingredients: their names, their classes, and what a rule must know of them.

`names/` holds one file for each part of the body or use: a block is a class, `also` are further classes of all its
members, and each line is an ingredient with its other names. The block `combinations` holds products with the
ingredients they are made of. Classes come from general pharmacology and are not verified here.
"""

import difflib
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

COMBINATIONS, ALSO = "combinations", "also"
LONGEST = 4
"""A name has at most this many words."""
HOW_OFTEN = re.compile(r"\b[0-9]+ (?:times|x)\b")
"""“3 times a day” after a name is no part of it, though a product of that number may exist."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient, or a class that a patient may name without the drug. Names are plain and in lower case."""

    id: str
    names: tuple[str, ...]
    classes: frozenset[str]
    lorazepam_mg: Decimal | None = None


@cache
def ingredients() -> Mapping[str, Ingredient]:
    """Every ingredient by its id."""
    names: dict[str, list[str]] = defaultdict(list)
    classes: dict[str, set[str]] = defaultdict(set)
    for file in _files():
        for block, lines in file.items():
            if block == COMBINATIONS:
                continue
            for id, others in lines.items():
                if id != ALSO:
                    names[id] += others
                    classes[id] |= {block, *lines.get(ALSO, ())}
    same = _equivalents()
    return MappingProxyType(
        {id: Ingredient(id, tuple(names[id]), frozenset(classes[id]), same.get(id)) for id in sorted(classes)}
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed name means: its ingredients, and the words that are neither a name nor a dose, form or time."""

    ingredients: tuple[Ingredient, ...]
    unplaced: tuple[str, ...]


@lru_cache(maxsize=4096)
def read_name(name: str) -> Reading:
    """Reads a name, whatever its case, dose or form. Only whole names count: a misspelt one is never a guess."""
    words = HOW_OFTEN.sub(" ", plain_name(name)).split()
    found: dict[str, Ingredient] = {}
    unplaced = []
    start = 0
    while start < len(words):
        length, meant = _longest(words[start : start + LONGEST])
        found |= {each.id: each for each in meant}
        if not meant and not words[start].isdigit() and words[start] not in beside_a_name():
            unplaced.append(words[start])
        start += length
    return Reading(tuple(found.values()), tuple(unplaced))


def recognise(name: str) -> tuple[Ingredient, ...]:
    """The ingredients that a name means; none for a name the table lacks."""
    return read_name(name).ingredients


@cache
def beside_a_name() -> frozenset[str]:
    """Words that stand beside the name of a medicine and say nothing of what is in it: dose, form, time, salt."""
    return frozenset((resources.files(__package__) / "beside_a_name.txt").read_text("utf-8").split())


def nearest(name: str) -> tuple[str, ...]:
    """Names of the table that look like this one, for a page that asks which was meant."""
    return tuple(difflib.get_close_matches(plain_name(name), _by_name(), n=3, cutoff=0.8))


def plain_name(name: str) -> str:
    """A name in small letters, without accents and marks, figures apart from letters."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z]+|[0-9]+", bare.replace("'", "")))


def _longest(words: list[str]) -> tuple[int, tuple[Ingredient, ...]]:
    for length in range(len(words), 0, -1):
        meant = _by_name().get(" ".join(words[:length]))
        if meant:
            return length, meant
    return 1, ()


@cache
def _by_name() -> Mapping[str, tuple[Ingredient, ...]]:
    known: dict[str, tuple[Ingredient, ...]] = {}
    for each in ingredients().values():
        for name in (each.id, *each.names):
            if known.setdefault(plain_name(name), (each,)) != (each,):
                raise ValueError(f"“{name}” names two ingredients, one of them {each.id}; a name means one.")
    products = {
        plain_name(product): tuple(ingredients()[part] for part in parts)
        for file in _files()
        for product, parts in file.get(COMBINATIONS, {}).items()
    }
    if twice := known.keys() & products.keys():
        raise ValueError(f"{', '.join(sorted(twice))}: a product and an ingredient of the same name.")
    return MappingProxyType(known | products)


def _files() -> Iterator[Mapping[str, Mapping[str, list[str]]]]:
    for file in sorted((resources.files(__package__) / "names").iterdir(), key=lambda one: one.name):
        yield tomllib.loads(file.read_text("utf-8"))


def _equivalents() -> Mapping[str, Decimal]:
    text = (resources.files(__package__) / "lorazepam_equivalents.toml").read_text("utf-8")
    body = tomllib.loads(text, parse_float=Decimal)
    return {id: Decimal(value) for id, value in body["mg"].items()}
