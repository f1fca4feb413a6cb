"""Reads enquiries for those who answer them."""

import json
from dataclasses import dataclass
from uuid import UUID

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.keys import unwrap
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.guide.models import Enquiry


@dataclass(frozen=True, slots=True)
class Asked:
    """An enquiry, opened."""

    enquiry: Enquiry
    name: str
    email: str
    phone: str
    message: str

    @property
    def answered(self) -> bool:
        """True once somebody answered."""
        return hasattr(self.enquiry, "answer")

    @property
    def patient_id(self) -> UUID | None:
        """The patient whom this enquiry became, if it did."""
        return self.enquiry.answer.patient_id if self.answered else None


def enquiries(act: Act, most: int = 100) -> list[Asked]:
    """The newest enquiries, those that wait first."""
    found = visible(act, Enquiry).select_related("answer__patient", "answer__by").order_by("-asked_at")[:most]
    return sorted((_open(one) for one in found), key=lambda one: one.answered)


def enquiry_of(act: Act, enquiry_id: UUID, verb: str = "") -> Asked:
    """One enquiry. NotThere when it is not this actor's to see."""
    found = visible(act, Enquiry, verb).select_related("answer__patient").filter(id=enquiry_id).first()
    if found is None:
        raise NotThere("No such enquiry.")
    return _open(found)


def _open(enquiry: Enquiry) -> Asked:
    words = json.loads(unwrap(enquiry.wrapped_key).open(enquiry.words_sealed, f"enquiry/words/{enquiry.id}"))
    return Asked(enquiry, words["name"], words["email"], words["phone"], words["message"])
