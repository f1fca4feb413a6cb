"""Devices of a dose: 28 mg each, two sprays, with a rest between two."""

from kapstone.care.evidence import claim
from kapstone.care.quantities import Mg


def devices_of(mg: Mg) -> int:
    """How many devices a dose is. ValueError for a dose that is no whole number of them."""
    each = claim("esketamine-devices").figure("mg_per_device")
    if mg.value <= 0 or mg.value % each:
        raise ValueError(f"{mg} is no whole number of devices of {Mg(each)}.")
    return int(mg.value / each)
