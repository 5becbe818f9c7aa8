"""The group robots of WeCom, DingTalk and Feishu: address, signature, message, and what their answers mean.

Nothing here talks to anybody. Sources: the vendors' pages on custom group robots (WeCom 91770, DingTalk "custom robot
access" and its security settings, Feishu "custom bot guide").
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qs, quote, urlsplit

Fate = Literal["taken", "wait", "stopped", "refused"]
LINES = 20  # of one message; the rest is counted and stands in the bell


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: number, clause, due; and where to open it."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a robot says at one go."""

    title: str
    lines: tuple[Line, ...]
    open_word: str = "打开"
    more: str = ""  # "and 12 more", ready to read
    urgency: str = "plain"
    plain: bool = False  # text only, for chats that show no cards


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the vendor took it: taken; wait (and how long); stopped until somebody mends the robot; refused, this message only."""

    fate: Fate
    code: str = ""
    said: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor's robot."""

    key: str
    name: str
    name_en: str
    hosts: tuple[str, ...]
    path: str
    query: str  # the name under which the address carries its key; "": it ends the path
    per_minute: int
    longest: int  # bytes of the part that is limited
    longest_plain: int
    signs: bool
    write: Callable[[Message, int], dict[str, Any]]
    sign: Callable[[str, datetime], tuple[dict[str, str], dict[str, str]]]  # (into the query, into the body)
    code: Callable[[Mapping[str, Any]], tuple[str, str]]
    stops: frozenset[str] = field(default_factory=frozenset)
    refuses: frozenset[str] = field(default_factory=frozenset)
    slows: Mapping[str, int] = field(default_factory=dict)  # code -> seconds to keep still

    def right_address(self, address: str) -> bool:
        """Whether this looks like an address of this vendor's robots (its host is looked at elsewhere)."""
        parts = urlsplit(address)
        if self.query:
            keys = parse_qs(parts.query, max_num_fields=10).get(self.query, [])
            return parts.path == self.path and len(keys) == 1 and len(keys[0]) >= 8
        return parts.path.startswith(self.path) and len(parts.path) >= len(self.path) + 8 and not parts.query

    def secret_part(self, address: str) -> str:
        """The part of an address that nobody may read."""
        parts = urlsplit(address)
        return parse_qs(parts.query).get(self.query, [""])[0] if self.query else parts.path.removeprefix(self.path)


def request_for(vendor: Vendor, address: str, secret: str, message: Message, now: datetime) -> tuple[str, bytes]:
    """(the address with its signature, the body) of one message, within the vendor's limit."""
    into_query, into_body = vendor.sign(secret, now) if secret and vendor.signs else ({}, {})
    body = fitted(vendor, message) | into_body
    for name, value in into_query.items():
        address += f"&{name}={quote(value, safe='')}"
    return address, json.dumps(body, ensure_ascii=False).encode()


def fitted(vendor: Vendor, message: Message) -> dict[str, Any]:
    """The body with as many lines as fit: counted in bytes, as the vendors do."""
    limit = vendor.longest_plain if message.plain else vendor.longest
    for count in range(min(len(message.lines), LINES), 0, -1):
        body = vendor.write(message, count)
        if _limited_part(vendor, body) <= limit:
            return body
    return vendor.write(Message(message.title[:60], (), message.open_word, message.more, message.urgency, message.plain), 0)


def _limited_part(vendor: Vendor, body: Mapping[str, Any]) -> int:
    if vendor.key == "wecom":
        return len((body.get("markdown") or body["text"])["content"].encode())
    return len(json.dumps(body, ensure_ascii=False).encode())


def judge(vendor: Vendor, status: int, body: bytes, retry_after: int = 0) -> Verdict:
    """What an answer means. A code nobody knows is "not now": nothing is lost, and it is shown with the vendor's words."""
    if status == 429:
        return Verdict("wait", "429", "", min(max(retry_after, 60), 3600))
    try:
        said = json.loads(body)
        code, words = vendor.code(said if isinstance(said, dict) else {})
    except (ValueError, RecursionError):
        code, words = "", ""
    if code == "0" and status < 300:
        return Verdict("taken", "0")
    words = " ".join(words.split())[:120]
    if code in vendor.stops:
        return Verdict("stopped", code, words)
    if code in vendor.slows:
        return Verdict("wait", code, words, vendor.slows[code])
    if code in vendor.refuses:
        return Verdict("refused", code, words)
    return Verdict("wait", code or str(status), words)


def _clean(text: str) -> str:
    """Text without the signs that would be markup in one of the three."""
    return " ".join("".join(" " if sign in "<>[]*_`#\\|" or not sign.isprintable() else sign for sign in text).split())


def _as_text(message: Message, count: int) -> str:
    rows = [message.title, *(f"{line.text} {line.link}".rstrip() for line in message.lines[:count])]
    return "\n".join([*rows, *([message.more] if message.more else [])])


def _as_markdown(message: Message, count: int, gap: str) -> str:
    rows = [f"**{_clean(message.title)}**"]
    for line in message.lines[:count]:
        rows.append(f"- {_clean(line.text)}" + (f" [{message.open_word}]({line.link})" if line.link else ""))
    return gap.join([*rows, *([_clean(message.more)] if message.more else [])])


def _errcode(said: Mapping[str, Any]) -> tuple[str, str]:
    return str(said.get("errcode", "")), str(said.get("errmsg", ""))


def _feishu_code(said: Mapping[str, Any]) -> tuple[str, str]:
    code, words = said.get("code", said.get("StatusCode", "")), str(said.get("msg", said.get("StatusMessage", "")))
    if code == 9499 and "many" in words.lower():  # one code for a bad request and for too many
        code = 11232
    return str(code), words


def _wecom(message: Message, count: int) -> dict[str, Any]:
    if message.plain:
        return {"msgtype": "text", "text": {"content": _as_text(message, count)}}
    return {"msgtype": "markdown", "markdown": {"content": _as_markdown(message, count, "\n")}}


def _dingtalk(message: Message, count: int) -> dict[str, Any]:
    if message.plain:
        return {"msgtype": "text", "text": {"content": _as_text(message, count)}}
    title = _clean(message.title)
    if len(message.lines) == 1 and message.lines[0].link and count:  # one thing, one button
        text = f"**{title}**\n\n{_clean(message.lines[0].text)}"
        card = {"title": title, "text": text, "btnOrientation": "0", "singleTitle": message.open_word, "singleURL": message.lines[0].link}
        return {"msgtype": "actionCard", "actionCard": card}
    return {"msgtype": "markdown", "markdown": {"title": title, "text": _as_markdown(message, count, "\n\n")}}


def _feishu(message: Message, count: int) -> dict[str, Any]:
    if message.plain:
        return {"msg_type": "text", "content": {"text": _as_text(message, count)}}
    colour = {"late": "red", "soon": "orange"}.get(message.urgency, "blue")
    elements: list[dict[str, Any]] = []
    for line in message.lines[:count]:
        elements.append({"tag": "div", "text": {"tag": "plain_text", "content": line.text}})
        if line.link:
            button = {"tag": "button", "text": {"tag": "plain_text", "content": message.open_word}, "type": "default", "url": line.link}
            elements.append({"tag": "action", "actions": [button]})
    if message.more:
        elements.append({"tag": "note", "elements": [{"tag": "plain_text", "content": message.more}]})
    header = {"title": {"tag": "plain_text", "content": message.title}, "template": colour}
    return {"msg_type": "interactive", "card": {"config": {"wide_screen_mode": True}, "header": header, "elements": elements}}


def _no_signature(secret: str, now: datetime) -> tuple[dict[str, str], dict[str, str]]:
    return {}, {}


def dingtalk_signature(secret: str, now: datetime) -> tuple[dict[str, str], dict[str, str]]:
    """加签: HMAC-SHA256 under the secret of "milliseconds, new line, secret", both beside the key in the address."""
    moment = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": moment, "sign": base64.b64encode(digest).decode()}, {}


def feishu_signature(secret: str, now: datetime) -> tuple[dict[str, str], dict[str, str]]:
    """签名校验: HMAC-SHA256 of nothing under "seconds, new line, secret", both in the body."""
    moment = str(int(now.timestamp()))
    digest = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {}, {"timestamp": moment, "sign": base64.b64encode(digest).decode()}


VENDORS: dict[str, Vendor] = {
    "wecom": Vendor(
        "wecom", "企业微信", "WeCom", ("qyapi.weixin.qq.com",), "/cgi-bin/webhook/send", "key", 20, 4096, 2048, False,
        _wecom, _no_signature, _errcode,
        stops=frozenset({"93000", "93004", "93008", "40014", "41001"}),  # no such robot, taken out of the group, no key
        refuses=frozenset({"40008", "40058", "44004", "45002"}),  # this message: kind, field, empty, too long
        slows={"45009": 60, "45033": 60, "-1": 60},
    ),
    "dingtalk": Vendor(
        "dingtalk", "钉钉", "DingTalk", ("oapi.dingtalk.com",), "/robot/send", "access_token", 20, 20_000, 20_000, True,
        _dingtalk, dingtalk_signature, _errcode,
        # no such key, signature or address list or key word wrong, robot or group gone
        stops=frozenset({"300001", "300005", "310000", "400013", "400101", "400102", "400106"}),
        refuses=frozenset({"40035", "400105", "460101", "430101", "430102", "430103", "430104"}),
        slows={"130101": 600, "410100": 600, "-1": 60},  # too fast: still for ten minutes
    ),
    "feishu": Vendor(
        "feishu", "飞书", "Feishu / Lark", ("open.feishu.cn", "open.larksuite.com"), "/open-apis/bot/v2/hook/", "", 60, 20_000, 20_000, True,
        _feishu, feishu_signature, _feishu_code,
        stops=frozenset({"19001", "19003", "19021", "19022", "19024"}),  # no such robot, signature, address list, key word
        refuses=frozenset({"9499", "19002", "11246"}),
        slows={"11232": 60, "11233": 60},
    ),
}
