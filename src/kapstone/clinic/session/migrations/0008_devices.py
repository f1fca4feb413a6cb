"""What devices send and where they stand."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_clinic_state'),
        ('session', '0007_companion'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeviceMatch',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('device', models.CharField(max_length=64)),
                ('chosen_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('slots', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(null=True)),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='device_matches', to='session.treatmentsession')),
            ],
        ),
        migrations.CreateModel(
            name='Gateway',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RawInput',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('received_at', models.DateTimeField(db_index=True)),
                ('kind', models.CharField(max_length=5)),
                ('body', models.BinaryField()),
                ('refused', models.CharField(blank=True, max_length=200)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('gateway', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='session.gateway')),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('device', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('values', models.JSONField()),
                ('refused', models.CharField(blank=True, max_length=200)),
                ('taken', models.UUIDField(null=True)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.clinic')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='session.treatmentsession')),
                ('raw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='session.rawinput')),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'device', '-at'], name='offer_by_device'), models.Index(fields=['session', '-at'], name='offer_by_session')],
            },
        ),
    ]
