"""A link by email that signs a patient in once."""

from django.db import models

from kapstone.clinic.ground.people.models.user import User


class SignInLink(models.Model):
    """Only the hash of the secret is kept. Used or too old, it opens nothing."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
