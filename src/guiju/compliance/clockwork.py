"""What the clock does here at each round; a fault in it is logged and never holds up the rest of the round."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError

from guiju.compliance.actions import count_days
from guiju.compliance.letters import open_letter
from guiju.shelf.errors import Busy

log = logging.getLogger("guiju.compliance")


def each_round(hotel_id: UUID, now: datetime) -> None:
    """Count the days that changed; open last month's letter when its time has come."""
    for step in (count_days, open_letter):
        try:
            step(hotel_id, now)
        except (Busy, OperationalError, IntegrityError) as error:  # another worker was there, or the database was busy
            log.warning("left for the next round: %s: %s", step.__name__, error)
        except Exception:
            log.exception("could not be done: %s", step.__name__)
