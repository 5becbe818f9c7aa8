"""A copy in words of a sealed file, with card numbers struck out: what pages may show of it."""

from __future__ import annotations

from guiju.papers.files import read_back
from guiju.papers.models import StoredFile
from guiju.reading import airlock, apart, cards, hypertext, mail, safe_xml


def masked_copy(file: StoredFile) -> str:
    """The words of the original; of what has none, nothing."""
    return _copy(file, read_back(file))


def _copy(file: StoredFile, data: bytes) -> str:
    if file.mime == "application/xml":
        return cards.mask_marked(safe_xml.DECLARATION.sub("", safe_xml.decoded(data), count=1)[: cards.MOST_CHARS])
    if file.mime == "message/rfc822":
        letter = mail.read(data)
        names = "".join(f"[{one.name}]\n" for one in letter.attachments)
        return cards.mask_pans(f"{letter.sender}\n{letter.subject}\n\n{letter.text}\n\n{names}"[: cards.MOST_CHARS])
    if file.mime == "application/pdf":
        try:
            return cards.mask_pans(apart.open_apart("pdf", data).words)
        except apart.Failed:
            return ""
    if file.mime.startswith("application/vnd.openxmlformats"):
        return cards.mask_pans(apart.open_apart("xlsx", data).words)
    text = (airlock.decode(data, hypertext.charset_of(data)) or "")[: cards.MOST_CHARS]
    return cards.mask_marked(text) if file.mime == "text/html" else cards.mask_pans(text)
