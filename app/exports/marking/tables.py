"""Where a sheet's roster stands, and which column is free for the messages about it."""

from __future__ import annotations

from typing import NamedTuple

from imports.files.cells import Merge, Sheet
from imports.files.own_marks import error_column


class Table(NamedTuple):
    """Where a sheet's roster stands: Excel's first and last row of its header, and (from 0) the column that the messages go to. An earlier
    return has left its messages in column `earlier`, at `rows`. On a sheet without a header (0) its column begins beside the first person,
    and each message says that it is one: nothing else would tell it from the owner's own when it is read again."""

    header: int
    header_end: int
    column: int
    earlier: int | None
    rows: tuple[int, ...]

    @property
    def head(self) -> range:
        """The rows of the header, where there is one."""
        return range(self.header, self.header_end + 1) if self.header else range(0)

    @property
    def first(self) -> int:
        """The row in which the column begins."""
        return self.header or 1


def table_of(sheet: Sheet, header: int) -> Table:
    """`header` is Excel's row of the sheet's header, which may reach over several rows by merged cells; 0 where there is none."""
    found = error_column(sheet.rows)
    earlier = found[1] if found else None
    if not header:
        return Table(0, 0, _free_column(sheet, 0, len(sheet.rows) - 1, earlier), earlier, _messages(sheet, earlier, 0))
    top = header - 1
    end = max((bottom for (first, left), (bottom, right) in sheet.merges if first == top and left == right), default=top)
    return Table(header, end + 1, _free_column(sheet, top, end, earlier), earlier, _messages(sheet, earlier, end + 1))


def _messages(sheet: Sheet, earlier: int | None, below: int) -> tuple[int, ...]:
    """Excel's rows below this one in which an earlier return has said something."""
    if earlier is None:
        return ()
    return tuple(row for row, line in enumerate(sheet.rows[below:], below + 1) if line[earlier] != "")


def _free_column(sheet: Sheet, top: int, end: int, earlier: int | None) -> int:
    """The first column right of the headings in which nothing stands, not even below the roster."""
    last = max(column for line in sheet.rows[top : end + 1] for column, cell in enumerate(line) if cell != "" and column != earlier)
    last = max([last, *(right for (first, left), (_, right) in sheet.merges if first == top and left != earlier)])
    width = len(sheet.rows[top])
    taken = {column for column in range(last + 1, width) if column != earlier and any(line[column] != "" for line in sheet.rows[top:])}
    taken |= {column for merge in sheet.merges if merge[1][0] >= top for column in _covered(merge, last + 1) if column != earlier}
    return next(column for column in range(last + 1, width + len(taken) + last + 2) if column not in taken)


def _covered(merge: Merge, first: int) -> range:
    (_, left), (_, right) = merge
    return range(max(left, first), right + 1)
