"""The engine itself, on a few faxes and on hostile files; `python -m bench.faxes` reads many more."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw

from guiju.reading import airlock, engine, scan_apart, scanned
from guiju.reading.apart import Failed, open_apart
from guiju.reading.scan import Print, Scan
from tests.reading.faxes import fax, judged
from tests.reading.letters import TODAY, WORDS

needs_engine = pytest.mark.skipif(not engine.installed(), reason='the extra "ocr" is not installed')
if os.environ.get("GUIJU_MUST_OCR") == "1":
    assert engine.installed(), "the engine is missing, and GUIJU_MUST_OCR is set"
FEW = (5, 16, 27, 34)  # a form in quick mode, a table on its head, a group lying on its side, a spoilt letter


def pages() -> list[Image.Image]:
    return [fax(number, spoilt=number == 34).page for number in FEW]


def tiff(pictures: list[Image.Image], dpi: tuple[int, int] = (204, 196)) -> bytes:
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], compression="group4", dpi=dpi)
    return out.getvalue()


@needs_engine
def test_four_faxes_in_one_tiff_are_read_and_none_is_silently_wrong() -> None:
    looked = scan_apart.read_apart("tiff", tiff(pages()))
    assert looked.scan.pages == 4 and [sheet.turned for sheet in looked.scan.sheets] == [fax(number).turned for number in FEW]
    assert all(picture.startswith(b"\x89PNG") for picture in looked.pictures) and len(looked.pictures) == 4
    verdicts: list[str] = []
    for number, sheet in zip(FEW, looked.scan.sheets, strict=True):
        text, part = scanned.append("", Scan(1, [sheet]))
        found = judged(scanned.read(text, [part], WORDS, TODAY).fields, fax(number).truth, told=bool(sheet.unread))
        assert "wrong" not in found.values(), (number, found, text)
        verdicts += found.values()
    assert verdicts.count("right") >= 20, verdicts


@needs_engine
def test_hostile_and_empty_files_end_within_their_bounds() -> None:
    bomb = io.BytesIO()
    Image.new("1", (10_900, 10_900), 1).save(bomb, "PNG")  # a few kB, a hundred million points
    assert len(bomb.getvalue()) < 100_000 and airlock.admit(bomb.getvalue(), "a.png").kind == "png"
    looked = scan_apart.read_apart("png", bomb.getvalue())
    assert not looked.scan.has_print and max(looked.scan.sheets[0].width, looked.scan.sheets[0].height) <= engine.LONGEST
    many = scan_apart.read_apart("tiff", tiff([Image.new("1", (200, 280), 1)] * 1000))
    assert (many.scan.pages, len(many.scan.sheets)) == (1000, scan_apart.MOST_PAGES)
    at = Random(3)
    photo = Image.frombytes("L", (160, 120), bytes(at.randrange(60, 200) for _ in range(160 * 120))).resize((1600, 1200), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    photo.save(out, "JPEG")
    text, part = scanned.append("", scan_apart.read_apart("jpeg", out.getvalue()).scan)
    reading = scanned.read(text, [part], WORDS, TODAY)
    assert all(not one.sure for one in reading.fields.values() if one.value)


@pytest.mark.parametrize("data", [b"II*\x00\x08\x00\x00\x00", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"%PDF-1.4 nothing"])
def test_what_is_damaged_fails_and_says_so(data: bytes) -> None:
    kind = "tiff" if data[:2] == b"II" else "png" if data[:1] == b"\x89" else "pdf"
    with pytest.raises(Failed):
        scan_apart.read_apart(kind, data)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_apart, "PATIENCE", 0)
    began = time.monotonic()
    with pytest.raises(Failed, match="too long"):
        scan_apart.read_apart("png", slow(), every=0.05)
    assert time.monotonic() - began < 10


def test_what_nobody_wants_any_more_is_ended() -> None:
    with pytest.raises(Failed, match="nobody"):
        scan_apart.read_apart("png", slow(), still=lambda: False, every=0.05)


def test_a_gap_as_wide_as_a_sign_makes_its_neighbours_unsure() -> None:
    """澄湾 at the start of a client's name was lost by both readings: its place is there."""
    whole = Print("澄湾会展", (100, 0, 260, 50), [99] * 4, [118, 156, 194, 232])
    engine._lost_signs(whole)
    assert whole.sure == [99] * 4
    lost = Print("会展", (100, 0, 260, 50), [99] * 2, [194, 232])
    engine._lost_signs(lost)
    assert lost.sure == [engine.DIFFERENT, 99]


def slow() -> bytes:
    out = io.BytesIO()
    Image.new("L", (1700, 2200), 255).save(out, "PNG")
    return out.getvalue()


def apart(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)


def test_the_reader_has_no_network() -> None:
    ran = apart(
        "from guiju.reading.scan_apart import _leave_network; _leave_network()\n"
        "import socket\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9))\nexcept PermissionError as error:\n    print(error)"
    )
    assert ran.stdout.strip() == "reading needs no network", ran.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system has no such signal")
def test_a_reader_ends_with_its_worker() -> None:
    """kill -9 of the worker leaves no reader behind."""
    code = "import os,time\nfrom guiju.reading.scan_apart import _end_with\n_end_with(int(os.environ['BOSS']))\nprint(os.getpid(), flush=True)\ntime.sleep(60)"
    boss = subprocess.Popen(
        [
            sys.executable, "-c",
            f"import os,subprocess,sys\nos.environ['BOSS']=str(os.getpid())\nsubprocess.run([sys.executable,'-c',{code!r}])",
        ],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert boss.stdout is not None
    reader = int(boss.stdout.readline())
    boss.send_signal(signal.SIGKILL)
    boss.wait(10)
    for _wait in range(100):
        try:
            os.kill(reader, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.kill(reader, signal.SIGKILL)
    raise AssertionError("the reader went on")


def test_the_models_stay_out_of_web_and_worker() -> None:
    ran = apart("import guiju.reading.scan_apart, guiju.reading.scanned, sys; print([name for name in ('cv2', 'rapidocr', 'onnxruntime', 'numpy') if name in sys.modules])")
    assert ran.stdout.strip() == "[]"


def pdf(*leaves: str) -> bytes:
    """A PDF of pages: "scan" a picture, "text" words, "head" a picture with a fax program's line above it."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument.new()
    for leaf in leaves:
        page = document.new_page(595, 842)
        if leaf in ("scan", "head"):
            picture = pypdfium2.PdfImage.new(document)
            shade = Image.new("L", (300, 420), 255)
            ImageDraw.Draw(shade).line((20, 20, 200, 200), fill=0, width=3)
            picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(shade))
            picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
            page.insert_obj(picture)
        if leaf in ("text", "head"):
            font = raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
            for line in range(1 if leaf == "head" else 6):
                words = raw.FPDFPageObj_CreateTextObj(document.raw, font, 12)
                encoded = "Fax from 0592 5550 1234 page 1\x00".encode("utf-16-le")
                raw.FPDFText_SetText(words, (raw.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded) if hasattr(raw, "c_ushort") else _signs(encoded))
                raw.FPDFPageObj_Transform(words, 1, 0, 0, 1, 60, 800 - 20 * line)
                raw.FPDFPage_InsertObject(page.raw, words)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _signs(encoded: bytes) -> object:
    import ctypes

    return (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)


def test_a_pdf_says_which_of_its_pages_are_only_pictures() -> None:
    """A text page is taken as it is; a scanned one is to be read, also below the line that a fax program set above it."""
    opened = open_apart("pdf", pdf("text", "scan", "head"))
    assert opened.pages == 3 and opened.bare == [2, 3] and opened.words.count("Fax from") == 6
    admitted = airlock.admit(pdf("text", "scan"), "a.pdf")
    assert admitted.bare == (2,) and "Fax from" in admitted.words


def test_no_page_of_a_long_pdf_is_left_out() -> None:
    """The words of the last page are there like those of the first."""
    assert open_apart("pdf", pdf(*["text"] * 60)).words.count("Fax from") == 60 * open_apart("pdf", pdf("text")).words.count("Fax from") > 0


@needs_engine
def test_the_engine_keeps_no_records_of_its_use(tmp_path: Path) -> None:
    """Its library would lay them beside the user's files and send them to its maker."""
    made = "from guiju.reading.engine import Engine; Engine()"
    for outcome, words in ((set(), made), ({"onnxruntime.db"}, made.replace("Engine()", "import onnxruntime; onnxruntime.get_device()"))):
        home = tmp_path / str(len(outcome))
        home.mkdir()
        # Bare: on a build machine (CI=…) the library keeps quiet of itself, and XDG folders would take it elsewhere.
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": "src"}
        subprocess.run([sys.executable, "-c", words], env=environment, check=True)
        assert {found.name for found in home.rglob("*.db")} == outcome  # the second: the control
