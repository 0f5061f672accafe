"""Printed slips: read back from real PDFs."""

from __future__ import annotations

import time
from dataclasses import replace

import pypdfium2
import pytest

from app.exports import slips
from app.exports.slips import Sheet, Slip, pdf

AN = Slip(
    to="Kính gửi phụ huynh em",
    name="Trần Bảo An",
    unit="6A1",
    missing="Chưa kê khai.",
    step="Hãy kê khai cho con trong tài khoản VssID của phụ huynh.",
    by="Chậm nhất: thứ Ba, 29/12/2026",
)
SHEET = Sheet(
    institution="Trường THCS Minh Họa",
    title="GIẤY NHẮC ĐĂNG KÝ VssID",
    office="[99004] BHXH Long Vân",
    help="Cần hỗ trợ: Nguyễn Thị Hoa, 0912 000 111 hoặc tổng đài 1900 9068.",
    registration="https://dichvucong.baohiemxahoi.gov.vn/#/dang-ky",
    as_of="Theo số liệu ngày 23/11/2026.",
    slips=(AN,),
)
A4 = (595.28, 841.89)


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        assert all(page.get_size() == pytest.approx(A4, abs=1) for page in document)
        return [" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in document]
    finally:
        document.close()


def printed(*made: Slip) -> list[str]:
    return pages(pdf(replace(SHEET, slips=made)))


def test_a_slip_says_who_has_to_do_what_until_when_and_whom_to_ask():
    [text] = printed(AN)
    for words in (
        "Trường THCS Minh Họa GIẤY NHẮC ĐĂNG KÝ VssID",
        "Kính gửi phụ huynh em Trần Bảo An (6A1)",
        "Chưa kê khai.",
        "Hãy kê khai cho con trong tài khoản VssID của phụ huynh.",
        "Chậm nhất: thứ Ba, 29/12/2026",
        "Nơi tiếp nhận: [99004] BHXH Long Vân",
        "Nguyễn Thị Hoa, 0912 000 111 hoặc tổng đài 1900 9068",
        "Theo số liệu ngày 23/11/2026.",
        "Trang đăng ký",
    ):
        assert words in text


def test_four_stand_on_a_page_in_the_order_in_which_they_were_given():
    made = [replace(AN, name=f"Trần Văn {word}") for word in ("Một", "Hai", "Ba", "Bốn", "Năm")]
    first, second = printed(*made)
    places = [first.index(slip.name) for slip in made[:4]]
    assert places == sorted(places)
    assert "Trần Văn Năm" in second


def test_a_long_text_never_pushes_the_day_or_the_contact_off_the_slip():
    long = replace(
        AN, name="Công Tằng Tôn Nữ Hỷ Khương " * 2, missing="Hồ sơ bị từ chối: " + "ảnh mờ " * 24, step="Hãy nộp lại tờ khai. " * 60
    )
    [text] = printed(long)
    assert "Chậm nhất: thứ Ba, 29/12/2026" in text
    assert "0912 000 111" in text
    assert "…" in text


@pytest.mark.parametrize("name", ['#import "x"', "$ * _ ] \"'", "= An", "</svg>", '"}] + read("x")', "H'Hen Niê"])
def test_what_looks_like_markup_is_printed_as_it_is(name: str):
    [text] = printed(replace(AN, name=name))
    assert " ".join(name.split()) in text


def test_a_person_with_a_page_of_their_own_gets_its_address_in_the_code():
    [text] = printed(replace(AN, url="https://vssid.example/p/abc"))
    assert "Trang của hồ sơ này" in text
    assert pdf(replace(SHEET, slips=(AN,))) != pdf(replace(SHEET, slips=(replace(AN, url="https://vssid.example/p/abc"),)))


def test_one_address_is_drawn_once(monkeypatch: pytest.MonkeyPatch):
    drawn: list[str] = []
    code = slips.code
    monkeypatch.setattr(slips, "code", lambda address: drawn.append(address) or code(address))
    pdf(replace(SHEET, slips=(AN,) * 9))
    assert drawn == [SHEET.registration]


def test_the_same_slips_give_the_same_bytes():
    assert pdf(SHEET) == pdf(SHEET)


def test_a_class_of_sixty_is_printed_in_about_a_second():
    pdf(SHEET)
    began = time.perf_counter()
    assert len(printed(*[AN] * 60)) == 15
    assert time.perf_counter() - began < 2.5
