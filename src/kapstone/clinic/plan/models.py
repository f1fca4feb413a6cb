"""Consent, courses, planned doses and orders. Signed when made; a change is a new row that names the old one."""

from django.db import models

from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.people.models import Clinic, Patient, PolicyVersion, User


class Consent(models.Model):
    """The patient agreed to the text of one medicine, with name and time.

    `body` is the whole text as it was shown; `tries` holds the answers to each question, in order.
    """

    SEEN_WITH = "consent.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    at = models.DateTimeField()
    drug = models.CharField(max_length=12)
    text_version = models.CharField(max_length=20)
    text_digest = models.CharField(max_length=64)
    body = models.TextField()
    tries = models.JSONField(default=dict)
    signed_name = models.CharField(max_length=120)


class ConsentStep(models.Model):
    """A step on the way to a signature: a page read, a question answered, or a word that is not a yes."""

    SEEN_WITH = "consent.see"
    TO_PATIENT = "patient"

    PAGE = "page"
    ANSWER = "answer"
    TALK = "talk"
    NO = "no"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consent_steps")
    at = models.DateTimeField()
    drug = models.CharField(max_length=12)
    text_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=6)
    key = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    right = models.BooleanField(null=True)


class ConsentWithdrawn(models.Model):
    """The patient took a consent back. It never needs a reason."""

    SEEN_WITH = "consent.see"
    TO_PATIENT = "consent__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawn")
    at = models.DateTimeField()


class CostStatement(models.Model):
    """What the clinic tells patients about cost, word for word part of the text they sign. The newest counts."""

    SEEN_WITH = "cost.state"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()


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
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, null=True)
    limits = models.JSONField(default=list)
    reason_sealed = models.BinaryField(default=b"")


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


class Order(models.Model):
    """A prescriber's order for one dose day: the dose itself, or a medicine to give if needed."""

    SEEN_WITH = "order.see"
    TO_PATIENT = "dose__course__patient"

    DOSE = "dose"
    PRN = "prn"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    dose = models.ForeignKey(Dose, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=5)
    drug = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=8, decimal_places=3)
    unit = models.CharField(max_length=10)
    trigger = models.CharField(max_length=120, blank=True)
    most_times = models.PositiveSmallIntegerField(default=1)
    strength = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    bag_ml = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    over_min = models.PositiveSmallIntegerField(null=True)
    expires_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    limits = models.JSONField(default=list)
    reason_sealed = models.BinaryField(default=b"")
