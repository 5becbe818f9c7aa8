"""Messages that came in, enquiries being answered, and the replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.enquiries.scans import Scan
from guiju.shelf.models import HotelRow, VersionedRow

__all__ = ["Attachment", "Enquiry", "Message", "Reply", "Scan"]


class Message(HotelRow):
    """What arrived, unchanged: the original's file, who sent it, and the identity that makes a repeat a repeat."""

    channel = models.CharField(max_length=12)
    form = models.CharField(max_length=20)  # reservation | request | modification | cancellation | text | scan | note | auto | returned
    sender = models.CharField(max_length=200, blank=True)
    unique_id = models.CharField(max_length=120, blank=True)
    business_hash = models.CharField(max_length=64)
    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    subject_line = models.CharField(max_length=300, blank=True)
    mail_message_id = models.CharField(max_length=300, blank=True)
    pages = models.JSONField(default=list)  # stored file ids of page images
    received_at = models.DateTimeField()
    refused_code = models.CharField(max_length=40, blank=True)
    refused_why = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="inner")  # the mail it hung on
    turn = models.PositiveSmallIntegerField(default=0)  # the how manieth content under this id: 0, 1, 2 …
    said_at = models.DateTimeField(null=True)  # when the sender wrote it, as far as he says
    echo_token = models.CharField(max_length=128, blank=True)
    # what the client, his machine or the mail system wrote back: the request it belongs to
    answers = models.ForeignKey("Enquiry", on_delete=models.PROTECT, null=True, related_name="heard")
    seen_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "sender", "unique_id", "turn"], condition=~Q(unique_id=""), name="enquiries_message_turn")
        ]
        indexes = [
            models.Index(fields=["hotel", "received_at"], condition=~Q(refused_code=""), name="enquiries_message_refused"),
        ]


class Attachment(HotelRow):
    """A file that hung on a mail: kept under its hash; `why` says why it was not read, empty when it was."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, blank=True)  # what it really is: pdf, xml, html, xlsx …
    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    refused_code = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("attachment")
        constraints = [models.UniqueConstraint(fields=["message", "order"], name="enquiries_attachment_order")]
        indexes = [
            models.Index(fields=["hotel", "received_at"], condition=~Q(refused_code=""), name="enquiries_attached_refused"),
        ]


class Enquiry(VersionedRow):
    """A request being answered: the facts read from it, checked by a person, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        ANSWERED = "answered", _("answered")
        BOOKED = "booked", _("booked")
        REGRETTED = "regretted", _("regretted")
        WITHDRAWN = "withdrawn", _("withdrawn")
        MERGED = "merged", _("merged")

    number = models.CharField(max_length=20)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="enquiries")
    channel = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, default="fit")  # fit | group | series | longstay | function
    form = models.CharField(max_length=20, default="request")  # request | modification | cancellation
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, related_name="enquiries")
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey("rates.Agreement", on_delete=models.PROTECT, null=True, related_name="+")
    client_name = models.CharField(max_length=160, blank=True)
    contact_name = models.CharField(max_length=80, blank=True)
    reply_to = models.CharField(max_length=200, blank=True)  # e-mail address or fax number
    lang = models.CharField(max_length=10, default="zh-hans")
    arrival_on = models.DateField(null=True)
    departure_on = models.DateField(null=True)
    persons = models.PositiveSmallIntegerField(null=True)
    rooms = models.JSONField(default=dict)  # {room type code: number}
    summary = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=dict)  # {name: {"value", "sure", "places", "why", "confirmed_by", "confirmed_at"}}
    handler = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    waiting_since_at = models.DateTimeField(null=True)  # the client asked us to wait
    heard_at = models.DateTimeField(null=True)  # when something last came back on it: a letter of the client's, a machine's, a report
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # a modification or cancellation: the request it changes, and the booking that came of it
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    about_booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.JSONField(default=dict)  # the manager's: {"accept", "rates", "terms", "by", "at"}
    draft = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        constraints = [models.UniqueConstraint(fields=["hotel", "number"], name="enquiries_enquiry_number")]
        indexes = [
            models.Index(fields=["hotel", "state", "received_at"], name="enquiries_enquiry_queue"),
            models.Index(fields=["hotel", "client"], name="enquiries_by_client"),
        ]


class Reply(HotelRow):
    """An answer to an enquiry; it counts from the moment it really left."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("confirmation")
        QUOTATION = "quotation", _("quotation")
        COUNTER_OFFER = "counter_offer", _("counter-offer")
        REGRET = "regret", _("regret")

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, null=True, related_name="replies")
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True, related_name="replies")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    channel = models.CharField(max_length=10)  # mail | fax | letter | call | wechat
    lang = models.CharField(max_length=10)
    subject_line = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    parts = models.JSONField(default=dict)  # {"offer", "price_verified", "next_step", "reason", "alternative", "spoken_to"}
    complete = models.BooleanField()
    letter = models.ForeignKey("notices.Letter", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, blank=True)
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
