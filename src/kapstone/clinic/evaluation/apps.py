"""Tells Django of this room."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Intake, questionnaires and the clinician's decision."""

    name = "kapstone.clinic.evaluation"
    label = "evaluation"
