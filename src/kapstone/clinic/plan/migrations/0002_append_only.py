"""The database refuses to change or remove these rows."""

from django.db import migrations

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]
    operations = [migrations.RunPython(*guard("plan_consent", "plan_course", "plan_dose", "plan_courseend", "plan_order"))]
