"""The `guiju` command."""

import os
import sys


def main(argv: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
    import django

    django.setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["guiju", *(argv if argv is not None else sys.argv[1:])])
    return 0
