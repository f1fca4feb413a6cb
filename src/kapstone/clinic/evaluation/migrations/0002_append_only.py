"""The database refuses to change or remove these rows."""

from django.db import migrations

from kapstone.clinic.ground.ledger.guards import guard

TABLES = (
    "evaluation_measure",
    "evaluation_itemanswer",
    "evaluation_answers",
    "evaluation_intakesent",
    "evaluation_decision",
    "evaluation_countersign",
    "evaluation_document",
    "evaluation_testasked",
    "evaluation_teststep",
    "evaluation_licensedquestionnaire",
    "evaluation_questionnaireretired",
)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunPython(*guard(*TABLES))]
