from __future__ import annotations

from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    name = "guiju.checklists"
    label = "checklists"
