"""What programs send: bounded values, so that nothing reaches a verb that no form could hold."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from guiju.shelf.errors import Invalid

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Moment = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))]
Money = Annotated[Decimal, Field(ge=0, lt=100_000_000, decimal_places=2)]
Whole = Annotated[int, Field(ge=0, le=2_000_000_000)]
Rooms = Annotated[int, Field(ge=1, le=9999)]
Short = Annotated[str, Field(max_length=120)]
Words = Annotated[str, Field(max_length=4000)]
Reason = Annotated[str, Field(min_length=1, max_length=300)]


class Given(Schema):
    """Fields by their names: one that is not known is refused, so that a misspelt name is not silently dropped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def unpacked(field: str, text: str) -> bytes:
    """A file that was sent as base64. Raises Invalid at the field."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(errors={field: [_("This is not base64.")]}) from None


class WhyIn(Given):
    """Why."""

    reason: Reason


class AnswerIn(Given):
    """Approved, or refused with a word."""

    approve: bool
    words: Annotated[str, Field(max_length=300)] = ""


class VersionIn(Given):
    """The version the step starts from."""

    version: Whole | None = None


class Done(Schema):
    """It is done; `many` is how many were new or changed, where that can be said."""

    done: bool = True
    many: int | None = None


DONE = {"done": True, "many": None}
