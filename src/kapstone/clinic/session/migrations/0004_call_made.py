"""Who was told that something in a session waits; rows are added and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_clinic_state'),
        ('session', '0003_again'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CallMade',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('task', models.CharField(max_length=80)),
                ('step', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='session.treatmentsession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'task', 'step', 'person'), name='called_once_a_step')],
            },
        ),
        migrations.RunPython(*guard('session_callmade')),
    ]
