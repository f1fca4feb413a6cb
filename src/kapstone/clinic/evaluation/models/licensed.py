"""Questionnaires that a clinic holds a licence for, as FHIR R4 text with their own scoring expressions."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User


class LicensedQuestionnaire(models.Model):
    """One version of an uploaded questionnaire. Never changed; a new version is a new row."""

    SEEN_WITH = "questionnaire.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    licence = models.TextField()

    class Meta:
        """The same version is uploaded once."""

        constraints = [
            models.UniqueConstraint(fields=["clinic", "instrument", "version"], name="one_questionnaire_version")
        ]


class QuestionnaireRetired(models.Model):
    """A version is no longer handed out. What was answered on it stays."""

    SEEN_WITH = "questionnaire.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    questionnaire = models.OneToOneField(LicensedQuestionnaire, on_delete=models.PROTECT, related_name="retired")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
