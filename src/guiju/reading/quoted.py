"""What somebody wrote himself in an answer: the words above the letter that his program put below them."""

from __future__ import annotations

import re

BEGINS = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*(?:original message|forwarded message|原始邮件|原邮件|转发邮件|ursprüngliche nachricht)\s*-{2,}.*|"
    r"on\b.{5,200}\bwrote\s*:|"
    r"am\b.{5,200}\bschrieb\b.{0,100}:|"
    r"(?:在|于|at)?\s*\d{4}\s*[-年/.].{3,120}(?:写道|wrote)\s*[:：]|"
    r".{0,120}于\s*\d{4}年.{3,80}写道\s*[:：]|"
    r"_{10,}|"
    r"(?:from|发件人|寄件者|寄件人|von)\s*[:：]\s*.*(?:@|<).*"
    r")\s*$",
    re.I,
)


def own_words(text: str) -> str:
    """The words above the first sign of a quoted letter, without lines marked ">"; all of them where nothing is quoted.

    An answer written below or between the quoted lines keeps every line that is not marked.
    """
    kept: list[str] = []
    for line in text.split("\n"):
        if BEGINS.match(line[:400]) and any(one.strip() for one in kept):
            break
        if not line.lstrip().startswith((">", "＞")):
            kept.append(line)
    return "\n".join(kept).strip() or text.strip()
