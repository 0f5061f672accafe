"""Whatever a workbook that could be read looks like inside, it comes back marked and reads as before."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exports.returned import Mark, returned
from imports import Severity, Unreadable, read
from tests.unit.exports.test_returned import given_back, headers_of, laid_out, mark, marks_of

DIRTY = (Path(__file__).parents[2] / "workbooks" / "11-dirty.xlsx").read_bytes()
MARKED = given_back(laid_out(), marks=[mark(5, "C", sheet="Lớp 6A2")]).content
PARTS = [
    (DIRTY, "xl/worksheets/sheet1.xml"),
    (DIRTY, "xl/styles.xml"),
    (MARKED, "xl/worksheets/sheet3.xml"),
    (MARKED, "xl/worksheets/_rels/sheet3.xml.rels"),
    (MARKED, "xl/comments1.xml"),
    (MARKED, "xl/drawings/vmlDrawing1.vml"),
    (MARKED, "xl/styles.xml"),
    (MARKED, "[Content_Types].xml"),
]
edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1, max_size=4)


def with_changed_part(data: bytes, part: str, changes: list[tuple[float, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = bytearray(old.read(name))
            for place, replacement in changes if name == part else []:
                at = int(place * len(content))
                content[at : at + max(1, len(replacement))] = replacement
            new.writestr(name, bytes(content))
    return stream.getvalue()


@pytest.mark.parametrize(("data", "part"), PARTS, ids=[part for _, part in PARTS])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=edits)
def test_a_workbook_that_can_be_read_can_be_given_back(data: bytes, part: str, changes: list[tuple[float, bytes]]):
    changed = with_changed_part(data, part, changes)
    try:
        reading = read(changed, "a.xlsx")
    except Unreadable:
        return
    found = marks_of(reading) or [Mark(p.sheet, p.row, "B", Severity.WARNING, "Thử.") for p in reading.people[:3]]
    back = returned(changed, "a.xlsx", found, headers_of(reading))
    again = read(back.content, back.filename)
    assert [(p.sheet, p.row, p.full_name, p.birth_date) for p in again.people] == [
        (p.sheet, p.row, p.full_name, p.birth_date) for p in reading.people
    ]
