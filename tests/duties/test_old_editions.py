"""An edition approved under an older version keeps working: what can still be read is in force, the rest is named."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from guiju.duties import actions, editions
from guiju.duties.models import Duty
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid, Refusal
from tests.enquiries.scene import Scene


@pytest.fixture
def old(scene: Scene) -> Scene:
    """The hotel runs by a wording in which one clause speaks of a fact that no room declares any more."""
    cast = scene.cast
    texts = editions.shipped_texts()
    name = next(name for name, text in texts.items() if 'fact = "reply.sent"' in text or '"reply.sent"' in text)
    texts[name] += """
[[clause]]
id     = "booking.long-gone"
source = "II.6"
kind   = "timed"
text   = { zh = "从前的条款", en = "A clause of former times" }

[[clause.rule]]
name  = "do"
kind  = "timed"
owner = "handler"
subject = "enquiry"
opens = "telegram.received"
due   = "within 30m"
met   = "telegram.answered"
"""
    actions.adopt(
        cast.hotel, texts=texts, effective_at=cast.at("09:00"), by=the_clock(cast.hotel.pk, via="cli"), now=cast.at("09:00")
    )
    return scene


def test_the_hotel_goes_on_and_the_clause_rests(old: Scene) -> None:
    cast = old.cast
    assert editions.resting(cast.hotel.pk, cast.at("10:00")) == ("booking.long-gone",)
    old.came_in(client=old.client)
    assert Duty.objects.filter(clause="booking.reply-30").count() == 1
    assert cast.sign_in("lin").get("/today/").status_code == 200
    page = cast.sign_in("lin").get("/standard/").content.decode()
    assert "从前的条款" not in page
    ready = Browser().get("/readyz").json()
    assert ready["checks"]["standard"]["details"] == {"resting": {cast.hotel.code: ["booking.long-gone"]}}


def test_the_shipped_wording_can_be_adopted_over_it(old: Scene) -> None:
    cast, by = old.cast, the_clock(old.cast.hotel.pk, via="cli")
    with pytest.raises(Invalid):
        actions.adopt(cast.hotel, texts=editions.shipped_texts(), effective_at=cast.at("08:00"), by=by, now=cast.at("10:00"))
    actions.adopt(cast.hotel, texts=editions.shipped_texts(), effective_at=cast.at("11:00"), by=by, now=cast.at("10:00"))
    with pytest.raises(Refusal):
        actions.adopt(cast.hotel, texts=editions.shipped_texts(), effective_at=cast.at("12:00"), by=by, now=cast.at("10:00"))
    assert editions.resting(cast.hotel.pk, cast.at("10:59")) and not editions.resting(cast.hotel.pk, cast.at("11:00"))
