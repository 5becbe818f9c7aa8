"""A robot of a group chat that is set up and silent, and a calendar address: there to be looked at, nothing leaves the demo hotel."""

from __future__ import annotations

from datetime import timedelta

from guiju.demo.base import Stage
from guiju.feeds.actions import open_feed
from guiju.house.acting import acting
from guiju.notices.actions import add_robot


def set_up(stage: Stage) -> None:
    """F&B's chat has a robot that tells nothing yet; the duty seller has made his calendar's address."""
    at = stage.now - timedelta(days=1)
    given = {
        "name": "餐饮部群", "vendor": "wecom", "department": "fnb", "late": "never", "soon": "never", "other": "never", "personal": True,
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-demo-demo-demo-000000000000",
    }
    add_robot(stage.hotel, given=given, by=acting(stage.people["guan"], stage.hotel, now=at), now=at)
    open_feed(stage.hotel, by=acting(stage.people["lin"], stage.hotel, now=at), now=at)
