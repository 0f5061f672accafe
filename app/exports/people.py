"""Lists of people as sheets: the full list, and who is left, each row written once and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openpyxl.worksheet.worksheet import Worksheet

from app.exports.long_rows import RowWriter, packed
from app.exports.rows import Heading, PeopleBook, PersonLine, ProgressLine
from app.exports.sheet import new_workbook, stamp, table_head, title_lines
from app.exports.styles import Column, Look

LIST_SHEET = "Danh sách"
# Headings are those that a roster may have, so a list that was taken out can be uploaded again.
_FULL = (
    Column("Họ và tên", "full_name", Look.TEXT, 27),
    Column("Ngày sinh", "born", Look.DATE, 11.5),
    Column("Giới tính", "sex", Look.TEXT, 7),
    Column("Số định danh cá nhân", "personal_id", Look.CODE, 14.5),
    Column("Mã số BHXH", "bhxh_code", Look.CODE, 12.5),
    Column("Mã học sinh", "pupil_code", Look.CODE, 12.5),
    Column("Mã nhân viên", "staff_code", Look.CODE, 12.5),
    Column("Số điện thoại", "phone", Look.CODE, 13),
    Column("Email", "email", Look.TEXT, 26),
    Column("Chức vụ", "position", Look.TEXT, 18),
    Column("Họ tên phụ huynh", "guardian", Look.TEXT, 24),
    Column("SĐT phụ huynh", "guardian_phone", Look.CODE, 13),
    Column("Trạng thái", "state", Look.TEXT, 17),
    Column("Tình trạng", "standing", Look.TEXT, 24),
    Column("Ngày kê khai", "declared_on", Look.DATE, 11.5),
    Column("Ngày nộp tờ khai", "handed_in_on", Look.DATE, 11.5),
    Column("Ngày cấp tài khoản", "granted_on", Look.DATE, 11.5),
    Column("Ngày đăng nhập", "signed_in_on", Look.DATE, 11.5),
    Column("Ghi chú", "reason", Look.TEXT, 26),
)
# For the class teacher's hands: whom to call and about what, and no identity numbers.
_LEFT = (
    Column("Họ và tên", "full_name", Look.TEXT, 30),
    Column("Ngày sinh", "born", Look.DATE, 12),
    Column("Số điện thoại", "phone", Look.CODE, 14),
    Column("Họ tên phụ huynh", "guardian", Look.TEXT, 26),
    Column("SĐT phụ huynh", "guardian_phone", Look.CODE, 14),
    Column("Tình trạng", "standing", Look.TEXT, 34),
    Column("Ngày kê khai", "declared_on", Look.DATE, 12),
    Column("Hạn nộp tờ khai", "paper_due_on", Look.DATE, 12),
    Column("Ghi chú", "reason", Look.TEXT, 34),
)


def workbook(book: PeopleBook) -> bytes:
    """The list that a page shows, on one sheet."""
    made = new_workbook()
    sheet = made.create_sheet(LIST_SHEET)
    columns = full_columns(book.unit_word, book.unused)
    heading, meant = book.heading, f"{book.meant}: {shown(book.count)} người"
    row = title_lines(sheet, f"{LIST_SHEET} – {heading.issuer}", meant, heading.campaign, stamp(heading.as_of))
    table_head(sheet, row, columns, rows=book.count)
    writer = RowWriter(made, columns)
    return packed(made, {LIST_SHEET: numbered(writer, book.people, row + 1)})


def full_columns(unit_word: str, unused: frozenset[str]) -> tuple[Column, ...]:
    unit = Column(unit_word, "unit", Look.TEXT, 14)
    return tuple(column for column in (*_FULL[:3], unit, *_FULL[3:]) if column.field not in unused)


def left_columns(unit_word: str | None, unused: frozenset[str]) -> tuple[Column, ...]:
    """`unit_word` heads a column of units where one sheet holds several."""
    unit = (Column(unit_word, "unit", Look.TEXT, 22),) if unit_word else ()
    return tuple(column for column in (*unit, *_LEFT) if column.field not in unused)


def full_list_head(sheet: Worksheet, heading: Heading, columns: tuple[Column, ...], count: int) -> int:
    """Title and head of the full list; answers the row of the first person."""
    row = title_lines(sheet, f"Danh sách {shown(count)} người – {heading.issuer}", heading.campaign, stamp(heading.as_of))
    table_head(sheet, row, columns, rows=count)
    return row + 1


def left_list_head(sheet: Worksheet, heading: Heading, columns: tuple[Column, ...], of: ProgressLine) -> int:
    """Title and head of a list of who is left; answers the row of the first person."""
    title = f"{of.name}: còn {shown(of.left)} trên {shown(of.in_scope)} người thuộc diện"
    row = title_lines(sheet, title, f"{heading.issuer} – {heading.campaign}", heading.deadline, stamp(heading.as_of))
    table_head(sheet, row, columns, rows=of.left)
    return row + 1


def numbered(writer: RowWriter, people: Iterable[PersonLine], first_row: int) -> Iterator[bytes]:
    for count, person in enumerate(people, 1):
        yield writer.row(first_row + count - 1, count, person)


def shown(number: int) -> str:
    """1.234"""
    return f"{number:,}".replace(",", ".")
