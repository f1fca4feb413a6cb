"""PostgreSQL announces new lines and offers, for `edges/live`; SQLite counts commits by itself."""

from django.db import migrations, models

TABLES = ("session_sessionevent", "session_offer")


def announce(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    editor.execute(
        "CREATE OR REPLACE FUNCTION kapstone_announce() RETURNS trigger AS $$ "
        "BEGIN PERFORM pg_notify('kapstone_lines', ''); RETURN NULL; END $$ LANGUAGE plpgsql",
        params=None,
    )
    for table in TABLES:
        editor.execute(
            f"CREATE TRIGGER {table}_announce AFTER INSERT ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kapstone_announce()",
            params=None,
        )


def fall_silent(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_announce ON {table}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_clinic_state'),
        ('session', '0008_devices'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='sessionevent',
            index=models.Index(fields=['at_received'], name='event_by_receipt'),
        ),
        migrations.RunPython(announce, fall_silent),
    ]
