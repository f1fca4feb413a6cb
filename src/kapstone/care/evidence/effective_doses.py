"""The table of minimum effective doses of antidepressants, with its source and how it is known."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from .claims import Standing


@dataclass(frozen=True, slots=True)
class EffectiveDoses:
    """Daily doses in mg by ingredient."""

    source: str
    standing: Standing
    daily_mg: Mapping[str, Decimal]


@cache
def effective_doses() -> EffectiveDoses:
    """The table that ships."""
    text = (resources.files(__package__) / "minimum_effective_doses.toml").read_text("utf-8")
    body = tomllib.loads(text, parse_float=Decimal)
    doses = {id: Decimal(mg) for id, mg in body["daily_mg"].items()}
    return EffectiveDoses(body["source"], Standing(body["standing"]), doses)
