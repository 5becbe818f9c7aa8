"""What is asked about halls and what stands in them."""

from __future__ import annotations

from guiju.function_space.queries.proof import slots_checked, verify
from guiju.function_space.queries.space import Halls, Offer, clashes, fits, free, halls_of, instead, standing
from guiju.function_space.queries.waiting import could_have, waiting_list, wanting

__all__ = [
    "Halls", "Offer", "clashes", "could_have", "fits", "free", "halls_of", "instead", "slots_checked", "standing", "verify",
    "waiting_list", "wanting",
]
