"""A small IMAP server that misbehaves on purpose: slow, endless, cut off, talking nonsense; or well-behaved without a disk."""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Imap:
    """The running server. `trick` may answer a command itself: (talk, tag, words) -> True when it did."""

    mails: list[bytes] = field(default_factory=list)
    date: str = "24-Nov-2026 01:41:00 +0000"
    trick: Callable[[Talk, str, str], bool] | None = None
    greeting: bytes = b"* OK there\r\n"
    talks: int = 0
    validity: int = 7

    def __enter__(self) -> Imap:
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer.talks += 1
                Talk(outer, self).go()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *_about: object) -> None:
                """A client that hung up is what these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Talk:
    """One connection."""

    def __init__(self, imap: Imap, handler: socketserver.StreamRequestHandler) -> None:
        self.imap, self.reads, self.writes = imap, handler.rfile, handler.wfile

    def say(self, text: str | bytes) -> None:
        self.writes.write(text if isinstance(text, bytes) else f"{text}\r\n".encode())
        self.writes.flush()

    def go(self) -> None:
        self.say(self.imap.greeting)
        while line := self.reads.readline():
            tag, _blank, words = line.decode("utf-8", "replace").strip().partition(" ")
            if self.imap.trick is not None and self.imap.trick(self, tag, words):
                continue
            if self._answer(tag, words):
                return

    def _answer(self, tag: str, words: str) -> bool:
        verb = words.upper()
        if verb.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif verb.startswith(("SELECT", "EXAMINE")):
            self.say(f"* {len(self.imap.mails)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {self.imap.validity}] fine")
        elif verb.startswith("UID SEARCH"):
            first = int((re.search(r"UID (\d+):", verb) or [0, 1])[1])
            self.say("* SEARCH " + " ".join(str(one) for one in range(1, len(self.imap.mails) + 1) if one >= first))
        elif verb.startswith("UID FETCH"):
            for number in (int(one) for one in verb.split()[2].split(",")):
                self.fetch(number, body="BODY" in verb)
        elif verb.startswith("LOGOUT"):
            self.say("* BYE")
            self.say(f"{tag} OK bye")
            return True
        self.say(f"{tag} OK done")
        return False

    def fetch(self, number: int, *, body: bool) -> None:
        data = self.imap.mails[number - 1]
        if body:
            self.say(f"* {number} FETCH (UID {number} BODY[] {{{len(data)}}}")
            self.say(data + b")\r\n")
        else:
            self.say(f'* {number} FETCH (UID {number} INTERNALDATE "{self.imap.date}" RFC822.SIZE {len(data)})')


def on(verb: str, do: Callable[[Talk, str], None]) -> Callable[[Talk, str, str], bool]:
    """A trick at one command only."""

    def trick(talk: Talk, tag: str, words: str) -> bool:
        if not words.upper().startswith(verb):
            return False
        do(talk, tag)
        return True

    return trick


def drip(talk: Talk, _tag: str) -> None:
    """A byte now and then, for ever: no single wait is long."""
    for _ in range(200):
        talk.say(b"*")
        time.sleep(0.05)


def silent(talk: Talk, _tag: str) -> None:
    """Nothing at all."""
    time.sleep(10)


def hang_up(talk: Talk, _tag: str) -> None:
    """The line is cut."""
    talk.reads.close()
    talk.writes.close()
    raise ConnectionError


def endless(talk: Talk, _tag: str) -> None:
    """Lines without end."""
    while True:
        talk.say(b"* OK and more\r\n" * 1000)


def one_line(talk: Talk, _tag: str) -> None:
    """A line without end."""
    while True:
        talk.say(b"x" * 65536)


def huge_piece(talk: Talk, _tag: str) -> None:
    """A piece of text that is said to be enormous."""
    talk.say("* 1 FETCH (UID 1 BODY[] {99999999999}")
    time.sleep(5)


def nonsense(talk: Talk, tag: str) -> None:
    """Something that is no IMAP."""
    talk.say(b"HTTP/1.1 400 Bad Request\r\n\r\n<html>" + bytes(range(256)) + b"\r\n")
    talk.say(f"{tag} BAD what")
