"""The formats: one file each. A format is a drug by a route, with its own clock and its own meaning of "stop".

Where it is given, clinic or home, is a second axis and off by default.
"""

import importlib
import pkgutil

from .format import Format

FORMATS: dict[str, Format] = {}
"""Every format by id, in the order in which a clinic lists them."""

for _found in pkgutil.iter_modules(__path__):
    _module = importlib.import_module(f"{__name__}.{_found.name}")
    if hasattr(_module, "FORMAT"):
        FORMATS[_module.FORMAT.id] = _module.FORMAT
FORMATS = dict(sorted(FORMATS.items(), key=lambda pair: pair[1].place))

__all__ = ["FORMATS", "Format"]
