"""Vietnamese names: found without marks, matched with them, listed by given name."""

from __future__ import annotations

import unicodedata

import pytest

from app.collation import name_key, name_keys, unit_key
from app.domain.names import fold, fold_name, match_key, search_text, split, tidy


@pytest.mark.parametrize(
    ("text", "folded"), [("Đặng Thị Hoà", "dang thi hoa"), ("  ĐỖ   Ý ", "do y"), ("Nguyen", "nguyen"), ("Ưu Ơn", "uu on")]
)
def test_search_knows_no_marks(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_the_place_of_the_tone_does_not_matter_but_the_letters_do() -> None:
    assert match_key("Nguyễn Thị Hoà") == match_key("NGUYỄN THỊ HÒA")
    assert match_key("Vĩ") != match_key("Vỹ")
    assert match_key("Hoa") != match_key("Hòa")


def test_decomposed_letters_and_odd_spaces_are_one_name() -> None:
    assert tidy(unicodedata.normalize("NFD", " Lê\u00a0 Ánh ")) == "Lê Ánh"


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Vũ Thị Mai Anh", ("Vũ", "Thị Mai", "Anh")), ("Lê An", ("Lê", "", "An")), ("An", ("", "", "An")), ("", ("", "", ""))],
)
def test_family_name_first_given_name_last(name: str, parts: tuple[str, str, str]) -> None:
    assert split(name) == parts


def test_people_are_listed_by_given_then_middle_then_family_name() -> None:
    ordered = ["Trần An", "Trần Bảo An", "Lê Gia An", "Phạm Gia An", "Lê Ánh", "Phạm Khánh Chi", "Đỗ Dũng", "Vũ Đạt", "Hoàng Hà", "Lê Ý"]
    assert sorted(set(ordered), key=name_key) == ordered


def test_a_family_name_never_outweighs_a_middle_name() -> None:
    assert sorted(["Bùi Văn An", "Vũ Anh An"], key=name_key) == ["Vũ Anh An", "Bùi Văn An"]


@pytest.mark.parametrize("name", ["Vũ Thị Mai Anh", "Lê Gia An", "Lê An", "An", "", "Đỗ  Thị  Ánh", " Lê Gia An", "Lê Gia An "])
def test_the_order_and_the_folded_name_come_together_as_they_do_alone(name: str) -> None:
    assert name_keys(name) == (name_key(" ".join(name.split())), fold_name(name))


def test_classes_are_listed_by_the_value_of_their_numbers() -> None:
    assert sorted(["6A10", "10A1", "6A2", "6A1"], key=unit_key) == ["6A1", "6A2", "6A10", "10A1"]


def test_search_text_begins_every_word_with_a_space() -> None:
    assert search_text("Đỗ Ánh", ["0912345678", None, "A@x.vn"]) == " do anh 0912345678 a@x.vn"
