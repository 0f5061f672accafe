"""The ledger of a campaign's reminders as a sheet: to whom, about whom, when, by which channel, in which words, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.exports.long_rows import RowWriter, packed
from app.exports.people import shown
from app.exports.rows import Heading
from app.exports.sheet import new_workbook, stamp, table_head, title_lines
from app.exports.styles import Column, Look

SHEET = "Sổ nhắc việc"
_COLUMNS = (
    Column("Ngày gửi", "goes_on", Look.DATE, 11.5),
    Column("Người nhận", "receiver", Look.TEXT, 26),
    Column("Vai trò", "role", Look.TEXT, 16),
    Column("Về", "about", Look.TEXT, 30),
    Column("{unit}", "unit", Look.TEXT, 12),
    Column("Mốc nhắc", "rung", Look.TEXT, 20),
    Column("Kênh", "channel", Look.TEXT, 10),
    Column("Kết quả", "status", Look.TEXT, 16),
    Column("Lý do", "why", Look.TEXT, 28),
    Column("Thời điểm gửi", "sent_at", Look.TEXT, 16),
    Column("Tiêu đề", "subject", Look.TEXT, 30),
    Column("Nội dung", "text", Look.TEXT, 90),
    Column("Gửi bởi", "made_by", Look.TEXT, 18),
)


@dataclass(frozen=True, slots=True)
class NudgeLine:
    """One message, worded for the reader. It names people and quotes what was said, and holds no address and no number of theirs."""

    goes_on: date
    receiver: str
    role: str
    about: str
    unit: str
    rung: str
    channel: str
    status: str
    why: str
    sent_at: str
    subject: str
    text: str
    made_by: str


@dataclass(frozen=True, slots=True)
class NudgeBook:
    """`meant` says in words which messages these are, `count` of them; `unit_word` heads the column of units ("Lớp")."""

    heading: Heading
    unit_word: str
    meant: str
    count: int
    nudges: Iterable[NudgeLine]


def workbook(book: NudgeBook) -> bytes:
    made = new_workbook()
    sheet = made.create_sheet(SHEET)
    columns = tuple(Column(c.heading.format(unit=book.unit_word), c.field, c.look, c.width) for c in _COLUMNS)
    heading, meant = book.heading, f"{book.meant}: {shown(book.count)} tin"
    row = title_lines(sheet, f"{SHEET} – {heading.issuer}", meant, heading.campaign, heading.deadline, stamp(heading.as_of))
    table_head(sheet, row, columns, rows=book.count)
    writer = RowWriter(made, columns)
    rows = (writer.row(row + number, number, line) for number, line in enumerate(book.nudges, 1))
    return packed(made, {SHEET: rows})
