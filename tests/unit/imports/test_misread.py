"""Text that another program has misread is put right, and that is said."""

from __future__ import annotations

import pytest

from imports import read
from tests.unit.imports.books import reading

PEOPLE = ["Nguyễn Thị Đào", "Đỗ Thùy Dương", "Lý Văn Ước", "Hà Ngọc Ngà"]
ROWS = [["STT", "Họ và tên", "Giới tính"], *([number, name, "Nữ"] for number, name in enumerate(PEOPLE, 1))]


def misread(text: str, code: str) -> str:
    """As Windows reads UTF-8: bytes that a code leaves undefined stay what they are."""
    return "".join(bytes([byte]).decode(code) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte) for byte in text.encode())


@pytest.mark.parametrize("code", ["cp1252", "latin-1"])
def test_utf_8_that_was_read_as_a_western_code_is_read_once_more(code: str):
    text = "\n".join(",".join(misread(str(cell), code) for cell in line) for line in ROWS)
    found = read(text.encode(), "ds.csv")
    assert [person.full_name for person in found.people] == PEOPLE
    assert [(note.code, dict(note.params)) for note in found.notes] == [("misread", {"cells": "10"})]


def test_a_foreign_name_is_left_as_it_is():
    found = reading([*ROWS, [5, "Ângela Müller", "Nữ"], [6, "Zoë Åkesson", "Nữ"]])
    assert [person.full_name for person in found.people[4:]] == ["Ângela Müller", "Zoë Åkesson"]
    assert found.notes == ()


def test_the_icelandic_letter_that_looks_like_d_with_a_bar_is_that():
    found = reading([["STT", "Họ và tên", "Ðơn vị"], *([number, f"Ðinh Văn {name}", "Ðội xe"] for number, name in enumerate("ABCDE", 1))])
    assert [(person.full_name, person.unit) for person in found.people] == [(f"Đinh Văn {name}", "Đội xe") for name in "ABCDE"]
