"""The reading engine: a page's picture to pieces of print. Used only in the process apart (`scan_apart`); needs the extra "ocr".

Every piece is read twice, from two preparations of the picture: where the readings differ, nobody is sure.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from guiju.reading.scan import Box, Print, Sheet

FAX_WIDTH = 1728  # points in the line of every fax machine
LONGEST, SHORTEST = 2400, 1100  # the longer side of a picture that is read
LOOKED_AT = 1728  # ... and of the one in which print is looked for
INK = 150
WIDE_BLANK = 0.62  # of the height of its line: what stands behind it is another cell or sentence
DIGITS_APART = 0.4  # between digits a smaller one is the air around a 1
LOST = 1.25  # of the height of its line: no two signs' middles that belong together stand farther apart
LEAST = 50  # less certain on the average is no reading: its place counts as unread
DIFFERENT = 40  # how certain a sign is at most when the second reading says otherwise


def installed() -> bool:
    """Whether the extra "ocr" is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Engine:
    """The models, loaded once for a file."""

    def __init__(self) -> None:
        # This library keeps records of its use and would send them to its maker: nothing leaves the house.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        from rapidocr import RapidOCR

        made = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1})
        self._find, self._read = made._load_det_model(), made._load_rec_model()
        self._signs: list[str] = self._read.postprocess_op.character

    def boxes(self, grey: Any) -> Any:
        """The corners of each piece of print, clockwise from its upper left; none: an empty list."""
        import cv2
        import numpy as np

        scale = min(1.0, LOOKED_AT / max(grey.shape))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        found = self._find(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)).boxes
        return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32) / scale

    def signs(self, pieces: list[Any]) -> list[list[Sign]]:
        """The signs of each cut-out piece."""
        import numpy as np

        found: list[list[Sign]] = [[] for _ in pieces]
        order = sorted(range(len(pieces)), key=lambda place: pieces[place].shape[1] / pieces[place].shape[0])
        for first in range(0, len(order), 6):
            batch = order[first : first + 6]
            widest = max(320 / 48, *(pieces[place].shape[1] / pieces[place].shape[0] for place in batch))
            made = self._read.session(np.stack([self._read.resize_norm_img(pieces[place], widest) for place in batch]).astype(np.float32))
            for place, columns in zip(batch, made, strict=True):
                share = pieces[place].shape[1] / pieces[place].shape[0] / widest
                found[place] = self._decoded(columns, share)
        return found

    def _decoded(self, columns: Any, share: float) -> list[Sign]:
        best, odds = columns.argmax(axis=1), columns.max(axis=1)
        wide = max(1.0, len(best) * min(1.0, share))
        found: list[Sign] = []
        for place, code in enumerate(best):
            if code == 0:
                continue
            if place and best[place - 1] == code:
                if found and odds[place] > found[-1].odds:
                    found[-1] = Sign(found[-1].text, float(odds[place]), found[-1].at)
                continue
            found.append(Sign(self._signs[code], float(odds[place]), min(1.0, (place + 0.5) / wide)))
        return found


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign read: how certain, and where in its piece (0 left, 1 right)."""

    text: str
    odds: float
    at: float


def read_page(engine: Engine, picture: Any, number: int, dpi: tuple[float, float] | None = None) -> tuple[Sheet, Any]:
    """(what stands on a page, its picture set upright)."""
    import cv2
    import numpy as np

    grey = _sized(np.array(picture.convert("L")), dpi)
    soft = cv2.GaussianBlur(grey, (0, 0), 1.2 if _is_two_toned(grey) else 0.6)
    boxes = engine.boxes(soft) if _has_ink(soft) else []
    turned = 0
    if len(boxes):
        quarter = _quarter_turns(engine, soft, boxes)
        turned = 90 * quarter
        grey, soft = _turn(grey, quarter), _turn(soft, quarter)
        # print that stands on its head is found as well as any; print that lies on its side is not
        boxes = engine.boxes(soft) if quarter % 2 else _turned_boxes(boxes, quarter, grey.shape)
        grey, soft, boxes = _straight(grey, soft, boxes)
    sheet = Sheet(number, grey.shape[1], grey.shape[0], turned=turned)
    if len(boxes):
        sheet.prints = _prints(engine, grey, soft, boxes)
    sheet.unread = _unread(soft, sheet.prints)
    return sheet, grey


def _sized(grey: Any, dpi: tuple[float, float] | None) -> Any:
    """A fax in quick mode is half as high as it should be; very small and very large pictures are brought to a size that reads well."""
    import cv2

    high, wide = grey.shape
    tall = 1.0
    ratio = dpi[0] / dpi[1] if dpi and dpi[0] > 0 and dpi[1] > 0 else 1.0
    if 1.5 <= ratio <= 2.6 or 0.4 <= ratio <= 0.67:
        tall = ratio
    elif (wide == FAX_WIDTH and high < wide * 0.8) or (high == FAX_WIDTH and wide < high * 0.8):
        tall = 2.0
    across = tall if high == FAX_WIDTH and wide < high and tall != 1.0 else 1.0
    down = 1.0 if across != 1.0 else tall
    longest = max(high * down, wide * across)
    scale = min(1.0, LONGEST / longest) if longest > LONGEST else max(1.0, SHORTEST / longest)
    if (across, down, scale) == (1.0, 1.0, 1.0):
        return grey
    size = (max(1, round(wide * across * scale)), max(1, round(high * down * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def _has_ink(soft: Any) -> bool:
    """Whether anything is on the page at all: an empty one need not be looked at."""
    return bool((soft < INK).sum() >= 40)


def _is_two_toned(grey: Any) -> bool:
    """Black and white only: every edge is a stair, and every speck as black as the print."""
    return bool(((grey < 16) | (grey > 239)).mean() > 0.94)


# Upright and straight


def _quarter_turns(engine: Engine, soft: Any, boxes: Any) -> int:
    """How many quarters (clockwise) the page must be turned: print runs along its boxes, and reads better the right way up."""
    import numpy as np

    across, down = _sides(boxes)
    long = np.maximum(across, down) >= 2 * np.minimum(across, down)
    lying = bool((down > across)[long].sum() * 2 > long.sum()) if long.any() else False
    odds = []
    for quarter in (1, 3) if lying else (0, 2):
        page = _turn(soft, quarter)
        turned = _turned_boxes(boxes, quarter, page.shape)
        widths = _sides(turned)[0]
        few = [turned[place] for place in np.argsort(-widths)[:12]]
        read = engine.signs([_cut(page, box) for box in few])
        signs = [sign.odds for one in read for sign in one]
        odds.append((sum(signs) / len(signs) if len(signs) > 3 else 0.0, quarter))
    return max(odds, key=lambda one: (one[0], -one[1]))[1]


def _sides(boxes: Any) -> tuple[Any, Any]:
    """(how wide, how high) each box is."""
    import numpy as np

    return np.linalg.norm(boxes[:, 1] - boxes[:, 0], axis=1), np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)


def _turn(picture: Any, quarter: int) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, -quarter)) if quarter else picture


def _turned_boxes(boxes: Any, quarter: int, shape: tuple[int, ...]) -> Any:
    """The corners on the turned page, again from the upper left."""
    import numpy as np

    high, wide = shape
    x, y = boxes[..., 0], boxes[..., 1]
    if quarter == 1:
        x, y = wide - y, x
    elif quarter == 2:
        x, y = wide - x, high - y
    elif quarter == 3:
        x, y = y, high - x
    return np.roll(np.stack([x, y], axis=-1), quarter, axis=1).astype(np.float32)


def _straight(grey: Any, soft: Any, boxes: Any) -> tuple[Any, Any, Any]:
    """The page turned back by the angle at which its lines run."""
    import cv2
    import numpy as np

    across, down = _sides(boxes)
    wide = boxes[across > 3 * down]
    if not len(wide):
        return grey, soft, boxes
    run = wide[:, 1] - wide[:, 0] + wide[:, 2] - wide[:, 3]
    angle = float(np.median(np.degrees(np.arctan2(run[:, 1], run[:, 0]))))
    if not 0.15 < abs(angle) < 20:
        return grey, soft, boxes
    high, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, high / 2), angle, 1.0)
    paper = int(np.median(grey))
    grey, soft = (
        cv2.warpAffine(one, turn, (width, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper) for one in (grey, soft)
    )
    return grey, soft, (boxes @ turn[:, :2].T + turn[:, 2]).astype(np.float32)


# Reading


def _cut(page: Any, box: Any, stretch: float = 1.0) -> Any:
    """The piece within four corners, laid flat."""
    import cv2
    import numpy as np

    wide = max(4, round(float(np.linalg.norm(box[1] - box[0])) * stretch))
    high = max(4, round(float(np.linalg.norm(box[3] - box[0]))))
    to = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    flat = cv2.warpPerspective(page, cv2.getPerspectiveTransform(box, to), (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return cv2.cvtColor(flat, cv2.COLOR_GRAY2BGR)


def _prints(engine: Engine, grey: Any, soft: Any, boxes: Any) -> list[Print]:
    """Each piece read twice: softened, and again sharper and wider, where a 11 cannot pass for a 1."""
    import cv2

    sharper = cv2.GaussianBlur(grey, (0, 0), 0.8)
    flat = [_cut(soft, box) for box in boxes]
    first = engine.signs(flat)
    again = engine.signs([_cut(sharper, box, 1.3) for box in boxes])
    found: list[Print] = []
    for box, piece, one, two in zip(boxes, flat, first, again, strict=True):
        made = _print(box, one, two)
        if made is not None:
            _lost_signs(made)
        if made is not None and sum(made.sure) >= LEAST * len(made.sure):
            found += _spaced(made, _gaps(piece[..., 0]))
    return found


def _print(corners: Any, signs: list[Sign], again: list[Sign]) -> Print | None:
    left, top = (int(value) for value in corners.min(axis=0))
    right, bottom = (int(value) for value in corners.max(axis=0))
    text = "".join(sign.text for sign in signs)
    if not text.strip():
        return None
    sure = [round(100 * sign.odds) for sign in signs for _ in sign.text]
    middles = [left + round((right - left) * sign.at) for sign in signs for _ in sign.text]
    second = "".join(sign.text for sign in again)
    if _bare(second) == _bare(text):
        return Print(text, (left, top, right, bottom), sure, middles)
    for what, start, end, one, two in SequenceMatcher(None, text, second, autojunk=False).get_opcodes():
        if what == "equal" or _bare(text[start:end]) == _bare(second[one:two]):
            continue
        for place in range(max(0, start - (start == end)), min(len(sure), end + (start == end))):
            sure[place] = min(sure[place], DIFFERENT)
    return Print(text, (left, top, right, bottom), sure, middles, second)


def _lost_signs(one: Print) -> None:
    """A place wide enough for a sign that was not read makes its neighbours unsure: both readings may have lost the same."""
    left, top, right, bottom = one.box
    wide = LOST * (bottom - top)
    solid = [at for at, sign in enumerate(one.text) if not sign.isspace()]
    edges = [(left - (bottom - top) * 0.2, None), *((one.middles[at], at) for at in solid), (right + (bottom - top) * 0.2, None)]
    for (start, before), (end, after) in pairwise(edges):
        if end - start > wide and not any(sign.isspace() for sign in one.text[(before or 0) : (after or 0)]):
            for at in (before, after):
                if at is not None:
                    one.sure[at] = min(one.sure[at], DIFFERENT)


def _gaps(flat: Any) -> list[tuple[float, float]]:
    """(middle, width) of each blank inside a piece, both as a share of its height and its left edge."""
    import numpy as np

    high = flat.shape[0]
    inner = flat[high // 7 : high - high // 7]
    inked = np.flatnonzero((inner < INK).sum(axis=0) >= 2)
    steps = np.diff(inked)
    return [((inked[at] + inked[at + 1]) / 2, float(steps[at]) / high) for at in np.flatnonzero(steps > 0.2 * high)]


def _spaced(one: Print, gaps: list[tuple[float, float]]) -> list[Print]:
    """The piece with its blanks: a wide one parts it in two, a narrow one beside digits is a blank that the engine dropped."""
    left = one.box[0]
    cuts: list[int] = []
    for middle, width in reversed(gaps):
        after = next((at for at, place in enumerate(one.middles) if place - left > middle), None)
        if not after:
            continue
        before, behind = one.text[after - 1], one.text[after]
        digits = before.isdigit() and behind.isdigit()
        mixed = (before + behind).isascii() and (before + behind).isalnum() and before.isdigit() != behind.isdigit()
        if width >= WIDE_BLANK:
            cuts.append(after)
        elif mixed or (digits and width >= DIGITS_APART):
            one.text = f"{one.text[:after]} {one.text[after:]}"
            one.sure.insert(after, 100)
            one.middles.insert(after, left + round(middle))
            cuts = [place + 1 for place in cuts]
    return _parted(one, sorted(set(cuts)))


def _parted(one: Print, cuts: list[int]) -> list[Print]:
    found: list[Print] = []
    for start, end in pairwise([0, *cuts, len(one.text)]):
        text = one.text[start:end]
        before, behind = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        start, end = start + before, end - behind
        if start < end:
            second = one.second if min(one.sure[start:end]) <= DIFFERENT else ""
            found.append(Print(one.text[start:end], one.sign_box(start, end), one.sure[start:end], one.middles[start:end], second))
    return found


SAME = str.maketrans("，：；（）！？。．－—–·～", ",:;()!?..---.~", " \u3000")


def _bare(text: str) -> str:
    """The signs that matter: no blanks, marks in one width."""
    return text.translate(SAME)


# Ink of which nothing was read


def _unread(soft: Any, prints: list[Print]) -> list[Box]:
    """Clumps of ink as large as print that no piece covers; rules and specks are no print."""
    import cv2
    import numpy as np

    usual = float(np.median([one.box[3] - one.box[1] for one in prints])) if prints else 40.0
    ink = (soft < INK).astype(np.uint8)
    broad = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    for shape in ((max(30, int(usual * 1.4)), 2), (2, max(30, int(usual * 1.4)))):  # rules of a table
        rules = cv2.morphologyEx(broad, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink[cv2.dilate(rules, np.ones((5, 5), np.uint8)) > 0] = 0
    for one in prints:
        left, top, right, bottom = one.box
        edge = max(4, (bottom - top) // 5)
        ink[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge] = 0
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    joined = cv2.dilate(ink, np.ones((max(3, int(usual * 0.15)), max(5, int(usual * 0.5))), np.uint8))
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Box] = []
    for place in range(1, count):
        left, top, wide, high, _size = (int(value) for value in stats[place])
        clump = (labels[top : top + high, left : left + wide] == place) & (ink[top : top + high, left : left + wide] > 0)
        rows, columns = np.flatnonzero(clump.any(axis=1)), np.flatnonzero(clump.any(axis=0))
        if not len(rows):
            continue
        tall, across = int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)
        longer, shorter = max(tall, across), min(tall, across)
        is_rule = longer >= usual and longer >= 6 * shorter
        if tall >= usual * 0.4 and int(clump.sum()) >= usual * usual * 0.06 and not is_rule:
            found.append((left, top, left + wide, top + high))
    return found[:40]
