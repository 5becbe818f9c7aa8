"""The line to a robot: only to the vendors' own hosts or to those the installation's operator allowed, and nowhere else.

The address a person typed is never followed anywhere: no redirects, no private addresses, the name looked up once and
the connection made to exactly that address, an answer of limited size within a limited time.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_noop as N_

SECONDS = 8.0  # for all of it: name, connection, answer
LONGEST_ANSWER = 64 * 1024


class NotThere(Exception):
    """It could not be handed over: said without the address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    retry_after: int = 0


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, as the operator lists them; "" for anything odd."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password or parts.fragment:
        return ""
    default = 443 if parts.scheme == "https" else 80
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port in (None, default) else f":{port}")


def may_go(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether a message may go there: https to a host of the vendor, or an origin the operator named."""
    origin = origin_of(address)
    return origin in settings.CHAT_ORIGINS or origin in {f"https://{host}" for host in hosts}


def post(address: str, body: bytes, *, hosts: tuple[str, ...], mark: str, seconds: float = SECONDS) -> Answer:
    """Hand one message over. Raises NotThere, in words without the address, when nobody answers in time."""
    if not may_go(address, hosts):
        raise NotThere(N_("this host is not allowed"))
    parts, until = urlsplit(address), time.monotonic() + seconds
    allowed = origin_of(address) in settings.CHAT_ORIGINS
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = _resolved(parts.hostname or "", port, private=allowed)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "guiju", "Connection": "close",
        "Idempotency-Key": mark,  # the vendors ignore it; a relay of the hotel's own can tell a repetition by it
    }
    try:
        with _Held(socket.create_connection(found, timeout=_left(until)), _left(until)) as held:
            if parts.scheme == "https":
                held.wrap(parts.hostname or "")
            connection = http.client.HTTPConnection(parts.hostname or "", port)
            connection.sock = held.socket
            connection.request("POST", target, body, headers)
            return _read(connection, until)
    except TimeoutError as late:
        raise NotThere(N_("no answer in time")) from late
    except ssl.SSLError as error:
        raise NotThere(N_("its certificate is not right")) from error
    except (OSError, http.client.HTTPException) as error:
        _left(until)  # cut off by ourselves: too slow, not gone
        raise NotThere(N_("no connection")) from error


class _Held:
    """A connection that is cut when its time is over, whatever trickles in."""

    def __init__(self, plain: socket.socket, seconds: float) -> None:
        self.socket: socket.socket = plain
        self.timer = threading.Timer(seconds, self._cut)
        self.timer.daemon = True

    def __enter__(self) -> _Held:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.socket.close()

    def wrap(self, host: str) -> None:
        """Speak TLS from here on; the certificate must be of this name."""
        held = ssl.create_default_context().wrap_socket(self.socket, server_hostname=host, do_handshake_on_connect=False)
        self.socket = held
        held.do_handshake()

    def _cut(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotThere(N_("no answer in time"))
    return left


def _resolved(host: str, port: int, *, private: bool) -> tuple[str, int]:
    """One address of the name. Every address it has must be a public one, so that a name cannot lead inside."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotThere(N_("its name is not known")) from error
    addresses = [str(row[4][0]).split("%")[0] for row in rows]
    if not addresses:
        raise NotThere(N_("its name is not known"))
    if not private and not all(_public(one) for one in addresses):
        raise NotThere(N_("its name leads to a private address"))
    return addresses[0], port


def _public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


def _read(connection: http.client.HTTPConnection, until: float) -> Answer:
    response = connection.getresponse()
    wait = response.getheader("Retry-After", "")
    body = b""
    while len(body) <= LONGEST_ANSWER:
        _left(until)
        piece = response.read1(8192)
        if not piece:
            break
        body += piece
    _left(until)  # cut off by ourselves it ends like an answer
    if 300 <= response.status < 400:
        raise NotThere(N_("it sends us somewhere else, where we do not go"))
    if len(body) > LONGEST_ANSWER:
        raise NotThere(N_("its answer is too long"))
    return Answer(response.status, body, int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 6 else 0)
