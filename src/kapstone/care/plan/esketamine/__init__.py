"""Esketamine by its label and its REMS: weeks, missed sessions, devices, enrolment, certification, supply."""

from .devices import devices_of
from .missed import Missed, after_missed
from .rems import Certified, Enrolment, EnrolmentState, rems_blocks
from .supply import Supply, SupplyState, may_use, missing_before
from .weeks import LabelWeek, label_gaps, label_run, label_spans, label_week

__all__ = [
    "Certified",
    "Enrolment",
    "EnrolmentState",
    "LabelWeek",
    "Missed",
    "Supply",
    "SupplyState",
    "after_missed",
    "devices_of",
    "label_gaps",
    "label_run",
    "label_spans",
    "label_week",
    "may_use",
    "missing_before",
    "rems_blocks",
]
