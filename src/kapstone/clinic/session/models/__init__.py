"""The records of the session room."""

from kapstone.clinic.session.models.call import CallMade
from kapstone.clinic.session.models.card import CardLines
from kapstone.clinic.session.models.companion import Companion
from kapstone.clinic.session.models.device import DeviceMatch, Gateway, Offer, RawInput
from kapstone.clinic.session.models.register import DrugContainer, RegisterLine
from kapstone.clinic.session.models.treatment import SessionEvent, TreatmentSession

__all__ = [
    "CallMade",
    "CardLines",
    "Companion",
    "DeviceMatch",
    "DrugContainer",
    "Gateway",
    "Offer",
    "RawInput",
    "RegisterLine",
    "SessionEvent",
    "TreatmentSession",
]
