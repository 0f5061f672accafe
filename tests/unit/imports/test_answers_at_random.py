"""Whatever a sheet holds and whatever is answered: people or one sentence, never anything else."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from imports import FIELDS_TO_CHOOSE, Answer, Correction, SheetAnswer, Unreadable, read
from imports.files.cells import letters_of
from tests.unit.imports.books import finished, workbook

HEADINGS = [
    "STT",
    "Họ và tên",
    "Tên",
    "Ngày sinh",
    "Nam",
    "Nữ",
    "Lớp",
    "SĐT",
    "Số CCCD",
    "Họ tên cha",
    "SĐT mẹ",
    "Quan hệ",
    "Cha",
    "Ngày cấp",
]
CELLS: list[Any] = [
    "", "", 1, 2, "Trần Văn An", "Lê Thị Bình", "27/10/2014", "04/06/2014", date(2014, 4, 6), 1975.0, "x", "Nữ", "6A1", 912345678,
    79214000012, "CỘNG: 3", "Người lập", "DANH SÁCH LỚP 6A3", "I", "Phòng Kế toán", "PGS.TS. Trần An", "a\nb", "HỌ VÀ TÊN",
]  # fmt: skip
REFUSED = frozenset({("phone", "zero-restored"), ("full_name", "title-removed"), ("birth_date", "month-first")})
ROUNDS = 60


@pytest.mark.parametrize("seed", range(4))
def test_no_answer_breaks_the_reading(seed: int):
    dice = random.Random(seed)
    outcomes = [_read_one(dice) for _ in range(ROUNDS)]
    assert sum(outcomes) > ROUNDS // 8, "too few of these workbooks are read at all"


def _read_one(dice: random.Random) -> bool:
    width = dice.randint(3, 9)
    header = [[dice.choice(HEADINGS) if dice.random() < 0.8 else "" for _ in range(width)] for _ in range(dice.randint(1, 3))]
    header[0][:2] = dice.choice([HEADINGS[:2], [HEADINGS[1], HEADINGS[3]], header[0][:2]])
    rows = [*header, *([dice.choice(CELLS + HEADINGS[:2]) for _ in range(width)] for _ in range(dice.randint(0, 10)))]
    made = workbook({"6A1": rows})
    top, left = dice.randint(1, len(rows)), dice.randint(1, width)
    made["6A1"].merge_cells(start_row=top, end_row=top + dice.randint(0, 2), start_column=left, end_column=left + dice.randint(0, 3))
    fields = tuple((letters_of(dice.randint(0, 11)), dice.choice([None, *FIELDS_TO_CHOOSE])) for _ in range(dice.randint(0, 5)))
    said = SheetAnswer("6A1", True, dice.choice([None, 0, 1, 2, 99]), fields, dice.choice([None, True, False]))
    typed = [Correction("6A1", dice.randint(-1, 15), letters_of(dice.randint(0, 9)), str(dice.choice(CELLS))) for _ in range(3)]
    try:
        found = read(finished(made), "x.xlsx", answer=Answer((said,)), corrections=typed, refused=REFUSED)
    except Unreadable:
        return False
    for told in (*found.problems, *found.notes, *found.questions, *(c.evidence for c in found.columns if c.evidence)):
        assert told.text % dict(told.params)
    assert all(column.field or not column.samples for column in found.columns)
    assert all(1 <= person.row <= len(rows) for person in found.people)
    return True
