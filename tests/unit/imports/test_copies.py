"""A text that a workbook keeps once and shows in many cells costs memory in each of them: too many copies are refused beforehand."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from xml.sax.saxutils import escape

import pytest

from imports import Unreadable, read
from imports.files import cells as cells_module
from imports.files import container, copies, legacy
from tests.unit.imports.books import book, compound

GOOD = book([["x"]])
MOST = 100_000


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (copies, legacy, cells_module):
        monkeypatch.setattr(module, "MAX_TEXT_BYTES", MOST)


def packed(strings: str, cells: str) -> bytes:
    """A workbook of one sheet with these shared strings and these cells, written by hand."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
                new.writestr(part, old.read(part))
        new.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="m"><sheetData><row r="1">{cells}</row></sheetData></worksheet>')
        new.writestr("xl/sharedStrings.xml", f'<?xml version="1.0"?><sst xmlns="m">{strings}</sst>')
    return stream.getvalue()


def shown(times: int, value: str = "<v>0</v>") -> str:
    return f'<c t="s">{value}</c>' * times


def text(length: int) -> str:
    return f"<si><t>{'x' * length}</t></si>"


def test_a_small_file_with_one_long_text_in_many_cells_never_reaches_the_parser():
    data = packed(text(32_000_000), shown(1_999))
    assert len(data) < 50_000
    with pytest.raises(Unreadable) as refused:
        container.recognise(data, "x.xlsx")
    assert refused.value.code == "too-large"


SPELLINGS = {
    "as usual": (text(600), shown(200)),
    "in pieces": (f"<si>{('<r><t>' + 'x' * 60 + '</t></r>') * 10}</si>", shown(200)),
    "an end in a comment": (f"<si>{('<t>' + 'x' * 60 + '</t><!--</si>-->') * 10}</si>", shown(200)),
    "with a prefix": (f"<x:si xmlns:x='m'><x:t>{'x' * 600}</x:t></x:si>", shown(200)),
    "in an instruction": (f"<si>{('<t>' + 'x' * 60 + '</t><?a </si>?>') * 10}</si>", shown(200)),
    "after many short ones": ("<si><t>a</t></si>" * 500 + text(600), shown(200, "<v>500</v>")),
    "numbers with zeros": (text(600), shown(100, "<v>00</v>") + shown(100, "<v>+0</v>")),
    "numbers in other words": (text(600), shown(100, "<v>&#48;</v>") + shown(100, "<v a='>'>0</v>")),
    "values with a prefix": (text(600), shown(200, "<x:v xmlns:x='m'>0</x:v>")),
}  # fmt: skip


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize(("strings", "cells"), SPELLINGS.values(), ids=SPELLINGS)
def test_however_it_is_written(strings: str, cells: str):
    with pytest.raises(Unreadable) as refused:
        container.recognise(packed(strings, cells), "x.xlsx")
    assert refused.value.code == "too-large"


@pytest.mark.usefixtures("little_room")
def test_a_raw_sign_in_an_attribute_hides_no_end():
    pieces = ('<t a="</si>">' + "x" * 60 + "</t>") * 10
    with pytest.raises(Unreadable):
        container.recognise(packed(f"<si>{pieces}</si>", shown(200)), "x.xlsx")


@pytest.mark.usefixtures("little_room")
def test_a_long_title_shown_once_is_no_reason_to_refuse():
    container.recognise(packed(text(9_000) + "<si><t>Nam</t></si>" * 3, shown(1) + shown(900, "<v>1</v>")), "x.xlsx")
    container.recognise(packed(f"<si><t>{escape('Họ & tên = &lt;')}</t></si>" * 50, shown(900, "<v>1</v>")), "x.xlsx")


@pytest.mark.usefixtures("little_room")
def test_text_of_several_sheets_is_counted_together():
    sheets = {f"6A{number}": [["Trần Văn An" * 1_000]] * 4 for number in range(1, 4)}
    with pytest.raises(Unreadable) as refused:
        read(book(**sheets), "x.xlsx")
    assert refused.value.code == "too-large"


def test_a_text_longer_than_a_cell_can_hold_is_refused_wherever_it_stands():
    for length, code in ((32_767, "no-header"), (32_768, "damaged")):
        inline = f'<c t="inlineStr"><is><t>{"ế" * length}</t></is></c>'
        for data in (packed(text(length), shown(1)), packed("", inline)):
            with pytest.raises(Unreadable) as refused:
                read(data, "x.xlsx")
            assert refused.value.code == code


def test_the_guard_itself_needs_little_room():
    data = packed(text(30_000) * 20, shown(9_000))
    tracemalloc.start()
    with pytest.raises(Unreadable):
        container.recognise(data, "x.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


BEGINNING = struct.pack("<HH16x", 0x0809, 16)


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def old_book(strings: list[bytes], times: int, number: int = 0) -> bytes:
    """An old workbook's stream: one block of shared texts for each of `strings`, and cells that show one of them."""
    table = b"".join(record(0x00FC if not place else 0x003C, block) for place, block in enumerate(strings))
    cells = b"".join(record(0x00FD, struct.pack("<HHHI", row, 0, 0, number)) for row in range(times))
    return compound("Workbook", BEGINNING + table + BEGINNING + cells)


def short_text(letters: str) -> bytes:
    return struct.pack("<HB", len(letters), 0) + letters.encode()


COUNTS = struct.pack("<II", 0, 0)
OLD: dict[str, list[bytes]] = {
    "in one block": [COUNTS + short_text("x" * 600)],
    "cut and gone on with": [COUNTS + struct.pack("<HB", 600, 0) + b"x" * 100, b"\0" + b"x" * 200, b"\1" + b"x\0" * 300],
    "with runs and sounds": [COUNTS + struct.pack("<HBHI", 600, 13, 2, 6) + b"x\0" * 600 + b"." * 14],
    "after short ones": [COUNTS + short_text("ab") * 30, short_text("x" * 600)],
}


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("strings", OLD.values(), ids=OLD)
def test_old_workbooks_are_measured_too(strings: list[bytes]):
    legacy.check(old_book(strings, 80, len(legacy._lengths(strings)) - 1))
    with pytest.raises(Unreadable) as refused:
        legacy.check(old_book(strings, 100, len(legacy._lengths(strings)) - 1))
    assert refused.value.code == "too-large"


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize(
    "strings", [[COUNTS + b"\1"], [COUNTS + struct.pack("<HBH", 9, 12, 1)], [COUNTS + struct.pack("<HB", 9, 1) + b"x"]]
)
def test_texts_of_an_old_workbook_that_break_off_are_refused(strings: list[bytes]):
    with pytest.raises(Unreadable) as refused:
        legacy.check(old_book(strings, 100))
    assert refused.value.code == "cut-off"


@pytest.mark.parametrize("declared", [(0, 0xDB426FE4, 0, 256), (9, 3, 0, 5), (0, 3, 7, 2), (0, 65_536, 0, 60_000)])
def test_an_old_sheet_that_says_it_is_endless_is_refused(declared: tuple[int, int, int, int]):
    for size in ((0, 0, 0, 0), (0, 65_536, 0, 256), (2, 9, 1, 3)):
        legacy.check(compound("Workbook", BEGINNING + record(0x0200, struct.pack("<IIHHH", *size, 0))))
    with pytest.raises(Unreadable) as refused:
        legacy.check(compound("Workbook", BEGINNING + record(0x0200, struct.pack("<IIHHH", *declared, 0))))
    assert refused.value.code == "too-many-cells"
