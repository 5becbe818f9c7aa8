from __future__ import annotations

from django.apps import AppConfig


class FunctionSpaceConfig(AppConfig):
    name = "guiju.function_space"
    label = "function_space"
