"""A dose whose session was called off may have another; the guards are put on again, because SQLite makes the table
anew."""

import django.db.models.deletion
from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("session", "0002_append_only"), ("plan", "0001_initial")]
    operations = [
        migrations.RunPython(*reversed(guard("session_treatmentsession", "session_sessionevent"))),
        migrations.AlterField(
            "treatmentsession",
            "dose",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="treatment_sessions", to="plan.dose"
            ),
        ),
        migrations.RunPython(*guard("session_treatmentsession", "session_sessionevent")),
    ]
