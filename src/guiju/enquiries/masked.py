"""A copy in words of a sealed file, with card numbers struck out: what pages may show of it."""

from __future__ import annotations

from guiju.enquiries.scans import Scan
from guiju.papers.files import read_back
from guiju.papers.models import StoredFile
from guiju.reading import airlock, apart, cards, hypertext, mail, safe_xml
from guiju.reading.layout import lay_out
from guiju.reading.scan import from_row


def masked_copy(file: StoredFile) -> str:
    """The words of the original; of what has none, nothing."""
    return _copy(file, read_back(file))


def _of_scan(file: StoredFile) -> str:
    """The words that were read from a scan; card numbers were struck out before they were kept."""
    row = Scan.objects.filter(file=file, state=Scan.State.READ).first()
    return lay_out(from_row(row.found)).text if row is not None else ""


def _copy(file: StoredFile, data: bytes) -> str:
    if file.mime == "application/xml":
        return cards.mask_marked(safe_xml.DECLARATION.sub("", safe_xml.decoded(data), count=1)[: cards.MOST_CHARS])
    if file.mime == "message/rfc822":
        letter = mail.read(data)
        names = "".join(f"[{one.name}]\n" for one in letter.attachments)
        return cards.mask_pans(f"{letter.sender}\n{letter.subject}\n\n{letter.text}\n\n{names}"[: cards.MOST_CHARS])
    if file.mime == "application/pdf":
        try:
            return cards.mask_pans(apart.open_apart("pdf", data).words) + _of_scan(file)
        except apart.Failed:
            return _of_scan(file)
    if file.mime.startswith("image/"):
        return _of_scan(file)
    if file.mime.startswith("application/vnd.openxmlformats"):
        return cards.mask_pans(apart.open_apart("xlsx", data).words)
    text = (airlock.decode(data, hypertext.charset_of(data)) or "")[: cards.MOST_CHARS]
    return cards.mask_marked(text) if file.mime == "text/html" else cards.mask_pans(text)
