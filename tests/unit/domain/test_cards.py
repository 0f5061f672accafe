"""What the desk's one search box is given: a card's QR, a number, words."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cards import Card, Number, Words, read_card, read_query, spellings

LINE = "079301012345|012345678|Nguyễn Thị Hòa|01022001|Nữ|12 Đường Số 3, Phường 4|10052021"
HOA = Card("079301012345", "012345678", "Nguyễn Thị Hòa", date(2001, 2, 1), "female")


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        f"{LINE}\n",
        f"\ufeff  {LINE}\r\n",
        f"\x02{LINE}\x03",
        unicodedata.normalize("NFD", LINE),
        f"{LINE}||Nguyễn Văn Ba|Lê Thị Tư|",  # newer cards go on
        LINE.rpartition("|")[0],
        LINE[: LINE.index("Nữ") + 2],
        LINE.replace("|Nữ|", "| NỮ |"),
    ],
)
def test_a_card_is_read_however_the_reader_types_it(line: str):
    assert read_card(line) == HOA


@pytest.mark.parametrize(
    ("line", "card"),
    [
        ("079301012345|", Card("079301012345", None, "", None, None)),
        ("079301012345||Trần An", Card("079301012345", None, "Trần An", None, None)),
        ("079301012345||Trần An|31022001|Nam", Card("079301012345", None, "Trần An", None, "male")),
        ("079301012345|x12345678|Trần An|2001|?", Card("079301012345", None, "Trần An", None, None)),
        ("079301012345|0123456789|Trần An|0102200١|Nam", Card("079301012345", None, "Trần An", None, "male")),
    ],
)
def test_what_is_missing_or_broken_on_a_card_is_left_open(line: str, card: Card):
    assert read_card(line) == card


@pytest.mark.parametrize("line", ["", "|", "079301012345", "79301012345||Trần An", "Trần An|079301012345", "٠٧٩٣٠١٠١٢٣٤٥||Trần An"])
def test_what_has_no_twelve_digits_before_its_first_bar_is_no_card(line: str):
    assert read_card(line) is None


def test_address_and_day_of_issue_are_not_kept():
    assert "Phường" not in repr(read_card(LINE))
    assert "2021" not in repr(read_card(LINE))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("079301012345", "079301012345"),
        (" 079 301 012 345 ", "079301012345"),
        ("012345678", "012345678"),
        ("0154777327", "0154777327"),
        ("GD4790154777327", "0154777327"),
        ("gd4790154777327", "0154777327"),
        ("479790154777327", "0154777327"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("01689123456", "0389123456"),
    ],
)
def test_a_number_is_told_with_what_people_put_between_its_digits(typed: str, number: str):
    found = read_query(typed)
    assert isinstance(found, Number)
    assert (found.text, found.is_known_kind) == (number, True)


@pytest.mark.parametrize("code", ["NV-0012", "HS2024A7", "12345", "2021-0012"])
def test_an_institutions_own_code_is_a_number_of_no_known_kind(code: str):
    found = read_query(code)
    assert isinstance(found, Number)
    assert (found.typed, found.is_known_kind) == (code, False)


@pytest.mark.parametrize("words", ["Trần An", "tran", "An 2", "", "Trần\u00a0 An"])
def test_all_else_is_words(words: str):
    assert read_query(words) == Words(" ".join(words.split()))


def test_a_cards_line_is_a_card_and_no_words():
    assert read_query(LINE) == HOA


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(text: str):
    assert isinstance(read_query(text), Card | Number | Words)
    spellings(text)


def test_a_name_is_spelt_with_the_tone_at_either_usual_place():
    assert spellings("Nguyễn Thị Hòa") == ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà")
    assert set(spellings("Thuý Khoẻ")) == {"Thuý Khoẻ", "Thúy Khoẻ", "Thuý Khỏe", "Thúy Khỏe"}
    assert spellings("Trần Hoàng Yến") == ("Trần Hoàng Yến",)
