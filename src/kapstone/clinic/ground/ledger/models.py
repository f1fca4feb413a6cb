"""The ledger's rows. A chain for each clinic; rows are added and never changed (the database refuses it)."""

from django.db import models


class LedgerHead(models.Model):
    """Where a clinic's chain ends. Locked while a row is added, so that two rows never follow the same one."""

    clinic_id = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)


class LedgerRow(models.Model):
    """One action, or one page opened. `stored` is what is hashed; the other columns repeat it for searching."""

    id = models.UUIDField(primary_key=True)
    clinic_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    patient_ids = models.JSONField(default=list)
    stored = models.BinaryField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """One number once in each clinic."""

        constraints = [models.UniqueConstraint(fields=["clinic_id", "number"], name="one_row_a_number")]
        indexes = [models.Index(fields=["clinic_id", "at"])]
