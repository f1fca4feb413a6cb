"""A mail that failed, or that is not so any more, may be followed by another on the same day."""

from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_money_and_reminders")]
    operations = [
        migrations.RunPython(*reversed(guard("bookings_reminder"))),
        migrations.RemoveConstraint("reminder", "one_reminder_a_day"),
        migrations.AddField("reminder", "attempt", models.PositiveSmallIntegerField(default=1)),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(fields=["patient", "day", "attempt"], name="one_reminder_an_attempt"),
        ),
        migrations.RunPython(*guard("bookings_reminder")),
    ]
