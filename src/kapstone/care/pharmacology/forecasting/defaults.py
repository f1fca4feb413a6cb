"""Which published model answers for a drug by a route, and which others it is held against."""

from collections.abc import Mapping

from kapstone.care.pharmacology.person import Person, Refusal
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


OLDER_FROM = 60
OLDER: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("esketamine", "iv"): ("perez-ruixo-2021", "simons-2022", "otto-2021"),
}
"""Beyond this age, where one model has older people and the usual one has not."""


def default_models(regimen: Regimen, person: Person | None = None) -> tuple[str, ...]:
    """The ids for this drug and route, the one that is taken first. Refusal where there is none."""
    found = pairs(regimen, person)
    if not found:
        raise Refusal(f"There is no model of {regimen.drug} by {regimen.route}.")
    return found


def pairs(regimen: Regimen, person: Person | None = None) -> tuple[str, ...]:
    """The same, and nothing where there is none."""
    way = (regimen.drug, regimen.route)
    older = person is not None and person.age_years is not None and person.age_years > OLDER_FROM
    return OLDER.get(way, DEFAULTS.get(way, ())) if older else DEFAULTS.get(way, ())
