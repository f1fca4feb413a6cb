"""Which published model answers for a drug by a route, and which others it is held against."""

from collections.abc import Mapping

from kapstone.care.pharmacology.person import Refusal
from kapstone.care.pharmacology.regimen import Regimen

DEFAULTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("ketamine", "iv"): ("kamp-2020", "clements-1981"),
    ("ketamine", "im"): ("composed-im",),
    ("ketamine", "sc"): ("composed-sc",),
    ("ketamine", "sl"): ("composed-sl",),
    ("ketamine", "po"): ("composed-po",),
    ("ketamine", "in-racemic"): ("composed-in-racemic",),
    ("esketamine", "in-esketamine"): ("perez-ruixo-2021",),
    ("esketamine", "iv"): ("simons-2022", "otto-2021"),
    ("esketamine", "sl"): ("simons-2022",),
    ("esketamine", "po"): ("ashraf-2018", "perez-ruixo-2021"),
}
"""The first is taken; the rest widen its outer band."""


def default_models(regimen: Regimen) -> tuple[str, ...]:
    """The ids for this drug and route, the one that is taken first. Refusal where there is none."""
    found = DEFAULTS.get((regimen.drug, regimen.route))
    if found is None:
        raise Refusal(f"There is no model of {regimen.drug} by {regimen.route}.")
    return found


def pairs(regimen: Regimen) -> tuple[str, ...]:
    """The same, and nothing where there is none."""
    return DEFAULTS.get((regimen.drug, regimen.route), ())
