"""Art orders by the standard: taken at once, the text read, the quality looked at, in place in time, signed for, taken down, filed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.artwork.scene import BANNER, base64_of, hire
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_records import judged, measured

ART, QUALITY, FILED = "post.art.orders", "post.art.attendance", "post.artist.products"
TOMORROW = TODAY + timedelta(days=1)


def moment(story: Story, clock: str, days: int = 1) -> str:
    return story.cast.at(clock, TODAY + timedelta(days=days)).isoformat()


def ordered(story: Story, who: str = "lin", **more: Any) -> str:
    """A banner for tomorrow at four: its path."""
    hire(story.cast)
    return f"/art/{story.do(who, '/art', {**BANNER, 'due_at': moment(story, '16:00'), **more})['id']}"


def approved(story: Story, path: str) -> None:
    """Taken, shown and approved."""
    story.do("hua", f"{path}/take")
    shown = story.do("hua", f"{path}/proof", {"picture": base64_of()})
    story.do("lin", f"{path}/approve", {"text_hash": shown["text_hash"]})


def made(story: Story, path: str) -> None:
    """Approved, made and found good."""
    approved(story, path)
    story.do("hua", f"{path}/finish", {"used": "布", "cost": "80.00"})
    story.do("mei", f"{path}/check", {"good": True})


def test_art_work_is_taken_in_hand_at_once(story: Story) -> None:
    """post.art.orders: within half an hour of the art workers' hours; the supervisor hears of it, the sales people do not owe it."""
    path = ordered(story)
    assert not story.owed("lin", ART, "take")
    story.runs_out("hua", ART, "take", "10:30")
    story.at("10:30")
    assert story.do("hua", f"{path}/take")["state"] == "taken"
    assert story.status(ART, "take") == ["met"]
    story.at("18:30")
    story.do("lin", "/art", {**BANNER, "due_at": moment(story, "16:00", 2)})
    assert [duty.due_at for duty in story.duties(ART, "take")][1] == story.cast.at("09:00", TOMORROW)


def test_the_text_is_read_within_two_hours_and_before_it_is_made(story: Story) -> None:
    """post.art.orders: nothing is made before whoever ordered it approved exactly this text."""
    path = ordered(story)
    story.do("hua", f"{path}/take")
    refused = story.refused("hua", f"{path}/finish", {})
    assert [one["clause"] for one in refused["clauses"]] == [ART]
    story.do("hua", f"{path}/proof", {"picture": base64_of()})
    story.runs_out("lin", ART, "proof", "12:00")
    story.at("12:00")
    story.refused("chen", f"{path}/approve", {"text_hash": "0" * 64}, status=404)
    story.refused("lin", f"{path}/return", {"reason": ""}, status=422)
    assert story.do("lin", f"{path}/return", {"reason": "“岬”错了"})["state"] == "returned"
    assert story.status(ART, "proof") == ["met"]
    shown = story.do("hua", f"{path}/proof", {"picture": base64_of("red")})
    story.refused("lin", f"{path}/approve", {"text_hash": "0" * 64})
    story.do("lin", f"{path}/approve", {"text_hash": shown["text_hash"]})
    assert story.do("hua", f"{path}/finish", {})["state"] == "made"
    assert story.status(ART, "proof") == ["met", "met"]


def test_it_is_in_place_by_the_time_it_is_needed(story: Story) -> None:
    """post.art.orders: owed from the day before; an earlier need brings the time forward; sent back, it is owed again."""
    path = ordered(story, due_at=moment(story, "16:00", 3))
    story.begins("hua", ART, "hand-over", "16:00", TODAY + timedelta(days=2))
    story.at("10:00")
    version = story.get("lin", path)["version"]
    story.do("lin", path, {"version": version, "due_at": moment(story, "09:30")}, method="patch")
    story.runs_out("hua", ART, "hand-over", "09:30", TOMORROW)
    story.at("10:20")
    made(story, path)
    story.do("hua", f"{path}/deliver", {"picture": base64_of("blue")})
    assert story.status(ART, "hand-over") == ["met"]
    story.do("lin", f"{path}/refuse", {"reason": "挂歪了"})
    story.at("09:31", TOMORROW)
    assert story.status(ART, "hand-over") == ["late"]


def test_the_work_is_signed_for_within_a_day(story: Story) -> None:
    """post.art.orders: by the department that ordered it."""
    path = ordered(story)
    made(story, path)
    story.do("hua", f"{path}/deliver", {})
    story.runs_out("lin", ART, "sign", "10:00", TOMORROW)
    story.refused("qiao", f"{path}/sign", status=403)
    assert story.do("wen", f"{path}/sign")["state"] == "signed"


def test_what_hung_comes_down_the_next_morning(story: Story) -> None:
    """post.art.orders: a banner that stands until tonight is down by ten tomorrow; a menu stays."""
    path = ordered(story, due_at=moment(story, "15:00", 0), from_at=moment(story, "16:00", 0), until_at=moment(story, "21:00", 0))
    made(story, path)
    story.do("hua", f"{path}/deliver", {})
    story.runs_out("hua", ART, "take-down", "10:00", TOMORROW)
    assert story.do("hua", f"{path}/down")["state"] == "down"
    menu = f"/art/{story.do('lin', '/art', {**BANNER, 'what': 'menu', 'due_at': moment(story, '16:00', 2)})['id']}"
    made(story, menu)
    story.do("hua", f"{menu}/deliver", {})
    assert len(story.duties(ART, "take-down")) == 1
    story.refused("hua", f"{menu}/down")


def test_quality_is_looked_at_by_somebody_else_and_faults_are_put_right_at_once(story: Story) -> None:
    """post.art.attendance: nothing goes out unchecked; a fault is corrected within two hours."""
    path = ordered(story)
    approved(story, path)
    story.do("hua", f"{path}/finish", {})
    refused = story.refused("hua", f"{path}/deliver", {})
    assert [one["clause"] for one in refused["clauses"]] == [QUALITY]
    story.refused("hua", f"{path}/check", {"good": True})
    story.do("mei", f"{path}/check", {"good": False, "fault": "边没裁齐"})
    story.runs_out("hua", QUALITY, "correct", "12:00")
    story.at("11:50")
    story.do("hua", f"{path}/finish", {})
    story.do("mei", f"{path}/check", {"good": True})
    assert story.status(QUALITY, "correct") == ["met"]
    assert story.do("hua", f"{path}/deliver", {})["state"] == "delivered"


def test_an_order_says_size_material_and_place_and_the_work_is_filed(story: Story) -> None:
    """post.artist.products: what has a text says how large, of what and where; what went out is photographed."""
    path = ordered(story, material="")
    pk = path.rpartition("/")[2]
    asked = ["size", "material", "place"]
    assert judged(story, FILED, "art_order", pk) == ("gap", asked, ["material"])
    assert measured(story, FILED, TOMORROW) == (0, 1, 0.0)
    version = story.get("lin", path)["version"]
    story.do("lin", path, {"version": version, "material": "布"}, method="patch")
    assert judged(story, FILED, "art_order", pk) == ("complete", asked, [])
    made(story, path)
    story.do("hua", f"{path}/deliver", {})
    assert judged(story, FILED, "art_order", pk) == ("gap", [*asked, "photo"], ["photo"])
    story.do("hua", f"{path}/photo", {"picture": base64_of("blue")})
    assert judged(story, FILED, "art_order", pk) == ("complete", [*asked, "photo"], [])
    photos = f"/art/{story.do('lin', '/art', {'what': 'photography', 'title': '答谢会', 'due_at': moment(story, '18:00')})['id']}"
    assert not story.get("shen", f"/compliance/records/art_order/{photos.rpartition('/')[2]}") or judged(
        story, FILED, "art_order", photos.rpartition("/")[2]
    ) == ("not_applicable", [], [])
