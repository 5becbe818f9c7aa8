"""What every row has: a UUIDv7 key and its hotel."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from guiju.shelf.errors import Conflict, Missing
from guiju.shelf.ids import uuid7


class HotelQuerySet(models.QuerySet):
    """Rows are always asked for one hotel."""

    def of(self, hotel_id: UUID) -> Self:
        """Only the rows of this hotel."""
        return self.filter(hotel_id=hotel_id)

    def pick(self, hotel_id: UUID, pk: Any) -> Any:
        """The row with this key in this hotel; another hotel's row is missing like one that never was."""
        try:
            return self.get(hotel_id=hotel_id, pk=pk)
        except (self.model.DoesNotExist, ValueError, TypeError) as error:
            raise Missing(f"no such {self.model._meta.model_name}") from error
        except Exception as error:  # a malformed UUID raises ValidationError
            if type(error).__name__ == "ValidationError":
                raise Missing(f"no such {self.model._meta.model_name}") from error
            raise


HotelManager = models.Manager.from_queryset(HotelQuerySet)


class Row(models.Model):
    """A row with a time-ordered key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> tuple[str, str]:
        """How the logbook names this row: (kind, id)."""
        return (type(self)._meta.model_name or "", str(self.pk))


class HotelRow(Row):
    """A row that belongs to a hotel."""

    hotel = models.ForeignKey("house.Hotel", on_delete=models.PROTECT, related_name="+")

    objects = HotelManager()

    class Meta:
        abstract = True


class VersionedRow(HotelRow):
    """A row that people edit: a save names the version it started from."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def save_from(self, version: int, **changes: Any) -> None:
        """Write `changes` if nobody saved since `version`; otherwise Conflict with both values."""
        count = (
            type(self)
            ._default_manager.filter(pk=self.pk, version=version)
            .update(version=version + 1, **changes)
        )
        if not count:
            theirs = type(self)._default_manager.get(pk=self.pk)
            told = [key for key in changes if "sealed" not in key]  # a secret is nobody's to compare
            raise Conflict(
                "somebody saved this before you",
                mine={key: str(changes[key]) for key in told},
                theirs={key: str(getattr(theirs, key)) for key in told},
                version=theirs.version,
                words={key: (self._label(key), self._word(key, changes[key]), self._word(key, getattr(theirs, key))) for key in told},
            )
        self.refresh_from_db()

    def _label(self, name: str) -> str:
        """What a field is called; empty where its model gives it no words."""
        field = self._meta.get_field(name)
        said = str(getattr(field, "verbose_name", ""))
        return "" if said == name.replace("_", " ") else said

    def _word(self, name: str, value: Any) -> str:
        """A value as a person reads it: a choice in words, yes and no, nothing as a dash."""
        choices = dict(getattr(self._meta.get_field(name), "flatchoices", ()) or ())
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(choices.get(value, value) if isinstance(value, str) else value)
