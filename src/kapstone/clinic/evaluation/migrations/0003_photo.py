"""A patient's photo; append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0002_append_only'),
        ('people', '0003_clinic_state'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('removed', models.BooleanField(default=False)),
                ('body_sealed', models.BinaryField(default=b'')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='people.patient')),
            ],
        ),
        migrations.RunPython(*guard("evaluation_photo")),
    ]
