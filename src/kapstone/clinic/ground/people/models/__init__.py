"""The records of people: clinics, users, memberships, patients, sign-in links and signed policy."""

from .clinic import Clinic
from .patient import GivenTo, Patient
from .policy import PolicySignature, PolicyVersion
from .sign_in_link import SignInLink
from .user import Membership, User

__all__ = [
    "Clinic",
    "GivenTo",
    "Membership",
    "Patient",
    "PolicySignature",
    "PolicyVersion",
    "SignInLink",
    "User",
]
