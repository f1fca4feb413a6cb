"""What a medical director signs beside an emergency card; rows are added and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_clinic_state'),
        ('session', '0004_call_made'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CardLines',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('card', models.CharField(max_length=30)),
                ('words', models.TextField(blank=True)),
                ('signed_at', models.DateTimeField()),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunPython(*guard('session_cardlines')),
    ]
