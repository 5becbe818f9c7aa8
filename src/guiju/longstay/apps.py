from __future__ import annotations

from django.apps import AppConfig


class LongstayConfig(AppConfig):
    name = "guiju.longstay"
    label = "longstay"
