"""A mail server that is slow, endless, cut off or talks nonsense: each look ends in time, with what was wrong in words."""

from __future__ import annotations

import time
from typing import Any

import pytest

from guiju.mailroom import line
from guiju.mailroom.line import Line, Trouble
from tests.mailroom import hostile
from tests.mailroom.hostile import Imap, on
from tests.mailroom.mails import mail


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "STEP_SECONDS", 0.6)
    monkeypatch.setattr(line, "LONGEST_LINE", 200_000)
    monkeypatch.setattr(line, "MORE", 300_000)


def read_all(server: Imap, *, seconds: float = 1.5) -> bytes | None:
    from datetime import UTC, datetime

    with Line("127.0.0.1", server.port, security="none", user="u", secret="s", folder="INBOX", seconds=seconds) as wire:
        uids = wire.uids(0, datetime(2026, 11, 1, tzinfo=UTC))
        told = wire.meta(uids)
        return wire.message(uids[0], told[uids[0]].size)


def starttls(server: Imap) -> Line:
    return Line("127.0.0.1", server.port, security="starttls", user="u", secret="geheim", folder="INBOX", seconds=2)


def test_a_well_behaved_one_is_read() -> None:
    with Imap([mail().as_bytes()]) as server:
        assert read_all(server) == mail().as_bytes()


@pytest.mark.parametrize(
    ("verb", "trick", "code"),
    [
        ("LOGIN", hostile.silent, {"slow"}),
        ("UID SEARCH", hostile.drip, {"slow"}),
        ("UID FETCH", hostile.hang_up, {"cut"}),
        ("EXAMINE", hostile.endless, {"endless"}),
        ("UID SEARCH", hostile.one_line, {"endless"}),
        ("UID FETCH", hostile.huge_piece, {"endless"}),
        ("UID SEARCH", hostile.nonsense, {"garbage"}),
        ("CAPABILITY", hostile.nonsense, {"garbage"}),
    ],
)
def test_trouble_ends_in_time_and_says_what_it_is(verb: str, trick: Any, code: set[str]) -> None:
    with Imap([mail().as_bytes()], trick=on(verb, trick)) as server:
        begun = time.monotonic()
        with pytest.raises(Trouble) as found:
            read_all(server)
        assert found.value.code in code and time.monotonic() - begun < 4


def test_a_greeting_that_is_none() -> None:
    with Imap(greeting=b"SSH-2.0-OpenSSH_9.2\r\n") as server, pytest.raises(Trouble) as found:
        read_all(server)
    assert found.value.code == "garbage"


def test_a_server_that_never_greets() -> None:
    with Imap(greeting=b"") as server, pytest.raises(Trouble) as found:
        read_all(server)
    assert found.value.code == "slow"


def test_no_password_is_said_where_encryption_was_asked_and_is_not_offered() -> None:
    said: list[str] = []

    def listen(_talk: Any, _tag: str, words: str) -> bool:
        said.append(words)
        return False

    with Imap(trick=listen) as server, pytest.raises(Trouble) as found, starttls(server):
        pass
    assert found.value.code == "starttls" and not any("geheim" in one for one in said)


def test_what_was_slipped_in_before_the_encryption_is_thrown_away() -> None:
    """STARTTLS answered with an answer to the next command behind it: that one is nobody's."""

    def slip(talk: Any, tag: str, words: str) -> bool:
        if words.upper().startswith("CAPABILITY"):
            talk.say("* CAPABILITY IMAP4rev1 STARTTLS")
            talk.say(f"{tag} OK done")
            return True
        if words.upper().startswith("STARTTLS"):
            talk.say(f"{tag} OK go\r\n* PREAUTH welcome".encode() + b"\r\n")
            return True
        return False

    with Imap(trick=slip) as server, pytest.raises(Trouble) as found, starttls(server):
        pass
    assert found.value.code in ("tls", "certificate", "cut", "slow")
