from __future__ import annotations

from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "guiju.visitors"
    label = "visitors"
