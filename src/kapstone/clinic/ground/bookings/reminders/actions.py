"""Writes who is reminded of what, and what became of the mail. The program does it; patients may say no to it."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from kapstone.care.plan.reminding import Ahead
from kapstone.clinic.ground.bookings.models import MailChoice, Reminded, Reminder, ReminderSent
from kapstone.clinic.ground.bookings.reminders.queries import AGAIN_AFTER
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import action, own_action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import me


@own_action("reminder.send")
def begin_reminder(act: Act, patient: Patient, ahead: Sequence[Ahead]) -> Reminder | None:
    """Claims today's next mail to a patient. Whoever writes this line sends it; None where another was faster."""
    day = act.at.astimezone(act.clinic.zone).date()
    before = Reminder.objects.filter(patient=patient, day=day)
    if before.filter(at__gt=act.at - AGAIN_AFTER, sent=None).exists():
        sign("reminder already claimed", patient.id)
        return None
    try:
        with transaction.atomic():
            made = Reminder.objects.create(
                id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, day=day, attempt=before.count() + 1
            )
    except IntegrityError:
        sign("reminder already claimed", patient.id)
        return None
    for one in ahead:
        Reminded.objects.create(
            id=uuid7(act.at), clinic=act.clinic, reminder=made, booking_id=one.booking, starts_at=one.starts
        )
    sign("reminder begun", patient.id, reminder=made.id, bookings=len(ahead))
    return made


@own_action("reminder.send")
def end_reminder(act: Act, reminder: Reminder, failure: str = "") -> None:
    """Writes what became of a mail: sent, or failed with the name of the failure."""
    ReminderSent.objects.create(
        id=uuid7(act.at), clinic=act.clinic, reminder=reminder, at=act.at, failure=failure[:60]
    )
    sign("reminder failed" if failure else "reminder sent", reminder.patient_id, reminder=reminder.id)


def silence_within(act: Act, patient: Patient) -> None:
    """No more mails go to this address, as part of another action: the patient has died."""
    MailChoice.objects.create(id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, wanted=False)


@action("booking.move_own")
def choose_mail(act: Act, wanted: bool) -> MailChoice:
    """The patient wants mails that remind, or wants none."""
    patient = me(act)
    made = MailChoice.objects.create(id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, wanted=wanted)
    sign("reminders wanted" if wanted else "no reminders wanted", patient.id)
    return made
