"""The drug register; rows are added and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kapstone.clinic.ground.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_clinic_state'),
        ('session', '0005_card_lines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DrugContainer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('drug', models.CharField(max_length=60)),
                ('shape', models.CharField(max_length=10)),
                ('strength', models.DecimalField(decimal_places=3, max_digits=9)),
                ('size', models.DecimalField(decimal_places=3, max_digits=9)),
                ('ndc', models.CharField(max_length=20)),
                ('lot', models.CharField(max_length=40)),
                ('expiry', models.DateField()),
                ('schedule', models.CharField(max_length=4)),
                ('multi_dose', models.BooleanField(default=False)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('patient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
            ],
        ),
        migrations.CreateModel(
            name='RegisterLine',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('stored', models.BinaryField()),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('container', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='session.drugcontainer')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_lines', to='session.treatmentsession')),
                ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='drugcontainer',
            constraint=models.UniqueConstraint(fields=('clinic', 'number'), name='one_container_number'),
        ),
        migrations.AddConstraint(
            model_name='registerline',
            constraint=models.UniqueConstraint(fields=('clinic', 'position'), name='one_register_position'),
        ),
        migrations.RunPython(*guard('session_drugcontainer', 'session_registerline')),
    ]
