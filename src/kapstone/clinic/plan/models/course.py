"""A course with its planned doses, from the plan to its end."""

from decimal import Decimal

from django.db import models

from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.people.models import Clinic, Patient, PolicyVersion, User


class Course(models.Model):
    """A whole series: format, dose, how many, and the therapy plan that it never goes without.

    `dosing_kg` is the weight that the dose goes by, where the prescriber picked another than the actual one.
    """

    SEEN_WITH = "course.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=20)
    indication = models.CharField(max_length=6, default="trd")
    setting = models.CharField(max_length=10, default="clinic")
    mg = models.DecimalField(max_digits=7, decimal_places=2)
    weight_kg = models.DecimalField(max_digits=5, decimal_places=1)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    weight_basis = models.CharField(max_length=8, default="actual")
    dosing_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    doses = models.PositiveSmallIntegerField()
    therapy_form = models.CharField(max_length=20)
    therapist = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    presence = models.CharField(max_length=8, default="none")
    preparation = models.PositiveSmallIntegerField(default=0)
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, null=True)
    limits = models.JSONField(default=list)
    reason_sealed = models.BinaryField(default=b"")

    @property
    def limit_kg(self) -> Decimal:
        """The weight that limits are held against: never more than the actual one."""
        return self.weight_kg if self.dosing_kg is None else min(self.dosing_kg, self.weight_kg)


class Dose(models.Model):
    """One planned dose of a course, with its booking."""

    SEEN_WITH = "course.see"
    TO_PATIENT = "course__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="planned")
    number = models.PositiveSmallIntegerField()
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT)

    class Meta:
        """A number once in a course."""

        constraints = [models.UniqueConstraint(fields=["course", "number"], name="one_dose_number")]


class DoseBegun(models.Model):
    """A planned dose began: clock zero. From here until the next morning nobody is asked for a new yes."""

    SEEN_WITH = "course.see"
    TO_PATIENT = "dose__course__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    dose = models.OneToOneField(Dose, on_delete=models.PROTECT, related_name="begun")
    at = models.DateTimeField()


class CourseEnd(models.Model):
    """A course came to its end, with a reason."""

    SEEN_WITH = "course.see"
    TO_PATIENT = "course__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    reason_sealed = models.BinaryField(default=b"")
