"""The candidacy rules, one file each; a new file with a RULE is found by itself."""

import importlib
import pkgutil
from functools import cache

from kapstone.care.evaluation.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in the order of its id. ValueError for an id given twice."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    found: dict[str, Rule] = {}
    for module in modules:
        rule: Rule = module.RULE
        if rule.id in found:
            raise ValueError(f"Rule id {rule.id} is given twice; each rule has its own.")
        found[rule.id] = rule
    return tuple(found[id] for id in sorted(found))
