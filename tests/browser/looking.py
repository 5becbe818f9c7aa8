"""What is looked at on every page: axe, width, words, dates, codes, console, and where its links and forms lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import BrowserContext, Page

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "guiju"
RAW_KEY = re.compile(r"\b[a-z]+_[a-z_]+\b")
ISO_DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d|\b[0-9]+\b")
WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, box = node.parentElement;
    if (["SCRIPT", "STYLE", "TEXTAREA"].includes(box.tagName) || box.closest("[lang=en], [data-verbatim]") || !box.checkVisibility()) continue;
    found.push(node.textContent.trim());
  }
  return found.filter(Boolean);
}"""
TARGETS = """() => ({
  links: [...document.querySelectorAll("a[href]")].map(one => new URL(one.getAttribute("href"), location).href).filter(one => one.startsWith(location.origin)),
  forms: [...document.querySelectorAll("form[method=post]")].map(one => one.action),
})"""


@dataclass
class Look:
    """One post's browser: its context, what its console said, and the addresses already tried."""

    context: BrowserContext
    url: str
    lang: str
    codes: frozenset[str]
    page: Page = field(init=False)
    said: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)  # shared by the looks of one post

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def at(self, path: str) -> list[str]:
        """Everything that is wrong on a page."""
        self.said.clear()
        answer = self.page.goto(f"{self.url}{path}")
        assert answer is not None
        if answer.status >= 400:
            return [f"{path}: {answer.status}"]
        self.page.wait_for_timeout(100)  # pieces that load by themselves have asked by now
        self.page.wait_for_function("() => !document.querySelector('.htmx-request')")
        return [f"{path}: {fault}" for fault in self.faults()] + list(self.leads(path))

    def faults(self) -> Iterator[str]:
        """What axe, the width, the words and the console say about the page that is open."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        for one in found.response["violations"]:
            yield f"axe {one['id']}: {one['nodes'][0]['html'][:140]}"
        if (over := self.page.evaluate(WIDER)) > 0:
            yield f"{over} px wider than the screen"
        yield from dict.fromkeys(words_amiss(self.page.evaluate(TEXTS), self.lang, self.codes))
        yield from (f"console: {text[:200]}" for text in self.said)

    def leads(self, path: str) -> Iterator[str]:
        """Links and forms of the page that this post cannot follow; each kind of address once."""
        for kind, addresses in self.page.evaluate(TARGETS).items():
            for address in addresses:
                pattern = NUMBERS.sub("*", address.split("#")[0])
                if pattern in self.tried or "sign-out" in address:
                    continue
                self.tried.add(pattern)
                status = self.context.request.get(address.split("#")[0], max_redirects=5).status
                if status >= 400 and not (kind == "forms" and status in (404, 405)):  # forms answer only what is posted
                    yield f"{path}: {address} answers {status}"


def words_amiss(texts: list[str], lang: str, codes: frozenset[str]) -> Iterator[str]:
    """Keys, machine dates, bare codes of room types, and on a Chinese page sentences that were left in English."""
    for text in texts:
        if RAW_KEY.search(text) and "@" not in text and "/" not in text and not text.startswith("§ "):
            yield f"a raw key: {text[:80]}"
        if ISO_DATE.search(text):
            yield f"a machine's date: {text[:80]}"
        if codes.intersection(re.findall(r"\b[A-Z]{3}\b", text)):
            yield f"a bare code: {text[:80]}"
        if lang != "en" and text in english():
            yield f"not in Chinese: {text[:80]}"


_english: set[str] = set()


def english() -> set[str]:
    """The English sentences that have a Chinese one."""
    if not _english:
        for path in PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
            with path.open("rb") as handle:
                for message in read_po(handle):
                    first = message.id[0] if isinstance(message.id, tuple) else message.id
                    said: Any = message.string[0] if isinstance(message.string, tuple) else message.string
                    if first and re.search(r"[A-Za-z]{3}", first) and said and said != first and not re.fullmatch(r"[A-Za-z0-9 ]+", said):
                        _english.add(first.strip())
    return _english
