import django.db.models.deletion
import guiju.shelf.ids
from django.db import migrations, models
from django.db.models import Q


def _row():
    return [
        ('id', models.UUIDField(default=guiju.shelf.ids.uuid7, editable=False, primary_key=True, serialize=False)),
        ('hotel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.hotel')),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0004_written_paper'),
        ('clients', '0001_initial'),
        ('house', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reconfirmation',
            fields=[
                *_row(),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconfirmations', to='bookings.booking')),
                ('outcome', models.CharField(choices=[('as_agreed', 'as agreed'), ('changed', 'changed'), ('no_answer', 'no answer')], max_length=10)),
                ('spoke_with', models.CharField(blank=True, max_length=80)),
                ('how', models.CharField(blank=True, max_length=20)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by_id', models.UUIDField(null=True)),
            ],
            options={'verbose_name': 'reconfirmation'},
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                *_row(),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='bookings.booking')),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client')),
                ('said_by', models.CharField(blank=True, max_length=80)),
                ('rooms', models.PositiveSmallIntegerField(null=True)),
                ('meals', models.PositiveSmallIntegerField(null=True)),
                ('service', models.PositiveSmallIntegerField(null=True)),
                ('text', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by_id', models.UUIDField(null=True)),
            ],
            options={
                'verbose_name': 'opinion',
                'indexes': [models.Index(fields=['hotel', 'client', '-at'], name='bookings_opinion_client')],
                'constraints': [
                    models.CheckConstraint(
                        condition=(Q(rooms=None) | Q(rooms__range=(1, 5))) & (Q(meals=None) | Q(meals__range=(1, 5))) & (Q(service=None) | Q(service__range=(1, 5))),
                        name='bookings_opinion_marks',
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                *_row(),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='bookings.booking')),
                ('rooms_booked', models.PositiveSmallIntegerField()),
                ('rooms_used', models.PositiveSmallIntegerField()),
                ('meals_booked', models.PositiveIntegerField(default=0)),
                ('meals_eaten', models.PositiveIntegerField(null=True)),
                ('cut_charge', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('no_show_charge', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('waived', models.CharField(blank=True, max_length=200)),
                ('because_zh', models.CharField(blank=True, max_length=300)),
                ('because_en', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by_id', models.UUIDField(null=True)),
            ],
            options={'verbose_name': 'outcome of a group'},
        ),
    ]
