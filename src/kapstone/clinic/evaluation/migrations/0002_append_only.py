"""The database refuses to change or remove these rows."""

from django.db import migrations

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunPython(*guard("evaluation_measure", "evaluation_answers", "evaluation_intakesent", "evaluation_decision"))]
