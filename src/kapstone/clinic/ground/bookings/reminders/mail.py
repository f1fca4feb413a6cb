"""The mail that reminds: when and where, and no word of why. Anyone may read it on a locked screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from kapstone.care.plan.reminding import Ahead

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Clinic, Patient


def message(clinic: "Clinic", patient: "Patient", ahead: Sequence[Ahead]) -> EmailMessage:
    """The whole mail."""
    coming, gone = ([one for one in ahead if one.off is off] for off in (False, True))
    many = "appointments" if len(coming) > 1 else "an appointment"
    said = f"You have {many} at {clinic}:\n\n{_listed(clinic, coming)}\n\n" if coming else ""
    if gone:
        said += f"Cancelled, please do not come then:\n\n{_listed(clinic, gone)}\n\n"
    words = (
        f"{said}Times are those of {clinic.zone_name.replace('_', ' ')}. Another time, or no more of these mails: "
        f"{settings.ADDRESS}{reverse('my_plan')}\nOr call {clinic.phone}.\n"
    )
    changed = any(one.corrects for one in ahead)
    subject = (
        f"A change of your appointments at {clinic}" if changed else f"Your {many.removeprefix('an ')} at {clinic}"
    )
    return EmailMessage(subject, words, to=[patient.user.email])


def _listed(clinic: "Clinic", ahead: Sequence[Ahead]) -> str:
    return "\n".join(f"- {_said(clinic, one)}" for one in ahead)


def _said(clinic: "Clinic", one: Ahead) -> str:
    here = one.starts.astimezone(clinic.zone)
    return f"{here:%A}, {here:%B} {here.day}, {here.hour % 12 or 12}:{here:%M} {here:%p}".replace("AM", "am").replace(
        "PM", "pm"
    )


def send(clinic: "Clinic", patient: "Patient", ahead: Sequence[Ahead]) -> str:
    """Sends it. Gives the name of the failure, or nothing where it went out."""
    try:
        return "" if message(clinic, patient, ahead).send() else "NotAccepted"
    except (OSError, ValueError) as problem:
        # SMTPException is an OSError, a bad address a ValueError. Anything else is a fault of ours: the job logs it.
        return type(problem).__name__
