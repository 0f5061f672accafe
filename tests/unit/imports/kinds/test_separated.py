"""Text with separators: every encoding and separator that offices send, rows as Excel counts them."""

from __future__ import annotations

import unicodedata

import pytest

from imports import Unreadable, read
from imports.files.cells import Sheet, sheets_of
from tests.unit.imports.kinds.writers import Sheet as Made
from tests.unit.imports.kinds.writers import in_windows_1258, separated

ROWS = [
    ["TRƯỜNG THCS A", "", "", "", ""],
    ["STT", "Họ và tên", "Ngày sinh", "Lớp", "SĐT"],
    [1, "Nguyễn Thị Ánh Tuyết", "27/10/2014", "6A1", "0912345678"],
    [2, "Đặng Vũ Hường", "05/03/2014", "6A1", "0912345679"],
    [3, "Lò Văn Ửng", "11/03/2014", "6A2", "0912345670"],
]
NAMES = ["Nguyễn Thị Ánh Tuyết", "Đặng Vũ Hường", "Lò Văn Ửng"]
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def sheet_of(data: bytes) -> Sheet:
    return next(iter(sheets_of(data, "x.csv")))


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_separator_in_every_kind_of_unicode(separator: str, encoding: str):
    found = read(separated(Made("x", ROWS), separator, encoding), "x.csv")
    assert [(person.row, person.full_name, person.unit, person.phone) for person in found.people] == [
        (3, NAMES[0], "6A1", "0912345678"),
        (4, NAMES[1], "6A1", "0912345679"),
        (5, NAMES[2], "6A2", "0912345670"),
    ]
    assert [note.code for note in sheet_of(separated(Made("x", ROWS), separator, encoding)).notes] == []


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
def test_windows_1258_is_read_and_said(separator: str):
    data = in_windows_1258(separated(Made("x", ROWS), separator, "utf-8").decode())
    assert [person.full_name for person in read(data, "x.csv").people] == NAMES
    assert [(note.code, dict(note.params)) for note in sheet_of(data).notes] == [("encoding", {"encoding": "Windows-1258"})]


def test_text_saved_where_only_western_letters_are_known_is_refused():
    data = separated(Made("x", ROWS), ",", "utf-8").decode().encode("cp1252", "replace")
    assert b"?" in data
    with pytest.raises(Unreadable) as refused:
        read(data, "x.csv")
    assert refused.value.code == "letters-lost"


def test_western_letters_alone_are_read_as_they_are():
    rows = [["STT", "Tên", "Lê"], [1, "Lê Công", "Hòa"], [2, "Tô Hà", "Sáu"]]
    assert sheet_of(separated(Made("x", rows), ";", "cp1252")).rows == [[str(cell) for cell in line] for line in rows]


def test_questions_are_no_lost_letters():
    rows = "".join(f"{n},Trần Văn An,6A1,còn học không?\n" for n in range(1, 30))
    assert len(read(f"STT,Họ tên,Lớp,Ghi chú (?)\n{rows}".encode(), "x.csv").people) == 29


def test_decomposed_letters_come_out_composed():
    data = separated(Made("x", [[unicodedata.normalize("NFD", str(cell)) for cell in line] for line in ROWS]))
    assert [person.full_name for person in read(data, "x.csv").people] == NAMES


def test_a_line_break_within_quotes_does_not_move_the_rows_below():
    data = 'STT,"Họ và\r\ntên",Lớp\r\n1,"Trần\nVăn An",6A1\r\n\r\n3,Lê Bình,6A1\r\n'.encode()
    assert [(person.row, person.full_name) for person in read(data, "x.csv").people] == [(2, "Trần Văn An"), (4, "Lê Bình")]


def test_quotes_inside_a_name_are_taken_as_they_stand():
    assert sheet_of('STT,Họ tên,Lớp\n1,Trần "Bé" An,6A1\n2,"Lê ""Tí"" Ba",6A1\n'.encode()).rows[1:] == [
        ["1", 'Trần "Bé" An', "6A1"],
        ["2", 'Lê "Tí" Ba', "6A1"],
    ]


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row():
    with pytest.raises(Unreadable, match="row 3 is never closed") as refused:
        read('STT,Họ tên,Lớp\n1,Trần An,6A1\n2,"Lê Bình,6A1\n3,Võ Chi,6A1\n'.encode(), "x.csv")
    assert refused.value.code == "open-quote"


def test_the_line_that_tells_excel_the_separator_is_no_row():
    found = read("sep=;\r\nHọ tên;Lớp\r\nTrần An, Bé;6A1\r\n".encode(), "x.csv")
    assert [(person.row, person.unit) for person in found.people] == [(2, "6A1")]


def test_commas_within_fields_do_not_win_over_semicolons():
    rows = "".join(f"{n};Trần Văn An;Số {n}, đường A, phường B, quận C;6A1\n" for n in range(1, 30))
    assert len(read(f"STT;Họ tên;Địa chỉ;Lớp\n{rows}".encode(), "x.csv").people) == 29


def test_what_keeps_excel_from_dropping_zeros_is_not_part_of_the_number():
    data = 'STT,Họ tên,CCCD,SĐT\n1,Trần An,="001214000001",="0912345678"\n'.encode()
    assert [(person.personal_id, person.phone) for person in read(data, "x.csv").people] == [("001214000001", "0912345678")]


def test_a_letter_broken_on_the_way_is_an_error_of_that_name_alone():
    data = separated(Made("x", ROWS), ",", "utf-8").replace("Đặng".encode(), b"\xc4\x90\xe1ng")
    found = read(data, "x.csv")
    assert [person.full_name for person in found.people][::2] == NAMES[::2]
    assert [(problem.row, problem.code) for problem in found.problems] == [(4, "garbled-name")]


@pytest.mark.parametrize("old", ["tcvn3", "vni"])
def test_text_of_an_old_font_saved_as_text_is_known_by_its_letters(old: str):
    lines = {
        "tcvn3": "STT;Hä vµ tªn;Líp\n1;NguyÔn ThÞ ¸nh TuyÕt;6A1\n2;§Æng Vò H­êng;6A1\n3;Lß V¨n öng;6A2\n",
        "vni": "STT;Hoï vaø teân;Lôùp\n1;Nguyeãn Thò AÙnh Tuyeát;6A1\n2;Ñaëng Vuõ Höôøng;6A1\n3;Loø Vaên Öûng;6A2\n",
    }[old]
    found = read(lines.encode("cp1252"), "x.csv")
    assert [person.full_name for person in found.people] == NAMES


def test_a_single_column_without_any_separator_is_no_roster():
    with pytest.raises(Unreadable) as refused:
        read(b"Ho ten\nTran An\n", "x.csv")
    assert refused.value.code == "not-a-spreadsheet"
