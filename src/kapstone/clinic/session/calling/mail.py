"""The mail that calls somebody to a chair: neutral words only, for it may be read on a locked screen by anyone."""

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
    from kapstone.clinic.ground.people.models import Clinic, User


def message(clinic: "Clinic", person: "User", at: Instant) -> EmailMessage:
    """The whole mail. Whoever may not look into the rooms is asked to find somebody who may."""
    subject = f"Kapstone: somebody at {clinic} waits for you now"
    words = f"Somebody at {clinic} waits, and nobody has answered. Look in the rooms: {settings.ADDRESS}"
    words += reverse("chairs")
    if not may(Act(person, clinic, roles_of(person, clinic, at), at, "", uuid7(at)), "session.see"):
        words = f"Somebody at {clinic} waits, and nobody has answered. Reach somebody who is in the rooms now."
    return EmailMessage(subject, f"{words}\n", to=[person.email])


def send(clinic: "Clinic", person: "User", at: Instant) -> str:
    """Sends it. Gives the name of the failure, or nothing where it went out. The next step tells again anyhow."""
    try:
        return "" if message(clinic, person, at).send() else "NotAccepted"
    except (OSError, ValueError) as problem:
        return type(problem).__name__
