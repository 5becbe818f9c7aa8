"""What every row has: a UUIDv7 key and its hotel."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.db import models

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
            raise Conflict(
                "somebody saved this before you",
                mine={key: str(value) for key, value in changes.items()},
                theirs={key: str(getattr(theirs, key)) for key in changes},
                version=theirs.version,
            )
        self.refresh_from_db()
