"""Intake, questionnaires and the clinician's decision."""
