"""Ways of working in integration, one file each, with what is known of each beside ketamine."""

import importlib
import pkgutil

from .modality import Modality

_found = [importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]
MODALITIES: dict[str, Modality] = {
    module.MODALITY.id: module.MODALITY for module in _found if hasattr(module, "MODALITY")
}
"""Every modality by id."""

__all__ = ["MODALITIES", "Modality"]
