"""Every door says who may pass: pages, operations and verbs; nothing else is reachable."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from guiju.config.routes import operations, pages, verbs
from guiju.house.rights import RIGHTS

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "guiju"
# Pages that people who have not signed in may open, and why.
PUBLIC = {
    "desk:home": "leads to sign-in", "desk:healthz": "asked by machines", "desk:readyz": "asked by machines",
    "desk:language": "before sign-in too", "desk:theme": "before sign-in too",
}


def test_every_page_declares_a_known_permission() -> None:
    found = pages()
    assert len(found) > 40
    wrong = [route for route in found if route["permission"] != "public" and route["permission"] not in RIGHTS]
    assert not wrong, wrong


def test_public_pages_are_the_signed_list() -> None:
    allowed = set(PUBLIC) | {"papers:latest", "papers:phone", "feeds:calendar"}
    public = {route["name"] for route in pages() if route["permission"] == "public"}
    unknown = {name for name in public - allowed if not name.startswith("house:")}
    assert not unknown, unknown


def test_every_operation_declares_a_known_permission() -> None:
    wrong = [route for route in operations() if route["permission"] not in {*RIGHTS, "public"}]
    assert not wrong, wrong


def test_every_verb_declares_a_known_permission() -> None:
    found = verbs()
    assert len(found) > 50
    wrong = [route for route in found if route["permission"] not in RIGHTS]
    assert not wrong, wrong


def test_rights_name_real_posts_only() -> None:
    from guiju.house.facts import POSTS

    wrong = {permission: set(posts) - set(POSTS) for permission, posts in RIGHTS.items() if set(posts) - set(POSTS)}
    assert not wrong, wrong


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("actions*/*.py")) + sorted(PACKAGE.rglob("actions.py")), ids=str)
def test_verbs_take_the_moment_and_the_actor(path: Path) -> None:
    """A verb takes keyword-only `by` and `now`; no verb reads the clock or the request."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "verb" for mark in node.decorator_list
        ):
            given = {argument.arg for argument in node.args.kwonlyargs}
            assert {"by", "now"} <= given, f"{path.name}: {node.name}"
    text = path.read_text(encoding="utf-8")
    for bad in ("datetime.now(", "timezone.now(", "clock.now(", "date.today(", "HttpRequest"):
        assert bad not in text, f"{path}: {bad}"


def test_files_stay_readable() -> None:
    """No module over 400 lines (migrations aside)."""
    long = [
        f"{path.relative_to(PACKAGE)}: {lines}"
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert not long, long
