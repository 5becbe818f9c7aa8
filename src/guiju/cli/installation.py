"""user, token, hotel, demo, backup, restore: setting an installation up and keeping it safe."""

from __future__ import annotations

import argparse
import getpass
import json
import subprocess
import sys
from typing import Any


def add_commands(commands: Any) -> None:
    user = commands.add_parser("user", help="people who sign in").add_subparsers(dest="what", required=True)
    add = user.add_parser("add", help="add a person; prints a one-time password that must be changed at first sign-in")
    add.add_argument("username")
    add.add_argument("--name", required=True)
    add.add_argument("--hotel", help="hotel code (needed when there are several)")
    add.add_argument("--post", action="append", default=[], help="a post; may be repeated")
    add.set_defaults(run=user_add)
    appoint = user.add_parser("appoint", help="give somebody who is there a post, also in a further hotel")
    appoint.add_argument("username")
    appoint.add_argument("--hotel", help="hotel code (needed when there are several)")
    appoint.add_argument("--post", action="append", required=True, help="a post; may be repeated")
    appoint.set_defaults(run=user_appoint)
    passwd = user.add_parser("passwd", help="set a new password, read from the terminal or --random")
    passwd.add_argument("username")
    passwd.add_argument("--random", action="store_true")
    passwd.set_defaults(run=user_passwd)

    token = commands.add_parser("token", help="keys for programs").add_subparsers(dest="what", required=True)
    create = token.add_parser("create", help="create an API token for a person; shown once")
    create.add_argument("username")
    create.add_argument("--hotel")
    create.add_argument("--name", default="cli")
    create.add_argument("--scope", action="append", default=[])
    create.set_defaults(run=token_create)

    hotel = commands.add_parser("hotel", help="hotels").add_subparsers(dest="what", required=True)
    new = hotel.add_parser("create", help="create a hotel with its administrator; no demo data, no default password")
    new.add_argument("code")
    new.add_argument("--name", required=True)
    new.add_argument("--name-en", default="")
    new.add_argument("--zone", default="Asia/Shanghai")
    new.add_argument("--admin", default="admin", help="sign-in name of the first administrator")
    new.set_defaults(run=hotel_create)

    demo = commands.add_parser("demo", help="the invented hotel").add_subparsers(dest="what", required=True)
    reset = demo.add_parser("reset", help="throw the demo data away and make it anew")
    reset.add_argument("--seed", type=int, default=1)
    reset.set_defaults(run=demo_reset)
    users = demo.add_parser("users", help="the demo sign-ins")
    users.add_argument("--json", action="store_true")
    users.set_defaults(run=demo_users)

    backup = commands.add_parser("backup", help="write a backup while everything runs (online backup API or pg_dump)")
    backup.add_argument("file")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="restore a backup into an empty data folder, then verify it")
    restore.add_argument("file")
    restore.add_argument("--force", action="store_true", help="replace what is there")
    restore.set_defaults(run=run_restore)


def _hotel(code: str | None) -> Any:
    from guiju.house.models import Hotel
    from guiju.shelf.errors import Refusal

    found = list(Hotel.objects.filter(code=code) if code else Hotel.objects.all()[:2])
    if len(found) != 1:
        raise Refusal(f"no hotel {code!r}" if code else "say which hotel with --hotel")
    return found[0]


def _person(username: str) -> Any:
    from guiju.house.models import Person
    from guiju.shelf.errors import Refusal

    found = Person.objects.filter(username__iexact=username).first()
    if found is None:
        raise Refusal(f"nobody signs in as {username!r}")
    return found


def user_add(chosen: argparse.Namespace) -> int:
    from guiju.house import actions
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    hotel = _hotel(chosen.hotel)
    person, password = actions.add_person(
        hotel, username=chosen.username, name=chosen.name, posts=tuple(chosen.post), by=the_clock(hotel.pk, via="cli"), now=clock.now()
    )
    print(f"{person.username}\t{password}\t(to be changed at the first sign-in)")
    return 0


def user_appoint(chosen: argparse.Namespace) -> int:
    from guiju.house import actions
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    hotel, person = _hotel(chosen.hotel), _person(chosen.username)
    for post in chosen.post:
        actions.appoint(hotel, person=person, post=post, by=the_clock(hotel.pk, via="cli"), now=clock.now())
    print(f"{person.username}\t{hotel.code}\t{', '.join(chosen.post)}")
    return 0


def user_passwd(chosen: argparse.Namespace) -> int:
    from guiju.house import actions
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    person = _person(chosen.username)
    appointment = person.appointments.select_related("hotel").first()
    hotel = appointment.hotel if appointment else _hotel(None)
    by, now = the_clock(hotel.pk, via="cli"), clock.now()
    if chosen.random:
        print(actions.reset_password(hotel, person=person, by=by, now=now))
        return 0
    password = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    actions.set_password(hotel, person=person, password=password, by=by, now=now)
    return 0


def token_create(chosen: argparse.Namespace) -> int:
    from guiju.house import tokens
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    person = _person(chosen.username)
    appointment = person.appointments.select_related("hotel").first()
    hotel = _hotel(chosen.hotel) if chosen.hotel or appointment is None else appointment.hotel
    _, text = tokens.create(
        hotel, person=person, name=chosen.name, scopes=list(chosen.scope), by=the_clock(hotel.pk, via="cli"), now=clock.now()
    )
    print(text)
    return 0


def hotel_create(chosen: argparse.Namespace) -> int:
    from guiju.cli.preparing import tables
    from guiju.house import actions
    from guiju.shelf import clock

    tables()
    hotel, admin, password = actions.create_hotel(
        code=chosen.code, name=chosen.name, name_en=chosen.name_en, zone=chosen.zone, admin_username=chosen.admin, now=clock.now()
    )
    print(f"{hotel.name} ({hotel.code})\n{admin.username}\t{password}\t(to be changed at the first sign-in)")
    return 0


def load_demo(*, seed: int) -> None:
    """Fill an empty database with the demo hotel."""
    from guiju.demo.hotel import build
    from guiju.shelf import clock

    build(seed=seed, now=clock.now())


def demo_sign_ins() -> list[dict[str, str]]:
    """The demo people, their posts and passwords."""
    from guiju.demo.people import sign_ins

    return sign_ins()


def _demo_only() -> None:
    from django.conf import settings

    from guiju.shelf.errors import Refusal

    if settings.GUIJU_MODE == "production":
        raise Refusal("there is no demo hotel in production mode (GUIJU_MODE=demo)")


def demo_reset(chosen: argparse.Namespace) -> int:
    from guiju.cli.keeping import empty_database
    from guiju.config.quick_tables import migrate

    _demo_only()
    empty_database()
    migrate()
    load_demo(seed=chosen.seed)
    return 0


def demo_users(chosen: argparse.Namespace) -> int:
    _demo_only()
    rows = demo_sign_ins()
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row['username']:<12}{row['password']:<24}{row['post']:<28}{row['name']}")
    return 0


def run_backup(chosen: argparse.Namespace) -> int:
    from guiju.cli.keeping import backup

    print(json.dumps(backup(chosen.file), ensure_ascii=False))
    return 0


def run_restore(chosen: argparse.Namespace) -> int:
    from guiju.cli.keeping import restore

    print(json.dumps(restore(chosen.file, force=chosen.force), ensure_ascii=False), flush=True)
    # in a process of its own, which knows the keys that came back with the data
    for words in (["migrate", "--no-input", "--verbosity", "0"], ["verify"]):
        done = subprocess.run([sys.executable, "-m", "guiju.cli", *words], check=False)
        if done.returncode:
            return done.returncode
    return 0
