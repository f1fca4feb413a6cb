"""Consent, courses, planned doses and orders. Signed when made; a change is a new row that names the old one."""

from .authorisation import PayerAuthorisation
from .consent import Consent, ConsentStep, ConsentWithdrawn, CostStatement
from .course import Course, CourseEnd, Dose, DoseBegun
from .esketamine import EnrolmentStep, Kit, KitStep, SiteCertificate
from .licence import HeldLicence, LicenceEnded
from .order import DoseHeld, Order
from .touch import TouchAgreed
from .waiting import Waiting, WaitingEnded

__all__ = [
    "Consent",
    "ConsentStep",
    "ConsentWithdrawn",
    "CostStatement",
    "Course",
    "CourseEnd",
    "Dose",
    "DoseBegun",
    "DoseHeld",
    "EnrolmentStep",
    "HeldLicence",
    "Kit",
    "KitStep",
    "LicenceEnded",
    "Order",
    "PayerAuthorisation",
    "SiteCertificate",
    "TouchAgreed",
    "Waiting",
    "WaitingEnded",
]
