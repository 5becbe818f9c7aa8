"""Scans: print laid out as lines, and a doubt wherever the print was not certain. Without the engine: pages typed here."""

from __future__ import annotations

import json
from typing import Any

from guiju.reading import scanned
from guiju.reading.layout import lay_out
from guiju.reading.scan import Print, Scan, Sheet, from_row
from tests.reading.letters import TODAY, WORDS

HIGH, WIDE = 50, 20


def printed(text: str, left: int, row: int, sure: int = 99, second: str = "", **weak: int) -> Print:
    """A piece of print; `weak` names signs that were less certain: _8=60."""
    odds = [weak.get(f"_{sign}", sure) for sign in text]
    middles = [left + WIDE // 2 + WIDE * at for at in range(len(text))]
    return Print(text, (left, 100 + row * 80, left + WIDE * len(text), 100 + row * 80 + HIGH), odds, middles, second)


def page(*rows: list[Any], unread: Any = (), pages: int = 1) -> Scan:
    """A page of rows; a row is cells, each a text or a piece."""
    prints = []
    for at, row in enumerate(rows, start=3):
        for column, cell in enumerate(row):
            prints.append(cell(80 + column * 420, at) if callable(cell) else printed(cell, 80 + column * 420, at))
    return Scan(pages, [Sheet(1, 1728, 2292, prints, list(unread))])


def faint(text: str, **weak: int) -> Any:
    return lambda left, row: printed(text, left, row, **weak)


def two_ways(text: str, second: str, at: int) -> Any:
    def make(left: int, row: int) -> Print:
        one = printed(text, left, row, second=second)
        one.sure[at] = 40
        return one

    return make


FORM: list[list[Any]] = [
    ["订房单位", "东岬机电有限公司", "联系人", "许经理"], ["抵店日期", "2026年12月6日", "离店日期", "2026年12月8日"], ["人数", "4人", "电话", "13955500023"], ["用房", "标准双床房2间"],
]


def read(scan: Scan) -> tuple[str, Any]:
    text, part = scanned.append("", scan)
    return text, scanned.read(text, [part], WORDS, TODAY)


def changed(row: int, cell: int, by: Any) -> list[list[Any]]:
    rows = [list(one) for one in FORM]
    rows[row][cell] = by
    return rows


def test_a_form_in_cells_is_read_as_labelled_lines() -> None:
    text, reading = read(page(*FORM))
    assert "抵店日期：2026年12月6日\n离店日期：2026年12月8日" in text
    values = {name: (one.value, one.sure) for name, one in reading.fields.items()}
    assert values["arrival"] == ("2026-12-06", True) and values["departure"] == ("2026-12-08", True)
    assert values["rooms"] == ({"TWN": 2}, True) and values["client"] == ("东岬机电有限公司", True) and values["contact"] == ("许经理", True)


def test_a_table_gives_each_cell_its_head_and_rooms_their_number() -> None:
    rows = [["房型", "间数", "抵店日期", "离店日期"], ["标准双床房", "4", "2026-12-06", "2026-12-08"], ["行政套房", "1", "2026-12-06", "2026-12-08"]]
    _text, reading = read(page(*rows))
    assert reading.fields["rooms"].value == {"TWN": 4, "SUI": 1}
    assert (reading.fields["arrival"].value, reading.fields["departure"].value) == ("2026-12-06", "2026-12-08")


def test_two_names_in_one_row_stay_apart() -> None:
    """潘小姐 and the telephone behind it in the same line are no longer one name."""
    _text, reading = read(page(["联系人：潘小姐", "电话：13955500023"]))
    assert (reading.fields["contact"].value, reading.fields["phone"].value) == ("潘小姐", "13955500023")


def test_a_faint_digit_makes_its_point_unsure_and_no_other() -> None:
    _text, reading = read(page(*changed(1, 1, faint("2026年12月3日", _3=70))))
    assert not reading.fields["arrival"].sure and reading.fields["arrival"].why[0]["code"] == "faint"
    assert reading.fields["client"].sure and reading.fields["phone"].sure


def test_a_faint_label_makes_the_point_behind_it_unsure() -> None:
    """抵 and 离 decide what a day is for."""
    _text, reading = read(page(*changed(1, 0, faint("抵店日期", _抵=55))))
    assert not reading.fields["arrival"].sure


def test_two_readings_make_the_point_unsure_and_show_both() -> None:
    _text, reading = read(page(*changed(3, 1, two_ways("标准双床房2间", "标准双床房12间", 5))))
    (doubt,) = [one for one in reading.fields["rooms"].why if one["code"] == "two_readings"]
    assert "12间" in doubt["quote"]


def test_a_telephone_of_no_possible_length_is_unsure() -> None:
    """The engine drops one of two equal digits now and then."""
    _text, reading = read(page(*changed(2, 3, "1395550023")))
    assert [one["code"] for one in reading.fields["phone"].why] == ["digits"]


def test_letters_among_digits_are_unsure() -> None:
    _text, reading = read(page(*changed(2, 3, "1395550OO23")))
    assert not reading.fields["phone"].sure


def test_ink_that_was_not_read_makes_what_matters_unsure() -> None:
    """A line in pen across the page may say: cancelled."""
    _text, reading = read(page(*FORM, unread=[(100, 900, 900, 1000)]))
    assert all("unread" in [one["code"] for one in reading.fields[name].why] for name in ("arrival", "departure", "rooms", "persons"))


def test_words_that_are_hardly_legible_make_what_matters_unsure() -> None:
    """取消 read as 取肖 stands in no point, and would turn all of them round."""
    _text, reading = read(page(*FORM, [faint("请取肖", _肖=50)]))
    assert [one["code"] for one in reading.fields["rooms"].why] == ["unread"]
    assert reading.fields["phone"].sure


def test_a_misread_label_is_told_since_its_point_is_lost() -> None:
    _text, reading = read(page(*FORM, ["Contect: Ingrid Solberg"]))
    assert [one["quote"] for one in reading.fields["rooms"].why] == ["Contect: Ingrid Solberg"]
    _text, reading = read(page(*FORM, ["Contact Ingrid Solberg"]))
    assert not reading.fields["rooms"].sure
    _text, reading = read(page(*changed(1, 0, "抵店白期")))
    assert not reading.fields["rooms"].sure
    _text, reading = read(page(*FORM, ["请尽快书面确认"], ["Best regards"], ["散客预订单"]))
    assert reading.fields["rooms"].sure


def test_boxes_ticked_by_pen_are_for_a_person_to_see() -> None:
    """An empty box read as a ticked one would turn the payment round."""
    _text, reading = read(page(*FORM, ["付款方式：□现付 口挂账"]))
    assert not reading.fields["payment"].sure and "boxes" in [one["code"] for one in reading.fields["payment"].why]


def test_the_forms_boxes_ask_one_question_and_leave_the_other_points_alone() -> None:
    """Whether 更改 or 取消 is ticked, a person must see; the days beside them are read as ever."""
    _text, reading = read(page(["新订 □更改", "口取消"], *FORM))
    assert (reading.form, reading.fields["kind"].value) == ("request", "request")
    assert [one["code"] for one in reading.fields["kind"].why] == ["boxes"]
    assert all(reading.fields[name].sure for name in ("arrival", "departure", "rooms", "persons"))
    _text, reading = read(page(["请取消12月6日至8日的标准双床房2间"]))
    assert reading.form == "cancellation" and not reading.fields["kind"].sure


def test_pages_that_were_not_read_make_what_matters_unsure() -> None:
    _text, reading = read(page(*FORM, pages=14))
    assert "cut" in [one["code"] for one in reading.fields["rooms"].why]


def test_a_point_stands_where_its_print_is() -> None:
    text, part = scanned.append("", page(*FORM))
    (start, end) = scanned.read(text, [part], WORDS, TODAY).fields["arrival"].places[0]
    ((sheet, box),) = scanned.places(part, start, end)
    assert text[start:end] == "2026年12月6日" and sheet == 0 and box[0] == 500 and box[1] == 100 + 4 * 80


def test_words_that_were_text_already_stand_first_and_have_no_place() -> None:
    text, part = scanned.append("请见附件。", page(*FORM))
    reading = scanned.read(text, [part], WORDS, TODAY)
    assert text.startswith("请见附件。\n\n") and reading.fields["arrival"].value == "2026-12-06"
    assert scanned.certainty([part], reading.fields["arrival"]) == 99


def test_the_machines_own_line_is_no_part_of_the_letter() -> None:
    scan = page(*FORM)
    scan.sheets[0].prints.append(printed("2026-11-26 09:12 FAX 0592-5550 1234 P.01/01", 80, -1))
    assert "FAX" not in lay_out(scan).text


def test_a_card_number_is_struck_out_of_the_print() -> None:
    scan = page(*FORM, ["信用卡", "4444 3333 2222 1111"], ["CVV 123"])
    assert scanned.strike_out(scan)
    text = lay_out(scan).text
    assert "3333" not in text and "2222" not in text and "123" not in text.split("CVV")[1] and "4444" in text
    assert not scanned.strike_out(page(*FORM))


def test_a_scan_is_kept_and_comes_back_the_same() -> None:
    scan = page(*FORM, unread=[(1, 2, 3, 4)])
    assert from_row(json.loads(json.dumps(scan.as_row()))) == scan


def test_a_page_of_nothing_has_no_points_and_no_words() -> None:
    text, part = scanned.append("", Scan(1, [Sheet(1, 100, 100)]))
    assert (text, part.runs) == ("", [])
