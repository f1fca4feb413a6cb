"""A person who signs in, and the roles they hold in clinics."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kapstone.clinic.ground.people.models.clinic import Clinic
from kapstone.clinic.ground.people.roles import Role


class UserManager(BaseUserManager["User"]):
    """Finds users by address whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this email address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One person. Staff have a passkey or a password with a second factor; patients have neither."""

    id = models.UUIDField(primary_key=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name people read."""
        return self.name


class Membership(models.Model):
    """One role of one person in one clinic, from a moment to another."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The same role is held once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "user", "role"], condition=models.Q(until=None), name="one_role_once"
            )
        ]
