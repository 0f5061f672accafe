"""The agency's progress workbook: one line per institution, totals, signatures."""

from __future__ import annotations

from io import BytesIO

from app.exports.official import official_head, signatures
from app.exports.progress_table import write_progress
from app.exports.rows import AgencyBook
from app.exports.sheet import new_workbook, note_line

SHEET = "Tiến độ"


def workbook(book: AgencyBook) -> bytes:
    made = new_workbook()
    sheet = made.create_sheet(SHEET)
    row = official_head(sheet, book.heading)
    row = write_progress(sheet, row, "Đơn vị", book.institutions, book.total, links={})
    if book.proofs:
        row = note_line(sheet, row, book.proofs)
    signatures(sheet, row + 1)
    finished = BytesIO()
    made.save(finished)
    return finished.getvalue()
