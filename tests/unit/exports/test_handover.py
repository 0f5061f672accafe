"""The printed minutes of handing forms over: read back from real PDFs, the words as a reader sees them."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import typst

from app.exports import handover
from app.exports.handover import FormLine, Minutes, in_words, official_day, pdf

AN = FormLine(
    name="Trần Bảo An",
    birth="03/05/2014",
    unit="6A1",
    guardian="Trần Văn Bình",
    file_number="HS-2021-000123",
    declared_on=date(2021, 4, 1),
    due_on=date(2021, 4, 12),
    left="còn 3 ngày",
    taken_out=None,
)

MINUTES = Minutes(
    number=3,
    institution="Trường THCS Minh Họa",
    institution_above="UBND huyện Long Vân",
    agency="BHXH huyện Long Vân",
    on=date(2021, 4, 9),
    place="Long Vân",
    campaign="239/BHXH-TT",
    given_by="Nguyễn Thị Hoa",
    given_by_position="Văn thư",
    received_by=None,
    note=None,
    forms=(AN,),
    as_of="Lập từ dữ liệu ngày 09/4/2021 lúc 08:42.",
)

_TONES = ["", *"\u0300\u0301\u0303\u0309\u0323"]
EVERY_LETTER = "".join(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâđeêioôơuưyAĂÂĐEÊIOÔƠUƯY"
    for tone in (_TONES if letter not in "đĐ" else [""])
)


def form(name: str, **other: object) -> FormLine:
    return replace(AN, name=name, **other)  # type: ignore[arg-type]


def pages(data: bytes) -> list[str]:
    """The text of each page, on one line; where a word was broken or a line ended nothing is left to see."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in document]
    finally:
        document.close()


def printed(*forms: FormLine, **other: object) -> str:
    return " ".join(pages(pdf(replace(MINUTES, forms=forms or MINUTES.forms, **other))))  # type: ignore[arg-type]


def test_the_minutes_say_who_gives_what_to_whom():
    text = printed(form("Trần Bảo An"), form("Đỗ Dũng"), form("Tôn Nữ Hỷ Khương"))
    for words in (
        "UBND HUYỆN LONG VÂN TRƯỜNG THCS MINH HỌA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Long Vân, ngày 09 tháng 4 năm 2021",
        "BIÊN BẢN Về việc bàn giao tờ khai đăng ký sử dụng ứng dụng VssID",
        "(Biên bản số 3, đợt triển khai: 239/BHXH-TT)",
        "Hôm nay, ngày 09 tháng 4 năm 2021, chúng tôi gồm:",
        "1. Bên giao: Trường THCS Minh Họa Ông/Bà: Nguyễn Thị Hoa Chức vụ: Văn thư",
        "2. Bên nhận: BHXH huyện Long Vân Ông/Bà: ....",
        "bàn giao 03 tờ khai đăng ký sử dụng ứng dụng VssID (Mẫu số 01) đã có chữ ký, theo danh sách sau:",
        "Tổng số: 03 (ba) tờ khai.",
        "Lập từ dữ liệu ngày 09/4/2021 lúc 08:42.",
        "Biên bản lập thành 02 bản, mỗi bên giữ 01 bản, có giá trị như nhau./.",
        "BÊN GIAO (Ký, ghi rõ họ tên) Nguyễn Thị Hoa BÊN NHẬN (Ký, ghi rõ họ tên)",
    ):
        assert words in text


def test_a_form_is_printed_with_all_that_is_known_of_it():
    text = printed(form("Đỗ Dũng"))
    assert "1 Đỗ Dũng 03/05/2014 6A1 Trần Văn Bình HS-2021-000123 01/04/2021 12/04/2021 (còn 3 ngày)" in text


def test_no_column_is_spent_on_what_nobody_has():
    known = {"Người giám hộ": "guardian", "Số hồ sơ": "file_number", "Lớp/đơn vị": "unit", "Ngày kê khai": "declared_on"}
    full, bare = printed(AN), printed(replace(AN, **dict.fromkeys([*known.values(), "due_on", "left"])))
    assert [heading for heading in [*known, "Hạn nộp"] if heading not in full] == []
    assert [heading for heading in [*known, "Hạn nộp"] if heading in bare] == []
    assert "STT Họ và tên Ngày sinh 1 Trần Bảo An 03/05/2014" in bare


@pytest.mark.parametrize(
    "name",
    [
        '#import "x"',
        "$ * _ ] \"'",
        "#set text(fill: white)",
        "= Tiêu đề",
        "A // B /* C */",
        "<An> @an `an` ~ -- ... \\",
        '"}] + read("x")',
        "H'Hen Niê",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(name: str):
    text = printed(
        form(name, unit=name, guardian=name, file_number=name, birth=name),
        form("Rút", taken_out=name),
        note=name,
        given_by=name,
        received_by=name,
        campaign=name,
        place=name,
        as_of=name,
        agency=name,
        institution=name,
    )
    assert text.count(name) >= 14  # some stand on two lines
    assert "Tổng số: 01 (một) tờ khai." in text


def test_control_characters_and_halves_of_letters_do_no_harm():
    text = printed(form("Trần\x00 An\ud800"), note="một\r\n\r\nhai\x0b")
    assert "Trần An" in text
    assert "Ghi chú: một hai" in text


def test_a_word_longer_than_its_column_is_broken_and_not_lost():
    text = printed(form("A" * 120, guardian="B" * 120, file_number="0" * 40, unit="C" * 60)).replace(" ", "")
    assert [text.count(letter) >= times for letter, times in (("A", 120), ("B", 120), ("0", 40), ("C", 60))] == [True] * 4


def test_forms_that_were_taken_out_stand_apart_with_the_reason_and_are_not_counted():
    text = printed(form("Trần An"), form("Vũ Chi", taken_out="Thiếu chữ ký"), form("Đỗ Dũng"))
    handed_over, taken_out = text.split("Hồ sơ rút lại")
    assert "Vũ Chi" not in handed_over
    assert "2 Đỗ Dũng" in handed_over
    assert "Tổng số: 02 (hai) tờ khai." in handed_over
    assert "STT Họ và tên Ngày sinh Lớp/đơn vị Lý do rút lại 1 Vũ Chi 03/05/2014 6A1 Thiếu chữ ký" in taken_out


def test_a_reason_without_words_still_takes_a_form_out():
    assert "Tổng số: 00 (không) tờ khai." in printed(form("Vũ Chi", taken_out=""))


def test_minutes_without_forms_show_no_table():
    text = printed(form("Vũ Chi", taken_out="Thiếu chữ ký"))
    assert "bàn giao 00 tờ khai đăng ký sử dụng ứng dụng VssID (Mẫu số 01) đã có chữ ký. Tổng số" in text
    assert text.count("STT") == 1


def test_what_is_not_known_is_left_to_the_pen():
    text = printed(place=None, institution_above=None, given_by_position=None)
    assert "............, ngày 09 tháng 4 năm 2021" in text
    assert "Ông/Bà: Nguyễn Thị Hoa Chức vụ: ...." in text
    assert "None" not in text


def test_a_long_list_has_its_head_on_every_page_and_numbers_from_the_second_page_on():
    forms = [form(f"Nguyễn Văn {number}") for number in range(1, 121)]
    first, *others = pages(pdf(replace(MINUTES, forms=tuple(forms))))
    assert len(others) >= 2
    assert first.startswith("UBND HUYỆN LONG VÂN")
    assert [page.split()[0] for page in others] == [str(number) for number in range(2, len(others) + 2)]
    assert [page for page in [first, *others] if "Nguyễn Văn" in page and "STT Họ và tên" not in page] == []
    whole = " ".join([first, *others])
    assert [line.name for line in forms if f"{line.name} {line.birth}" not in whole] == []
    assert "Tổng số: 120 (một trăm hai mươi) tờ khai." in whole


@pytest.mark.parametrize("count", range(1, 21))
def test_the_signatures_are_never_torn_apart(count: int):
    last = pages(pdf(replace(MINUTES, received_by="Phạm Văn Bình", forms=(AN,) * count)))[-1]
    assert last.endswith(
        "Biên bản lập thành 02 bản, mỗi bên giữ 01 bản, có giá trị như nhau./. "
        "BÊN GIAO (Ký, ghi rõ họ tên) Nguyễn Thị Hoa BÊN NHẬN (Ký, ghi rõ họ tên) Phạm Văn Bình"
    )


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2021, 1, 1), "ngày 01 tháng 01 năm 2021"),
        (date(2021, 2, 9), "ngày 09 tháng 02 năm 2021"),
        (date(2021, 3, 10), "ngày 10 tháng 3 năm 2021"),
        (date(2021, 4, 9), "ngày 09 tháng 4 năm 2021"),
        (date(2021, 12, 31), "ngày 31 tháng 12 năm 2021"),
    ],
)
def test_low_days_and_the_first_two_months_have_a_zero_before_them(on: date, written: str):
    assert official_day(on) == written


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2015, "hai nghìn không trăm mười lăm"),
        (21340, "hai mươi mốt nghìn ba trăm bốn mươi"),
    ],
)
def test_counts_are_written_out(number: int, words: str):
    assert in_words(number) == words


def test_the_typesetters_own_font_has_every_vietnamese_letter(monkeypatch: pytest.MonkeyPatch):
    """A server need not have fonts. A letter that a font lacks can't be read back."""
    monkeypatch.setattr(handover, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    text = printed(form("An"), note=EVERY_LETTER, agency=EVERY_LETTER, campaign=EVERY_LETTER).replace(" ", "")
    assert [letter for letter in EVERY_LETTER if text.count(letter) < 3] == []


def test_the_same_minutes_give_the_same_bytes_in_any_process_thread_and_folder(tmp_path: Path):
    made = pdf(MINUTES)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(pdf, [MINUTES] * 8)) == {made}
    root = Path(handover.__file__).parents[2]
    code = "import sys; from app.exports.handover import pdf; from test_handover import MINUTES; sys.stdout.buffer.write(pdf(MINUTES))"
    paths = os.pathsep.join([str(root), str(Path(__file__).parent)])
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, check=True
    )
    assert other.stdout == made
