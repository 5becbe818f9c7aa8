from __future__ import annotations

from django.apps import AppConfig


class VipConfig(AppConfig):
    name = "guiju.vip"
    label = "vip"
