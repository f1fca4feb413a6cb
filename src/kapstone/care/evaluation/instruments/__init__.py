"""The questionnaires that ship, one file each; a new file with an INSTRUMENT is found by itself."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from .questionnaire import Band, Difficulty, Instrument, Item, Option, wording_sha256

__all__ = [
    "Band",
    "Difficulty",
    "Instrument",
    "Item",
    "Option",
    "instrument",
    "instruments",
    "wording_sha256",
]


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument that ships, by id."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = [module.INSTRUMENT for module in modules if hasattr(module, "INSTRUMENT")]
    return MappingProxyType({each.id: each for each in sorted(found, key=lambda each: str(each.id))})


def instrument(id: str) -> Instrument:
    """One instrument. KeyError for an id that does not ship."""
    return instruments()[id]
