import django.db.models.deletion
import guiju.shelf.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('house', '0001_initial'),
        ('papers', '0002_links_for_phones'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tick',
            fields=[
                ('id', models.UUIDField(default=guiju.shelf.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=30)),
                ('subject_id', models.CharField(max_length=60)),
                ('clause', models.CharField(max_length=60)),
                ('rule', models.CharField(max_length=40)),
                ('item', models.CharField(max_length=60)),
                ('department', models.CharField(blank=True, max_length=30)),
                ('proof', models.CharField(default='tick', max_length=10)),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='value')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('done_at', models.DateTimeField()),
                ('done_by_id', models.UUIDField(null=True)),
                ('done_by_name', models.CharField(blank=True, max_length=60)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by_id', models.UUIDField(null=True)),
                ('undone_reason', models.CharField(blank=True, max_length=200)),
                ('hotel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.hotel')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.storedfile')),
            ],
            options={
                'verbose_name': 'item done',
                'indexes': [models.Index(fields=['hotel', 'subject_kind', 'subject_id'], name='checklists_subject')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('hotel', 'subject_kind', 'subject_id', 'clause', 'rule', 'item'), name='checklists_tick_once')],
            },
        ),
    ]
