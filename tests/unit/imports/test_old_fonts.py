"""TCVN3 and VNI: what is converted, what is left alone, and that it is said."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from imports import read
from imports.files.cells import sheets_of
from imports.files.fonts.conversion import Verdict, convert, verdict
from imports.files.fonts.syllables import is_syllable
from imports.files.fonts.tables import OldFont, font_of, in_unicode
from imports.files.grids import Cell
from tests.unit.imports.kinds import writers
from tests.unit.imports.kinds.writers import Sheet

TCVN3, CAPITALS, VNI = OldFont.TCVN3, OldFont.TCVN3_CAPITALS, OldFont.VNI


@pytest.mark.parametrize(
    ("text", "font", "meant"),
    [
        ("§inh B¶o Kh¸nh", TCVN3, "Đinh Bảo Khánh"),
        ("Tr­êng THCS Minh Häa", TCVN3, "Trường THCS Minh Họa"),
        ("¡n ¢n £ ¤ ¥ ¦", TCVN3, "Ăn Ân Ê Ô Ơ Ư"),
        ("NGUYÔN V¡N §øC", TCVN3, "NGUYỄN VĂN ĐỨC"),
        ("Hå Tæ", TCVN3, "Hồ Tổ"),
        ("nguyÔn thÞ h­êng", CAPITALS, "NGUYỄN THỊ HƯỜNG"),
        ("Nguyeãn Thò Höôøng", VNI, "Nguyễn Thị Hường"),
        ("ÑAËNG QUYØNH NHÖ", VNI, "ĐẶNG QUỲNH NHƯ"),
        ("Lyù Kieàu Myõ Thuûy", VNI, "Lý Kiều Mỹ Thủy"),
    ],
)
def test_letters_become_what_they_were_meant_to_be(text: str, font: OldFont, meant: str):
    assert in_unicode(text, font) == meant


def test_every_letter_of_the_alphabet_comes_back():
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    marked = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones] + ["đ"]
    assert {in_unicode(in_tcvn3(letter), TCVN3) for letter in marked} == set(marked)
    assert {in_unicode(in_vni(letter), VNI) for letter in marked} == set(marked)


def in_tcvn3(text: str) -> str:
    table = {in_unicode(sign, TCVN3): sign for sign in map(chr, range(0xA1, 0xFF)) if in_unicode(sign, TCVN3) != sign}
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)  # few letters have a capital


def in_vni(text: str) -> str:
    marks = "ùøûõïâáàåãäêéèúüë"
    table = {
        in_unicode(base + mark, VNI): base + mark for base in "aeouyôöAEOUYÔÖ" for mark in marks if len(in_unicode(base + mark, VNI)) == 1
    }
    table |= {in_unicode(sign, VNI): sign for sign in "ôöíìæóòîñÔÖÍÌÆÓÒÎÑ"}
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("name", "font"),
    [(".VnTime", TCVN3), (".VnArial Narrow", TCVN3), (".vntime", TCVN3), (".VnTimeH", CAPITALS), (".VnArialH", CAPITALS),
     ("VNI-Times", VNI), ("VNI-Helve", VNI), ("Times New Roman", None), ("Vni", None), ("", None)],
)  # fmt: skip
def test_fonts_are_known_by_their_names(name: str, font: OldFont | None):
    assert font_of(name) is font


@pytest.mark.parametrize("word", "Nguyễn Nghiêng Quỳnh Khuya Giếng Hoà Hòa ương Ý Ốc Thuở Quốc khuếch xoong".split())
def test_what_is_a_syllable(word: str):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", "NguyÔn Müller Peña Chloé N÷ tốót tồc ngh strong áà Ḥa".split())
def test_what_is_none(word: str):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "font", "told"),
    [
        ("Nam", TCVN3, Verdict.PLAIN),
        ("N÷", TCVN3, Verdict.OLD),
        ("Nữ", TCVN3, Verdict.UNICODE),
        ("Hà", TCVN3, Verdict.UNICODE),
        ("Lê Công", TCVN3, Verdict.EITHER),
        ("Müller", TCVN3, Verdict.NEITHER),
        ("Hoà", VNI, Verdict.EITHER),
        ("Nguyeãn", VNI, Verdict.OLD),
    ],
)
def test_a_text_speaks_for_a_font_or_against_it(text: str, font: OldFont, told: Verdict):
    assert verdict(text, font) is told


ROWS: list[list[Cell]] = [
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Phòng ban", "SĐT"],
    ["1", "Lê Công Tô", "02/03/1980", "Nam", "Tổ 1", "0912345678"],
    ["2", "Nguyễn Thị Bích Hường", "03/03/1981", "Nữ", "Kế toán", "0912345679"],
    ["3", "Đặng Ngọc Ánh", "04/03/1982", "Nữ", "Kế toán", "0912345670"],
    ["4", "Phạm Vũ Quỳnh", "05/03/1983", "Nam", "Kỹ thuật", "0912345671"],
]
NAMES = [line[1] for line in ROWS[1:]]
OLD: dict[str, Callable[[str], str]] = {".VnTime": in_tcvn3, "VNI-Times": in_vni, ".VnTimeH": lambda text: in_tcvn3(text.lower())}
# Web pages and separated text have tests of their own.
KINDS = {"xlsx": writers.xlsx, "xlsb": writers.xlsb, "ods": writers.ods, "xml-2003": writers.xml_2003, "html": writers.html}


def written(font: str, places: set[tuple[int, int]] | None = None) -> Sheet:
    """The sheet with some cells (all texts, unless said) in an old font; the others are Unicode in Arial."""
    old = OLD[font]
    everywhere = {(row, column) for row, line in enumerate(ROWS) for column in range(len(line)) if column in (0, 1, 2, 3, 4)}
    chosen = everywhere if places is None else places
    rows = [[old(str(cell)) if (row, column) in chosen else cell for column, cell in enumerate(line)] for row, line in enumerate(ROWS)]
    return Sheet("DS", rows, fonts=dict.fromkeys(chosen, font))


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("font", OLD)
def test_a_font_that_is_named_is_believed(make: Callable[[Sheet], bytes], font: str):
    data = make(written(font))
    found = read(data, "x")
    assert [person.full_name for person in found.people] == NAMES
    assert [person.sex for person in found.people] == ["male", "female", "female", "male"]
    assert [person.phone for person in found.people] == [line[5] for line in ROWS[1:]]
    notes = [note for sheet in sheets_of(data, "x") for note in sheet.notes]
    assert [(note.code, dict(note.params)["font"]) for note in notes] == [("old-font", "VNI" if "VNI" in font else "TCVN3")]


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_only_the_cells_in_that_font_are_converted(make: Callable[[Sheet], bytes]):
    data = make(written(".VnTime", {(2, 1), (3, 1), (4, 1), (2, 4)}))
    assert [person.full_name for person in read(data, "x").people] == NAMES
    assert [person.unit for person in read(data, "x").people] == ["Tổ 1", "Kế toán", "Kế toán", "Kỹ thuật"]


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_letters_alone_tell_the_font_where_none_is_named(make: Callable[[Sheet], bytes], font: str):
    sheet = written(font)
    sheet.fonts = {}
    assert [person.full_name for person in read(make(sheet), "x").people] == NAMES


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("font", OLD)
def test_plain_unicode_under_an_old_fonts_name_is_left_alone(make: Callable[[Sheet], bytes], font: str):
    data = make(Sheet("DS", ROWS, fonts={(row, column): font for row in range(5) for column in range(6)}))
    assert [person.full_name for person in read(data, "x").people] == NAMES
    assert [note for sheet in sheets_of(data, "x") for note in sheet.notes] == []


def test_foreigners_among_vietnamese_names_are_left_alone():
    rows: list[list[Cell]] = [[name] for name in ("Jörg Müller", "María Peña", "Zoë Brönte", "Åse Løvås", "Nguyễn An", "Hà Lê", "Tô Vũ")]
    assert not convert(rows, {})
    assert rows[0] == ["Jörg Müller"]


def test_a_foreigner_in_a_sheet_of_an_old_font_is_left_alone():
    rows: list[list[Cell]] = [[in_tcvn3(name), ""] for name in ("Nguyễn Thị Hường", "Đặng Văn Ánh", "Trần Đức")]
    rows.append(["Jörg Müller", "Peña"])
    assert convert(rows, {}) == {TCVN3: 3}
    assert rows[-1] == ["Jörg Müller", "Peña"]


def test_bytes_that_a_vietnamese_windows_took_for_other_letters_are_known():
    name = "Huề Thìn Hồng Thắm Sĩ"
    stored = in_tcvn3(name).encode("cp1252").decode("cp1258")
    assert stored != in_tcvn3(name)
    assert in_unicode(stored, TCVN3) == name
