"""The database refuses to change or remove these rows."""

from django.db import migrations

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial")]
    operations = [migrations.RunPython(*guard("concerns_concern", "concerns_concernstep"))]
