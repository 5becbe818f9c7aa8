from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rates', '0002_signs_and_renewals'),
    ]

    operations = [
        migrations.AddField('agreement', 'cut_rooms', models.PositiveSmallIntegerField(default=5, verbose_name='rooms fewer without charge')),
        migrations.AddField('agreement', 'cut_rooms_large', models.PositiveSmallIntegerField(default=10, verbose_name='of groups of more than 50 rooms')),
        migrations.AddField('agreement', 'cut_notice_hours', models.PositiveSmallIntegerField(default=24, verbose_name='told so many hours before arrival')),
        migrations.AddField('agreement', 'short_percent', models.PositiveSmallIntegerField(default=100, verbose_name='percent of the nights of further rooms cut')),
        migrations.AddField('agreement', 'no_show_percent', models.PositiveSmallIntegerField(default=100, verbose_name='no-show, percent')),
        migrations.AddField('agreement', 'no_show_nights', models.PositiveSmallIntegerField(default=1, verbose_name='of so many nights, 0: all')),
        migrations.AddField(
            'agreement', 'extra_rooms',
            models.CharField(
                choices=[
                    ('agreement', "the agreement's rate"), ('paper', "the agreement's rate with the agency's paper, else the rack rate"),
                    ('rack', 'the rack rate'),
                ],
                default='paper', max_length=10, verbose_name='further rooms on arrival',
            ),
        ),
        migrations.AddConstraint(
            'agreement',
            models.CheckConstraint(condition=models.Q(('no_show_percent__lte', 100), ('short_percent__lte', 100)), name='rates_agreement_shares'),
        ),
    ]
