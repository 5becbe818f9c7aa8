"""The `guiju` command: one entrance for people at a terminal. Exit codes: 0 done, 1 something is wrong, 2 wrong call."""

from __future__ import annotations

import argparse
import os
import sys


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    from guiju.cli import briefing, coming, deskwork, figures, installation, mailing, past, replaying, serving, standing, vips, visitors

    top = argparse.ArgumentParser(prog="guiju", description="Guiju 规矩: a department that runs by its own written standard.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (serving, installation, standing, deskwork, past, mailing, replaying, figures, briefing, visitors, vips, coming):
        module.add_commands(commands)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
    if arguments[:1] in (["makemigrations"], ["migrate"], ["check"], ["showmigrations"], ["sqlmigrate"], ["shell"]):
        from django.core.management import execute_from_command_line

        from guiju.config.quick_tables import quickly

        with quickly():
            execute_from_command_line(["guiju", *arguments])
        return 0
    chosen = parser().parse_args(arguments)
    from django.db import OperationalError, ProgrammingError

    from guiju.shelf.errors import Refusal

    try:
        if not getattr(chosen, "sets_up_itself", False):
            import django

            django.setup()
        return int(chosen.run(chosen) or 0)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    except (OperationalError, ProgrammingError) as error:
        if "no such table" not in str(error) and "does not exist" not in str(error):
            raise
        print("there is no database of this version here yet; `guiju run` or `guiju hotel create` makes it", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as error:  # a file that is not there, a folder that cannot be written
        print(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
