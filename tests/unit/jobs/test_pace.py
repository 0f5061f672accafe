"""A bar for a workbook whose sheets are read one after the other."""

from __future__ import annotations

from itertools import pairwise

from app.jobs.pace import paced

TWENTY = b"".join(b"xl/worksheets/sheet%d.xml" % n for n in range(1, 21)) * 2


def told(data: bytes, *sheets: int) -> list[tuple[str, int, int]]:
    """What is told when sheets of so many rows are read and judged in turn."""
    said = list[tuple[str, int, int]]()
    tell = paced(lambda *what: said.append(what), data)
    rows = 0
    for size in sheets:
        tell("read", rows + size, rows + size)
        tell("judged", rows + size // 2, rows + size)
        rows += size
        tell("judged", rows, rows)
    return said


def test_one_sheet_is_told_as_it_is():
    assert told(b"xl/worksheets/sheet1.xml" * 2, 20000) == [("read", 20000, 20000), ("judged", 10000, 20000), ("judged", 20000, 20000)]


def test_many_sheets_are_parts_of_a_whole():
    said = told(TWENTY, *[35] * 20)
    assert said[0] == ("read", 35, 700)
    assert said[2] == ("judged", 35, 700)
    assert said[-1] == ("judged", 700, 700)


def test_it_never_goes_back_however_unlike_the_sheets_are():
    said = told(TWENTY, 10, 500, 3, 2000, *[7] * 16)
    parts = [done / total for stage, done, total in said if stage == "judged"]
    assert all(later >= earlier - 0.001 for earlier, later in pairwise(parts))
    assert [stage for stage, _, _ in said] == ["read"] + ["judged"] * (len(said) - 1)


def test_more_sheets_than_were_expected_do_no_harm():
    assert all(done <= total for _, done, total in told(b"<table>", 5, 5, 5))
