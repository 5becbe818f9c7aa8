"""Meals, transport and payment where they are written without a label, and how it is paid."""

from __future__ import annotations

import re

from guiju.reading.doubt import Doubt, quoted
from guiju.reading.field import Field
from guiju.reading.page import Page

MEALS = re.compile(r"[含双单]早|早餐|午餐|晚餐|中餐|正餐|用餐|餐标|晚宴|\b(?:breakfasts?|lunch(?:es)?|dinners?|half board|full board|b&b)\b", re.I)
TRANSPORT = re.compile(r"航班|车次|接[机站]|送[机站]|大巴|高铁|\bflight|\bpick-?up|\bairport transfer|\bcoach\b", re.I)
PAYMENTS = (
    ("on_account", r"挂账|挂帐|月结|与我司结|与我社结|记账|(?:on|to) (?:our |the )?account(?! of| manager| executive)|city ledger|bill to company"),
    ("cash", r"现付|现金|前台付|前台自付|自付|客人自理|客人现结|到付|pay(?:s|ing)? (?:direct(?:ly)? )?at (?:the )?hotel|(?<!petty )\bcash\b"
        r"|guests? pays?|own account"),
    ("transfer", r"转账|汇款|电汇|银行转|bank transfer|\bwire\b"),
    ("voucher", r"凭单|voucher"),
    ("prepaid", r"预付|prepaid|prepayment|pre-?paid|pay in advance"),
)
PAID = re.compile("|".join(f"(?P<{code}>{pattern})" for code, pattern in PAYMENTS), re.I)


def in_passing(page: Page, pattern: re.Pattern[str], kinds: frozenset[str], name: str) -> Field | None:
    """The clauses that speak of meals or transport, as they stand; their numbers are theirs."""
    spans: list[tuple[int, int]] = []
    for hit in pattern.finditer(page.open_text):
        clause = page.clause(hit.start())
        asked = re.search(r"是否|whether", page.text[slice(*clause)]) and not re.search("[☑☒■√✓✔]", page.text[slice(*clause)])
        if clause not in spans and not asked:
            spans.append(clause)
    if not spans:
        return None
    made = Field("; ".join(_trim(page, span) for span in spans)[:200])
    made.spans = [(start + len(page.text[start:end]) - len(page.text[start:end].lstrip()), end) for start, end in spans]
    for span in spans:
        for token in page.between(*span):
            if not token.used and token.kind in kinds:
                token.used = name
    return made


def _trim(page: Page, span: tuple[int, int]) -> str:
    return page.text[slice(*span)].strip(" \t,，;；。、\n.")


def phone_in_passing(page: Page) -> Field | None:
    """A telephone number without a label of its own; whose it is, a person must say."""
    found = [token for token in page.tokens if token.kind == "phone" and not token.used]
    found = [token for token in found if not re.search(r"(?:传真|\bfax)[^\n]{0,8}$", page.text[max(0, token.start - 16) : token.start], re.I)]
    if not found:
        return None
    made = Field(found[0].text, [(token.start, token.end) for token in found])
    named = re.search(r"(?:电话|手机|联系|致电|\btel|\bphone|\bmobile|\bcell"
        r"|\bcall)[^\n\d]{0,10}$", page.text[max(0, found[0].start - 20) : found[0].start], re.I)
    if len(found) > 1:
        made.doubts.append(Doubt("several", quoted(" / ".join(token.text for token in found))))
    elif not named:
        made.doubts.append(Doubt("unlabelled", found[0].text))
    return made


def payment(page: Page, labelled: Field | None) -> Field | None:
    """How it is paid: what is ticked or said; two ways, or words nobody knows, are not certain."""
    start, end = labelled.spans[0] if labelled else (0, len(page.text))
    hits = list(PAID.finditer(page.open_text, start, end))
    codes = list(dict.fromkeys(hit.lastgroup for hit in hits))
    if labelled is None and not hits:
        return None
    spans = labelled.spans if labelled else [hit.span() for hit in hits]
    made = Field(codes[0] if codes else (labelled.value or "" if labelled else "")[:40] or None, spans, list(labelled.doubts) if labelled else [])
    if len(codes) != 1 and not made.doubts:
        made.doubts.append(Doubt("payment", quoted(page.text[start:end] if labelled else " / ".join(hit.group() for hit in hits))))
    return made
