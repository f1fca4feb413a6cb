"""An enquiry is sent by anyone, and answered by the front desk with an invitation to intake."""

import json
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kapstone.clinic.ground.ledger.actions import append
from kapstone.clinic.ground.ledger.queries import details_since
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.actions import admit
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.keys import new_key
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.guide.models import Enquiry, EnquiryAnswer
from kapstone.clinic.guide.queries import enquiry_of

SEND = "enquiry.send"
MOST_FROM_ONE_DEVICE = 5
"""Enquiries an hour."""

MOST_IN_ALL = 60
"""Enquiries an hour in one clinic."""


@transaction.atomic
def enquire(act: Act, *, name: str, email: str, phone: str, message: str) -> Enquiry:
    """Takes an enquiry from the public. Anyone may, so many an hour; it is in the ledger like every action."""
    _hold_back(act)
    key, wrapped = new_key()
    enquiry_id = uuid7(act.at)
    words = json.dumps({"name": name, "email": email, "phone": phone, "message": message})
    enquiry = Enquiry.objects.create(
        id=enquiry_id,
        clinic=act.clinic,
        asked_at=act.at,
        wrapped_key=wrapped,
        words_sealed=key.seal(words, f"enquiry/words/{enquiry_id}"),
    )
    detail = {"enquiry": str(enquiry.id), "device": act.device}
    append(act.clinic.id, uuid7(act.at), act.at, SEND, detail=detail)
    return enquiry


def _hold_back(act: Act) -> None:
    """Refuses more than a few an hour from one device, and a flood from any number of them."""
    lately = details_since(act.clinic.id, SEND, act.at - timedelta(hours=1))
    mine = sum(one.get("device") == act.device for one in lately)
    if mine >= MOST_FROM_ONE_DEVICE or len(lately) >= MOST_IN_ALL:
        raise Refused(
            f"We have many questions to answer right now. Call {act.clinic.phone}, or send this in an hour."
        )


@action("enquiry.answer")
def invite(act: Act, enquiry_id: UUID, *, name: str, email: str, birth_date: date) -> Patient:
    """Admits the person who asked, so that they can sign in and begin the intake."""
    asked = enquiry_of(act, enquiry_id, "enquiry.answer")
    if asked.answered:
        raise Refused("This enquiry is already answered.")
    contact = {"phone": asked.phone, "address": "", "companion": ""}
    patient = admit(act, name=name, email=email, birth_date=birth_date, contact=contact)
    _answer(act, asked.enquiry, EnquiryAnswer.INVITED, patient)
    return patient


@action("enquiry.answer")
def close(act: Act, enquiry_id: UUID) -> None:
    """Closes an enquiry that does not lead to an intake."""
    asked = enquiry_of(act, enquiry_id, "enquiry.answer")
    if asked.answered:
        raise Refused("This enquiry is already answered.")
    _answer(act, asked.enquiry, EnquiryAnswer.CLOSED, None)


def _answer(act: Act, enquiry: Enquiry, outcome: str, patient: Patient | None) -> None:
    EnquiryAnswer.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        enquiry=enquiry,
        at=act.at,
        by=act.person,
        outcome=outcome,
        patient=patient,
    )
    sign(f"enquiry {outcome}", *([patient.id] if patient else []), enquiry=enquiry.id)
