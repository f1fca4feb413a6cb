"""Which touch a patient agreed to; append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_clinic_state'),
        ('plan', '0006_waiting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TouchAgreed',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('touch', models.CharField(max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='touch_agreed', to='people.patient')),
            ],
        ),
        migrations.RunPython(*guard("plan_touchagreed")),
    ]
