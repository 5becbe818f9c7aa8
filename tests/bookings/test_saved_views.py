"""A filter of the bookings list under a name: one's own, or the department's."""

from __future__ import annotations

from guiju.bookings.models import SavedView
from tests.bookings.scene import Room


def labels(room: Room, who: str, query: str = "") -> list[str]:
    """The views this person is offered."""
    return [str(view["label"]) for view in room.browser(who).get(f"/bookings/{query}").context["views"]]


def test_a_filter_is_saved_for_oneself_and_for_the_department(room: Room) -> None:
    browser = room.browser("he")
    page = browser.get("/bookings/?state=confirmed&kind=group").content.decode()
    assert 'action="/bookings/views/"' in page and 'value="state=confirmed&amp;kind=group"' in page
    answer = browser.post("/bookings/views/", {"name": "确认的团", "query": "state=confirmed&kind=group&evil=1"})
    assert answer["Location"] == "/bookings/?state=confirmed&kind=group"
    assert "确认的团" in labels(room, "he") and "确认的团" not in labels(room, "lin")
    shown = browser.get(answer["Location"]).context
    assert [view["label"] for view in shown["views"] if view["current"]] == ["确认的团"] and not shown["changed"]
    browser.post("/bookings/views/", {"name": "本周的团", "query": "kind=group&when=week", "share": "1"})
    assert "本周的团" in labels(room, "lin") and "本周的团" not in labels(room, "fang")
    assert SavedView.objects.count() == 2


def test_the_same_name_replaces_and_only_the_maker_removes(room: Room) -> None:
    browser = room.browser("he")
    for query in ("kind=group", "kind=fit_cash"):
        browser.post("/bookings/views/", {"name": "我的", "query": query, "share": "1"})
    view = SavedView.objects.get()
    assert view.query == "kind=fit_cash"
    assert room.browser("lin").post(f"/bookings/views/{view.pk}/drop/").status_code == 403
    assert browser.post(f"/bookings/views/{view.pk}/drop/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused_beside_the_field(room: Room) -> None:
    answer = room.browser("he").post("/bookings/views/", {"name": " ", "query": "kind=group"})
    assert answer.status_code == 422 and answer.context["errors"]["name"] and answer.context["wanted"]["kind"] == "group"
    assert not SavedView.objects.exists() and room.browser("chen").post("/bookings/views/", {"name": "x", "query": ""}).status_code == 403


def test_mine_and_the_coming_days(room: Room) -> None:
    near, far = room.group(name="近团", arrival=room.now.date()), room.group(name="远团")
    far.seller = room.cast.people["lin"]
    far.save()
    names = lambda who, query: [row.name for row in room.browser(who).get(f"/bookings/?{query}").context["listing"].rows]  # noqa: E731
    assert names("he", "seller=me") == [near.name] and names("lin", "seller=me") == [far.name]
    assert names("he", "when=today") == [near.name] and names("he", "when=month") == [near.name, far.name]
