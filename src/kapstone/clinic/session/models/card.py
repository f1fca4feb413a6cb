"""What a medical director signs beside an emergency card."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User


class CardLines(models.Model):
    """What a clinic's medical director wrote beside an emergency card, such as drugs with their doses, and signed.

    Never changed; the newest of a card counts. Empty words take back what stood there.
    """

    SEEN_WITH = "session.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    card = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
