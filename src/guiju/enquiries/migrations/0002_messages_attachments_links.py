import django.db.models.deletion
import guiju.shelf.ids
from django.db import migrations, models


def number_turns(apps, schema_editor):
    """Messages that are here already get their turn: 0, 1, 2 … under each sender's id."""
    Message = apps.get_model("enquiries", "Message")
    rows = Message.objects.exclude(unique_id="").order_by("hotel_id", "sender", "unique_id", "received_at", "id")
    last, turn = None, 0
    for row in rows.only("id", "hotel_id", "sender", "unique_id", "turn").iterator():
        key = (row.hotel_id, row.sender, row.unique_id)
        turn = turn + 1 if key == last else 0
        last = key
        if turn:
            Message.objects.filter(pk=row.pk).update(turn=turn)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0003_meal_totals'),
        ('enquiries', '0001_initial'),
        ('house', '0001_initial'),
        ('papers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=guiju.shelf.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(blank=True, max_length=10)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('refused_code', models.CharField(blank=True, max_length=40)),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'attachment',
            },
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='enquiries_message_once',
        ),
        migrations.AddField(
            model_name='enquiry',
            name='about',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='enquiries.enquiry'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='about_booking',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.booking'),
        ),
        migrations.AddField(
            model_name='message',
            name='echo_token',
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.AddField(
            model_name='message',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inner', to='enquiries.message'),
        ),
        migrations.AddField(
            model_name='message',
            name='said_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='turn',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('refused_code', ''), _negated=True), fields=['hotel', 'received_at'], name='enquiries_message_refused'),
        ),
        migrations.RunPython(number_turns, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('unique_id', ''), _negated=True), fields=('hotel', 'sender', 'unique_id', 'turn'), name='enquiries_message_turn'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.storedfile'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='hotel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.hotel'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='enquiries.message'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('refused_code', ''), _negated=True), fields=['hotel', 'received_at'], name='enquiries_attached_refused'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('message', 'order'), name='enquiries_attachment_order'),
        ),
    ]
