from __future__ import annotations

from django.apps import AppConfig


class ArtworkConfig(AppConfig):
    name = "guiju.artwork"
    label = "artwork"
