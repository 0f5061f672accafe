"""Files that can't be taken: each is told in one sentence, and none costs the machine its memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from imports import Unreadable, read
from imports import reading as reading_module
from imports.files import cells as cells_module
from imports.files import container, legacy, limits, packed
from tests.unit.imports.books import book, column, compound, with_part

SHEET = "xl/worksheets/sheet1.xml"
GOOD = book([["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2014"]])
OLD_BOOK = (Path(__file__).parents[2] / "workbooks" / "06-employer.xls").read_bytes()
BEGINNING, LOCK = struct.pack("<HH16x", 0x0809, 16), struct.pack("<HH6x", 0x002F, 6)


def archive(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return stream.getvalue()


def sheet_with(cells: str) -> bytes:
    return with_part(GOOD, SHEET, lambda part: part.replace(b"</sheetData>", cells.encode() + b"</sheetData>"))


FILES: dict[str, tuple[bytes, str]] = {
    "nothing at all": (b"", "empty"),
    "only spaces": (b" \r\n\t ", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf\n", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR,;\t" + b"\0" * 50, "not-a-spreadsheet"),
    "a PDF": (b"%PDF-1.7\n1 0 obj, 2;", "not-a-spreadsheet"),
    "a letter": (b"Kinh gui quy truong", "not-a-spreadsheet"),
    "an archive of other things": (archive(("photo.jpg", b"x")), "not-a-spreadsheet"),
    "a Word document": (archive(("word/document.xml", b"<w/>")), "not-a-spreadsheet"),
    "an old Word document": (compound("WordDocument", b"x"), "not-a-spreadsheet"),
    "a binary workbook without its list of parts": (archive(("xl/workbook.bin", b"x")), "damaged"),
    "an OpenDocument file that holds no sheets": (archive(("content.xml", b"<x/>"), ("mimetype", b"x")), "empty"),
    "a locked OpenDocument workbook": (
        archive(("content.xml", b"x"), ("META-INF/manifest.xml", b"<manifest:encryption-data/>")),
        "encrypted",
    ),
    "a web page without a roster": (b"<html><body><table><tr><td>STT</td></tr></table></body></html>", "no-header"),
    "a web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>STT,Lop</html>", "unsupported-kind"),
    "XML of 2003 cut off": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "damaged"),
    "text with an open quotation mark": ('STT;Họ và tên\n1;Trần An\n2;"Lê Bình\n3;Võ Chi\n'.encode(), "open-quote"),
    "a locked workbook": (compound("EncryptedPackage", b"x" * 5000), "encrypted"),
    "a locked old workbook": (compound("Workbook", BEGINNING + LOCK), "encrypted"),
    "a workbook cut off": (GOOD[: len(GOOD) // 2], "cut-off"),
    "an old workbook cut off": (OLD_BOOK[:3000], "cut-off"),
    "a workbook with a broken part": (GOOD.replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"PK\x03\x05", b"PK\x03\x04", 1), "damaged"),
    "a sheet that is no XML": (with_part(GOOD, SHEET, lambda _: b"<worksheet><sheetData><row><c"), "damaged"),
    "an empty sheet": (book([]), "empty"),
    "no heading for names": (book([["STT", "Ngày sinh", "Lớp"], [1, "27/10/2014", "6A1"]]), "no-header"),
    "a header too far down": (book([*[["x"]] * 60, ["STT", "Họ và tên", "Lớp"], [1, "Trần An", "6A1"]]), "no-header"),
    "a header and nobody": (book([["STT", "Họ và tên", "Ngày sinh"]]), "no-people"),
    "a far corner": (sheet_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too-many-cells"),
    "a far column": (sheet_with('<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>'), "too-many-cells"),
    "a far row without cell names": (sheet_with('<row r="99999999"><c><v>1</v></c></row>'), "too-many-cells"),
    "a far corner in other words": (sheet_with("<x:row r = '9'><x:c s='1' r = 'zz900000'><x:v>1</x:v></x:c></x:row>"), "too-many-cells"),
    "a far corner named second": (sheet_with('<row r="9"><c r="A9" s="1" r="ZZZZ90000"><v>1</v></c></row>'), "too-many-cells"),
    "a far corner in an old workbook": (
        compound("Workbook", BEGINNING + struct.pack("<HHHHHd", 0x0203, 14, 65535, 60000, 0, 1.0)),
        "too-many-cells",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("a far")])
def test_cells_far_out_are_refused_before_a_parser_makes_room_for_them(name: str):
    with pytest.raises(Unreadable) as refused:
        container.recognise(FILES[name][0], "roster.xlsx")
    assert refused.value.code == "too-many-cells"


@pytest.mark.parametrize(("data", "code"), FILES.values(), ids=FILES)
def test_a_file_that_can_not_be_taken_is_told_in_one_sentence(data: bytes, code: str):
    with pytest.raises(Unreadable, match=r"\A[^\n]{20,}\.\Z") as refused:
        read(data, "roster.xlsx")
    assert refused.value.code == code
    assert str(refused.value) == (refused.value.text % refused.value.params if refused.value.params else refused.value.text)


def test_two_headings_of_which_one_is_blank_throughout_are_no_contradiction():
    assert read(book([["Họ tên", "SĐT", "Điện thoại"], ["Trần An", "0912345678", ""]]), "x.xlsx").people[0].phone == "0912345678"


def test_formats_without_values_far_out_are_no_reason_to_refuse():
    assert len(read(sheet_with('<row r="1048576"><c r="XFD1048576" s="0"/></row>'), "x.xlsx").people) == 1


def test_a_sheet_written_otherwise_than_usual_is_read_all_the_same():
    def spread(part: bytes) -> bytes:
        return part.replace(b"<c r=", b"\n  <c  r=").replace(b"</row>", b"\n</row>\n")

    assert len(read(with_part(GOOD, SHEET, spread), "x.xlsx").people) == 1


@pytest.mark.parametrize(
    ("compression", "code"), [(zipfile.ZIP_DEFLATED, "too-large"), (zipfile.ZIP_BZIP2, "damaged"), (zipfile.ZIP_LZMA, "damaged")]
)
def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch, compression: int, code: str):
    monkeypatch.setattr(packed, "MAX_UNPACKED_BYTES", 2_000_000)
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a", compression) as made:
        made.writestr("xl/media/picture.png", b"\0" * 50_000_000)
    data = stream.getvalue()
    assert len(data) < 200_000
    tracemalloc.start()
    with pytest.raises(Unreadable) as refused:
        read(data, "x.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == code
    assert peak < 20_000_000


def test_a_bomb_that_lies_about_its_size_is_no_safer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "MAX_UNPACKED_BYTES", 2_000_000)
    data = with_part(GOOD, SHEET, lambda part: part + b" " * 5_000_000)
    size = struct.pack("<I", 5_000_000 + len(zipfile.ZipFile(io.BytesIO(GOOD)).read(SHEET)))
    assert data.count(size) == 2
    with pytest.raises(Unreadable) as refused:
        read(data.replace(size, struct.pack("<I", 1000)), "x.xlsx")
    assert refused.value.code in ("too-large", "damaged")


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch):
    assert limits.MAX_ROWS == 200_000
    monkeypatch.setattr(reading_module, "MAX_ROWS", 3)
    data = book(**{"6A1": column("Lớp", "6A1", "6A1"), "6A2": column("Lớp", "6A2", "6A2")})
    with pytest.raises(Unreadable, match="more than 3 rows"):
        read(data, "x.xlsx")


def too_many(module: object, limit: str, most: int) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, limit, most)


LIMITS = {
    "parts": (too_many(packed, "MAX_PARTS", 3), "too-large"),
    "sheets": (too_many(cells_module, "MAX_SHEETS", 0), "too-many-sheets"),
    "cells of all sheets": (too_many(cells_module, "MAX_CELLS", 5), "too-many-cells"),
}


@pytest.mark.parametrize(("lower", "code"), LIMITS.values(), ids=LIMITS)
def test_every_limit_is_kept(monkeypatch: pytest.MonkeyPatch, lower: Callable[[pytest.MonkeyPatch], None], code: str):
    lower(monkeypatch)
    with pytest.raises(Unreadable) as refused:
        read(GOOD, "x.xlsx")
    assert refused.value.code == code


def test_texts_are_counted_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "MAX_CELLS", 999)
    with pytest.raises(Unreadable) as refused:
        read(archive(("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 1000 + b"</sst>")), "x.xlsx")
    assert refused.value.code == "too-many-cells"


def test_cells_of_an_old_workbook_are_counted_sheet_by_sheet(monkeypatch: pytest.MonkeyPatch):
    low, far = (struct.pack("<HHHHHd", 0x0203, 14, row, column, 0, 1.0) for row, column in ((99, 0), (0, 99)))
    monkeypatch.setattr(legacy, "MAX_CELLS", 100)
    legacy.check(compound("Workbook", BEGINNING + low + BEGINNING + far))
    with pytest.raises(Unreadable):
        legacy.check(compound("Workbook", BEGINNING + low + far))
