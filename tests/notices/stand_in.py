"""A stand-in for the three vendors' robots on this machine: checks key, signature, clock and size as they do, and can be slow, down or unwilling."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "0f0f0f0f-1111-2222-3333-444455556666"
SECRET = "SECstandin0123456789"


class Desk(ThreadingHTTPServer):
    """What came in (accepted), what was asked for, and how to behave: ok, slow, drip, down, html, away, huge, or a (status, body)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Robot)
        self.mode: Any = "ok"
        self.now = 0.0
        self.taken: list[dict[str, Any]] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def address(self, vendor: str, key: str = KEY) -> str:
        path = {
            "wecom": f"/cgi-bin/webhook/send?key={key}", "dingtalk": f"/robot/send?access_token={key}", "feishu": f"/open-apis/bot/v2/hook/{key}",
        }[vendor]
        return self.origin + path

    @property
    def texts(self) -> str:
        return json.dumps(self.taken, ensure_ascii=False)


class Robot(BaseHTTPRequestHandler):
    server: Desk
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers), b""))
        self._say(200, {"errcode": 0})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, dict(self.headers), body))
        mode = self.server.mode
        if isinstance(mode, tuple):
            self._say(*mode)
        elif mode == "slow":
            time.sleep(3)
        elif mode == "drip":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(30):
                    time.sleep(0.2)
                    self.wfile.write(b" ")
                    self.wfile.flush()
        elif mode == "html":
            self._raw(502, b"<html>bad gateway</html>")
        elif mode == "away":
            self.send_response(302)
            self.send_header("Location", f"{self.server.origin}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif mode == "huge":
            with suppress(OSError):
                self._raw(200, b"{" + b" " * 200_000)
        else:
            self._as_vendor(body)

    def _as_vendor(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        said = json.loads(body)
        if parts.path == "/cgi-bin/webhook/send":
            self._say(200, self._wecom(query, said))
        elif parts.path == "/robot/send":
            self._say(200, self._dingtalk(query, said, body))
        elif parts.path.startswith("/open-apis/bot/v2/hook/"):
            self._say(200, self._feishu(parts.path, said, body))
        else:
            self._say(404, {})

    def _wecom(self, query: dict[str, str], said: dict[str, Any]) -> dict[str, Any]:
        if query.get("key") != KEY:
            return {"errcode": 93000, "errmsg": f"invalid webhook url {query.get('key')}"}
        kind = said.get("msgtype")
        content = said.get(kind, {}).get("content", "")
        if kind not in ("markdown", "text") or not content:
            return {"errcode": 40008, "errmsg": "invalid message type"}
        if len(content.encode()) > (4096 if kind == "markdown" else 2048):
            return {"errcode": 40058, "errmsg": f"{kind}.content exceed max length"}
        return self._take(said, {"errcode": 0, "errmsg": "ok"})

    def _dingtalk(self, query: dict[str, str], said: dict[str, Any], body: bytes) -> dict[str, Any]:
        if query.get("access_token") != KEY:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        moment = query.get("timestamp", "0")
        digest = hmac.new(SECRET.encode(), f"{moment}\n{SECRET}".encode(), hashlib.sha256).digest()
        if query.get("sign") != base64.b64encode(digest).decode() or abs(self.server.now - int(moment) / 1000) > 3600:
            return {"errcode": 310000, "errmsg": "sign not match"}
        if said.get("msgtype") not in ("markdown", "actionCard", "text"):
            return {"errcode": 400105, "errmsg": "unsupported msgtype"}
        if len(body) > 20_000:
            return {"errcode": 460101, "errmsg": "message too long"}
        return self._take(said, {"errcode": 0, "errmsg": "ok"})

    def _feishu(self, path: str, said: dict[str, Any], body: bytes) -> dict[str, Any]:
        if not path.endswith(KEY):
            return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}
        moment = said.get("timestamp", "0")
        digest = hmac.new(f"{moment}\n{SECRET}".encode(), digestmod=hashlib.sha256).digest()
        if said.get("sign") != base64.b64encode(digest).decode() or abs(self.server.now - int(moment)) > 3600:
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        if said.get("msg_type") not in ("interactive", "text") or len(body) > 20_480:
            return {"code": 9499, "msg": "Bad Request"}
        return self._take(said, {"code": 0, "msg": "success", "StatusCode": 0})

    def _take(self, said: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        self.server.taken.append(said)
        return answer

    def _say(self, status: int, said: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(said).encode(), headers)

    def _raw(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def standing() -> Iterator[Desk]:
    """The stand-in, while the test runs."""
    desk = Desk()
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        desk.shutdown()
        desk.server_close()
