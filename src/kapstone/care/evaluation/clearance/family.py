"""The kinds of test, one file each in `kinds`; a new file with a TEST is found by itself."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from . import kinds
from .kind import ClearanceTest


@cache
def clearance_tests() -> Mapping[str, ClearanceTest]:
    """Every kind by its id, in the order in which pages show them."""
    names = [f"{kinds.__name__}.{found.name}" for found in pkgutil.iter_modules(kinds.__path__)]
    found: list[ClearanceTest] = [importlib.import_module(name).TEST for name in names]
    return MappingProxyType({one.id: one for one in sorted(found, key=lambda one: one.place)})


def clearance_test(test_id: str) -> ClearanceTest:
    """One kind. KeyError for an unknown id."""
    return clearance_tests()[test_id]
