"""Reads the topics on which published numbers disagree, and asks the models here what they say of the same dose."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from kapstone.care.pharmacology.assemble import assembled, values_of, varied
from kapstone.care.pharmacology.linear import solve
from kapstone.care.pharmacology.models import model as model_by_id
from kapstone.care.pharmacology.person import Person
from kapstone.care.pharmacology.regimen import Basis, Drug, dose

ADULT = Person(70, 40)
MINUTES = np.arange(0, 241, 0.5)


@dataclass(frozen=True, slots=True)
class Said:
    """One number as somebody prints it, or as a model here works it out."""

    what: str
    value: str
    site: str
    source: str
    standing: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One question with its answers side by side."""

    title: str
    unit: str
    says: str
    rows: tuple[Said, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic in the order of the file."""
    text = (resources.files(__package__) / "disagreements.toml").read_text("utf-8")
    return tuple(
        Topic(one["title"], one["unit"], one["says"], tuple(_said(one, row) for row in one["rows"]))
        for one in tomllib.loads(text)["topics"]
    )


def _said(topic: Mapping[str, Any], row: Mapping[str, Any]) -> Said:
    if "model" not in row:
        return Said(row["what"], row["value"], row.get("site", ""), row["source"], row["standing"])
    used = model_by_id(row["model"])
    regimen = dose(Drug(used.drug), Basis.BASE, topic["route"], row.get("mg", topic.get("mg")), topic["over_min"])
    system = assembled(used, values_of(used, ADULT, regimen, np.zeros((len(varied(used)), 1))), regimen)
    peak = float(solve(system, MINUTES / 60)[0].max())
    return Said(row["what"], f"{peak:.0f}", used.parent.site, used.cites, "worked out here")
