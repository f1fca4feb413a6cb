"""The database refuses to change or remove these rows."""

from django.db import migrations

from kapstone.clinic.ground.ledger.guards import guard

TABLES = (
    "plan_consent",
    "plan_consentstep",
    "plan_consentwithdrawn",
    "plan_coststatement",
    "plan_course",
    "plan_dose",
    "plan_dosebegun",
    "plan_courseend",
    "plan_order",
)


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]
    operations = [migrations.RunPython(*guard(*TABLES))]
