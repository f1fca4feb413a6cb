"""The benchmarks, one file an area; a new file with a `results` function is found by itself."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping

from .timing import Result, Skipped

Bench = Callable[[float], "list[Result | Skipped]"]
"""Runs an area for about so many seconds a figure."""


def benches() -> Mapping[str, Bench]:
    """Every area by name."""
    modules = {
        found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    }
    return {name: module.results for name, module in modules.items() if hasattr(module, "results")}
