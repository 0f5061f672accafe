"""A blank roster to fill in: every heading is one that the reader knows, and what is filled in as asked reads back without a finding.

What explains it (a guide with examples, lists to choose from) stands on sheets of their own, over which the reader passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.sheet import new_workbook, table_head, title_lines
from app.exports.styles import FONT, FORMATS, GRID, HEAD_FILL, Column, Look, height, put
from app.exports.text import clean
from imports.words.vocabulary import GUIDE_TITLE

ROSTER_SHEET, GUIDE_SHEET, LISTS_SHEET = "Danh sách", "Hướng dẫn", "Danh mục"
MOST_ROWS = 5_000  # that have drop-downs; whoever has more people can still go on below
_SEXES = ("Nam", "Nữ")
_RELATIONS = ("Ông", "Bà", "Anh", "Chị", "Cô", "Dì", "Chú", "Bác", "Cậu", "Người giám hộ")


class Who(StrEnum):
    """Whom a template is for."""

    PUPILS = "pupils"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Blank:
    """One column to fill in: its heading ("{unit}" is the institution's word), the reader's field, how to fill it in, two examples.
    `digits`: how many signs a number has, at least and at most. What is `needed` has a star."""

    heading: str
    field: str
    look: Look
    width: float
    how: str
    examples: tuple[str, str]
    needed: bool = False
    digits: tuple[int, int] | None = None


_SEX = Blank("Giới tính", "sex", Look.TEXT, 9, "Chọn Nam hoặc Nữ.", ("Nam", "Nữ"))
_NAME = Blank("Họ và tên", "full_name", Look.TEXT, 26, "Viết đủ họ, tên đệm và tên, có dấu.", ("Nguyễn Ví Dụ", "Trần Thị Mẫu"), needed=True)


def _birth(*examples: str) -> Blank:
    how = "Ngày/tháng/năm, năm đủ 4 số. Nếu chỉ biết năm thì viết năm."
    return Blank("Ngày sinh", "birth_date", Look.DATE, 13, how, (examples[0], examples[1]), needed=True)


def _personal_id(*examples: str) -> Blank:
    how = "12 số trên thẻ căn cước hoặc giấy khai sinh, kể cả số 0 ở đầu."
    return Blank("Số định danh cá nhân", "personal_id", Look.CODE, 16, how, (examples[0], examples[1]), digits=(12, 12))


_BHXH_CODE = Blank(
    "Mã số BHXH", "bhxh_code", Look.CODE, 13, "10 số; là 10 số cuối trên thẻ BHYT có 15 ký tự. Chưa có thì để trống.",
    ("0123456789", ""), digits=(10, 10),
)  # fmt: skip
_PUPILS = (
    _NAME,
    _birth("27/10/2014", "05/03/2014"),
    _SEX,
    Blank("{unit}", "unit", Look.TEXT, 10, "Chọn trong danh sách, hoặc viết tên lớp mới.", ("6A1", "6A2"), needed=True),
    Blank("Mã học sinh", "pupil_code", Look.CODE, 14, "Mã của trường hoặc của ngành giáo dục.", ("2400012345", "2400012346")),
    _personal_id("001214012345", "001314054321"),
    _BHXH_CODE,
    Blank("Số điện thoại", "phone", Look.CODE, 13, "Số của chính học sinh, nếu có.", ("", ""), digits=(10, 12)),
    Blank("Họ tên cha", "father_name", Look.TEXT, 24, "Viết đủ họ và tên, có dấu.", ("Nguyễn Văn Ví Dụ", "")),
    Blank("SĐT cha", "father_phone", Look.CODE, 13, "10 số, bắt đầu bằng số 0.", ("0912000111", ""), digits=(10, 12)),
    Blank("Họ tên mẹ", "mother_name", Look.TEXT, 24, "Viết đủ họ và tên, có dấu.", ("", "Lê Thị Mẫu")),
    Blank("SĐT mẹ", "mother_phone", Look.CODE, 13, "10 số, bắt đầu bằng số 0.", ("", "0912000222"), digits=(10, 12)),
    Blank("Họ tên người giám hộ", "guardian_name", Look.TEXT, 24, "Chỉ khi không phải cha hoặc mẹ.", ("", "Trần Văn Mẫu")),
    Blank("SĐT người giám hộ", "guardian_phone", Look.CODE, 13, "10 số, bắt đầu bằng số 0.", ("", "0912000333"), digits=(10, 12)),
    Blank("Quan hệ", "relation", Look.TEXT, 14, "Người giám hộ là gì của học sinh: chọn trong danh sách.", ("", "Ông")),
)
_STAFF = (
    _NAME,
    _birth("27/10/1985", "05/03/1990"),
    _SEX,
    Blank("{unit}", "unit", Look.TEXT, 22, "Chọn trong danh sách, hoặc viết tên mới.", ("Phòng Hành chính", "Phòng Kế toán"), needed=True),
    Blank("Mã nhân viên", "staff_code", Look.CODE, 13, "Mã trong đơn vị, nếu có.", ("NV001", "NV002")),
    _personal_id("001085012345", "001190054321"),
    _BHXH_CODE,
    Blank("Số điện thoại", "phone", Look.CODE, 13, "10 số, bắt đầu bằng số 0: mã xác thực gửi về số này.", ("0912000111", "0912000222"),
          digits=(10, 12)),
    Blank("Email", "email", Look.TEXT, 26, "Nếu có.", ("vidu@don-vi.example", "")),
    Blank("Chức vụ", "position", Look.TEXT, 20, "Nếu có.", ("Trưởng phòng", "Nhân viên")),
)  # fmt: skip
_COLUMNS = {Who.PUPILS: _PUPILS, Who.STAFF: _STAFF}
_TITLES = {Who.PUPILS: "Danh sách học sinh", Who.STAFF: "Danh sách người lao động"}
_GUIDE_LINES = (
    "Điền ở trang “{roster}”, mỗi người một dòng, ngay dưới hàng tiêu đề; không để dòng trống ở giữa. Lưu lại rồi tải tệp lên.",
    "Cột có dấu * là cần nhất; cột nào không có thông tin thì để trống. Có thể bỏ bớt cột không dùng, đừng đổi tên cột.",
    "Các cột số đã để dạng văn bản, nên số 0 ở đầu được giữ. Khi dán từ tệp khác, chọn “Dán giá trị” để giữ định dạng này.",
    "Không cần điền dân tộc, tôn giáo, địa chỉ: những cột như vậy không được lưu.",
    "Hai cột ví dụ dưới đây không phải người thật; trang này được bỏ qua khi đọc tệp.",
)


def columns_of(who: Who, unit_word: str) -> tuple[Blank, ...]:
    return tuple(replace(column, heading=column.heading.format(unit=unit_word)) for column in _COLUMNS[who])


def template(who: Who, institution: str, unit_word: str, units: Sequence[str]) -> bytes:
    """`unit_word` heads the column of units ("Lớp"), `units` are those to choose from."""
    columns = columns_of(who, unit_word)
    made = new_workbook()
    sheet = made.create_sheet(ROSTER_SHEET)
    row = title_lines(
        sheet,
        f"{_TITLES[who]} – {institution}",
        f"Mỗi người một dòng, ngay dưới hàng tiêu đề. Cột có dấu * là cần nhất. Cách điền từng cột: xem trang “{GUIDE_SHEET}”.",
    )
    table_head(sheet, row, [Column(_starred(column), column.field, column.look, column.width) for column in columns], rows=0)
    _guide(made.create_sheet(GUIDE_SHEET), columns)
    choices = _lists(made, units)
    for place, column in enumerate(columns, 2):
        _prepare(sheet, row, place, column, choices)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _starred(column: Blank) -> str:
    return f"{column.heading} *" if column.needed else column.heading


def _lists(made: Workbook, units: Sequence[str]) -> dict[str, str]:
    """What may be chosen, by field, as a formula. Units stand on a hidden sheet: names may hold commas, and many are too long together."""
    choices = {"sex": f'"{",".join(_SEXES)}"', "relation": f'"{",".join(_RELATIONS)}"'}
    if units:
        sheet = made.create_sheet(LISTS_SHEET)
        sheet.sheet_state = "hidden"
        for row, unit in enumerate(units, 1):
            put(sheet, row, 1, unit)
        choices["unit"] = f"'{LISTS_SHEET}'!$A$1:$A${len(units)}"
    return choices


def _prepare(sheet: Worksheet, head: int, place: int, column: Blank, choices: dict[str, str]) -> None:
    """The column's format for cells that are yet to be filled in, its drop-down or check, and the comment on its heading."""
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].number_format = FORMATS[column.look]
    sheet.column_dimensions[letter].font = Font(name=FONT, size=11)
    if column.look is Look.DATE:
        sheet.column_dimensions[letter].alignment = Alignment(horizontal="center")
    comment = Comment(f"{column.how}\nVí dụ: {next(filter(None, column.examples), '(để trống)')}", "Tiến độ VssID")
    comment.width, comment.height = 240, 90
    sheet.cell(head, place).comment = comment
    check = _check(column, choices)
    if check is not None:
        check.error, check.errorTitle = column.how, column.heading
        check.showErrorMessage = True
        check.add(f"{letter}{head + 1}:{letter}{head + MOST_ROWS}")
        sheet.add_data_validation(check)


def _check(column: Blank, choices: dict[str, str]) -> Any:
    """Only a sex is held to the list. Everything else may be right all the same (a new class, a passport), so Excel asks and gives way."""
    if column.field in choices:
        style = "stop" if column.field == "sex" else "warning"
        return DataValidation(type="list", formula1=choices[column.field], allow_blank=True, errorStyle=style)
    if column.look is Look.DATE:
        return DataValidation(type="date", operator="greaterThan", formula1="DATE(1920,1,1)", allow_blank=True, errorStyle="warning")
    if column.digits:
        least, most = map(str, column.digits)
        return DataValidation(type="textLength", operator="between", formula1=least, formula2=most, allow_blank=True, errorStyle="warning")
    return None


def _guide(sheet: Worksheet, columns: Sequence[Blank]) -> None:
    """What to do, then each column with how to fill it in; people down the page, so that no example looks like a roster."""
    widths = (25, 9, 58, 20, 20)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    put(sheet, 1, 1, GUIDE_TITLE, font=Font(name=FONT, size=14, bold=True))
    row = 2
    for line in _GUIDE_LINES:
        text = line.format(roster=ROSTER_SHEET)
        put(sheet, row, 1, text, font=Font(name=FONT, size=11), alignment=Alignment(wrap_text=True, vertical="top"))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        sheet.row_dimensions[row].height = height([(text, sum(widths))])
        row += 1
    row += 1
    _line(sheet, row, widths, ("Cột", "Cần có", "Cách điền", "Ví dụ 1", "Ví dụ 2"), head=True)
    for column in columns:
        row += 1
        _line(sheet, row, widths, (column.heading, "*" if column.needed else "", column.how, *column.examples), head=False)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _line(sheet: Worksheet, row: int, widths: Sequence[float], texts: Sequence[str], *, head: bool) -> None:
    for place, text in enumerate(texts, 1):
        looks: dict[str, Any] = {"font": Font(name=FONT, size=11, bold=head, italic=place > 3 and not head), "border": GRID}
        if head:
            looks["fill"] = HEAD_FILL
        centred = "center" if place == 2 else None
        cell = put(sheet, row, place, clean(text), **looks, alignment=Alignment(wrap_text=True, vertical="top", horizontal=centred))
        cell.number_format = FORMATS[Look.CODE]
    sheet.row_dimensions[row].height = height(zip(texts, widths, strict=True))
