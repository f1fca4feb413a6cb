"""Who was told that something in a session waits."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User
from kapstone.clinic.session.models.treatment import TreatmentSession


class CallMade(models.Model):
    """Somebody was told that something in a session waits: of which task, at which step, and whether a mail went out.

    One row for each (session, task, step, person), whoever writes it first; whoever writes it sends the mail.
    """

    SEEN_WITH = "session.see"
    TO_PATIENT = "session__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, related_name="calls")
    task = models.CharField(max_length=80)
    step = models.PositiveIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The same person is told once at each step, also when two loops run at once."""

        constraints = [
            models.UniqueConstraint(fields=["session", "task", "step", "person"], name="called_once_a_step")
        ]
