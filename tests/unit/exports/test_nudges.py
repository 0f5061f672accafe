"""The ledger of reminders as a sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from app.exports import nudges
from app.exports.nudges import NudgeBook, NudgeLine
from tests.unit.exports.books import HEADING

HEADINGS = [
    "STT", "Ngày gửi", "Người nhận", "Vai trò", "Về", "Lớp", "Mốc nhắc", "Kênh", "Kết quả", "Lý do", "Thời điểm gửi", "Tiêu đề", "Nội dung",
    "Gửi bởi",
]  # fmt: skip
LINE = NudgeLine(
    goes_on=date(2026, 12, 23),
    receiver="Bùi Thu Hà",
    role="người giám hộ",
    about="Bùi Bé, Bùi Tí",
    unit="6A1",
    rung="D-7",
    channel="SMS",
    status="đã gửi",
    why="",
    sent_at="23/12/2026 07:04",
    subject="Nhắc đăng ký VssID",
    text="Bùi Bé: chưa kê khai.\nBùi Tí: chưa nộp tờ khai.",
    made_by="",
)


def written(*lines: NudgeLine) -> bytes:
    return nudges.workbook(NudgeBook(HEADING, "Lớp", "tất cả", len(lines), iter(lines)))


def rows_of(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(nudges.SHEET).to_python(skip_empty_area=False)


@pytest.fixture(scope="module")
def rows() -> list[list[object]]:
    return rows_of(written(LINE, replace(LINE, receiver="Trần An", text="=1+1")))


def test_each_message_has_a_row_below_the_head(rows: list[list[object]]):
    head = rows.index(HEADINGS)
    assert rows[head + 1][:6] == [1, date(2026, 12, 23), "Bùi Thu Hà", "người giám hộ", "Bùi Bé, Bùi Tí", "6A1"]
    assert rows[head + 2][0] == 2
    assert "tất cả: 2 tin" in rows[1][0]  # type: ignore[operator]


def test_what_looks_like_a_formula_stays_text(rows: list[list[object]]):
    assert rows[-1][12] == "=1+1"


def test_the_head_stays_in_sight_and_the_table_can_be_filtered():
    sheet = load_workbook(BytesIO(written(LINE)))[nudges.SHEET]
    assert sheet.freeze_panes == "C8"
    assert sheet.auto_filter.ref == "A7:N8"


def test_an_empty_ledger_is_a_sheet_all_the_same():
    assert HEADINGS in rows_of(written())
