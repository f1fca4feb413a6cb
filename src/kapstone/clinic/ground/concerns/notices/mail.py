"""The mail that calls somebody to the inbox: neutral words only, for it may be read on a locked screen by anyone.

It names no patient, no tier and no reason. The clinic's leads, whose roles may not open the inbox, get one that asks
them to find somebody who may.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import roles_of
from kapstone.clinic.ground.people.who import may

if TYPE_CHECKING:
    from kapstone.clinic.ground.concerns.models import Notice
    from kapstone.clinic.ground.people.models import Clinic, User


def message(clinic: "Clinic", person: "User", at: Instant) -> EmailMessage:
    """The whole mail."""
    subject = f"Kapstone: something at {clinic} needs you now"
    words = f"Something at {clinic} needs you now. Open the inbox: {_address('concerns')}\n"
    if not may(Act(person, clinic, roles_of(person, clinic, at), at, "", uuid7(at)), "concern.see"):
        words = (
            f"Something at {clinic} waits, and nobody has taken it. Reach somebody who is on call, or put somebody "
            f"on the roster: {_address('roster')}\n"
        )
    return EmailMessage(subject, words, to=[person.email])


def _address(name: str) -> str:
    return settings.ADDRESS + reverse(name)


def send(notice: "Notice", at: Instant) -> str:
    """Sends a notice's mail. Gives the name of the failure, or nothing where it went out."""
    mail = message(notice.clinic, notice.person, at)
    try:
        return "" if mail.send() else "NotAccepted"
    except (OSError, ValueError) as problem:
        # SMTPException is an OSError, a bad address a ValueError. Anything else is a fault of ours: the job logs it.
        return type(problem).__name__
