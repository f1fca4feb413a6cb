"""One dose: what was entered, how it is drawn up, which weight it goes by, and the limits it touches."""

from .entered import Entered, Said, Unit, entered
from .limits import DoseCheck, History, Hold, Limited, check_dose
from .prepared import DEVICE_MG, Prepared
from .ramp import Step, one_step_up
from .weights import Sex, WeightBasis, Weights, weights

__all__ = [
    "DEVICE_MG",
    "DoseCheck",
    "Entered",
    "History",
    "Hold",
    "Limited",
    "Prepared",
    "Said",
    "Sex",
    "Step",
    "Unit",
    "WeightBasis",
    "Weights",
    "check_dose",
    "entered",
    "one_step_up",
    "weights",
]
