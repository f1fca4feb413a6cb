"""What is given and when: formats, dose limits, the course and its 24 to 48 hour window."""

from .course import Window, dosing_dates, gaps_of, in_window, integration_window
from .dose import DoseCheck, History, Prepared, check_dose
from .formats import FORMATS, Format
from .therapy import TherapyForm, visit_expected
from .under_the_drug import clear_again

__all__ = [
    "FORMATS",
    "DoseCheck",
    "Format",
    "History",
    "Prepared",
    "TherapyForm",
    "Window",
    "check_dose",
    "clear_again",
    "dosing_dates",
    "gaps_of",
    "in_window",
    "integration_window",
    "visit_expected",
]
