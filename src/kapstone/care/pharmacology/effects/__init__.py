"""What concentrations are known to do, one file each; a new file with an EFFECT is found by itself.

None forecasts relief of depression: no link of concentration to it has held up.
"""

import importlib
import pkgutil

from .effect import Course, Effect, Spread

EFFECTS: dict[str, Effect] = {}
"""Every effect by id, in the order of its id."""

for _found in pkgutil.iter_modules(__path__):
    _module = importlib.import_module(f"{__name__}.{_found.name}")
    if hasattr(_module, "EFFECT"):
        EFFECTS[_module.EFFECT.id] = _module.EFFECT

__all__ = ["EFFECTS", "Course", "Effect", "Spread"]
