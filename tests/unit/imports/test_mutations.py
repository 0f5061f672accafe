"""Whatever happens to a file on its way, reading it ends in a reading or in one sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports import Snapshot, Unreadable, plan, read
from tests.unit.imports.books import book, finished, workbook

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Nữ", "CCCD", "Mã số BHXH", "Mã nhân viên", "SĐT", "Email", "Lớp", "Họ tên mẹ", "SĐT mẹ"]
PERSON = [1, "Trần Văn An", "27/10/2014", "x", 48210776317, "0123456789", 12, "0912345678", "a@b.vn", "6A1", "Lê Thị Hoa", 912345678]
GOOD = book([["DANH SÁCH LỚP 6A1"], HEADER, PERSON, [2, "Lê Văn Bình", date(2014, 1, 2), *[""] * 9]])
BOOKS = Path(__file__).parents[2] / "workbooks"
OLD, DIRTY = (BOOKS / "06-employer.xls").read_bytes(), (BOOKS / "11-dirty.xlsx").read_bytes()


def with_zeros_in_a_format() -> bytes:
    made = workbook({"6A1": [HEADER, PERSON]})
    made["6A1"]["G2"].number_format = "00000"
    return finished(made)


FORMATTED = with_zeros_in_a_format()
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1, max_size=8)
cells = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.sampled_from([*HEADER, *map(str, PERSON), "Tổng cộng", "7.92E+10", "LỚP 6A1", "Hiệu trưởng", "I", "(1)", "Nam", "Cha"]),
)


def test_the_formatted_workbook_is_one_whose_formats_are_read():
    assert read(FORMATTED, "x.xlsx").people[0].staff_code == "00012"


def ends_well(data: bytes) -> None:
    try:
        found = read(data, "roster.xlsx")
    except Unreadable:
        return
    plan(found, Snapshot("Trường THCS ABC", (), ("Trường THCS XYZ",)))


def edited(data: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    changed = bytearray(data)
    for place, replacement in changes:
        at = int(place * len(changed))
        changed[at : at + max(1, len(replacement))] = replacement
    return bytes(changed)


@few
@given(edits)
def test_a_workbook_with_changed_bytes_is_read_or_refused(changes: list[tuple[float, bytes]]):
    ends_well(edited(GOOD, changes))


@few
@given(edits)
def test_an_old_workbook_with_changed_bytes_is_read_or_refused(changes: list[tuple[float, bytes]]):
    ends_well(edited(OLD, changes))


PARTS = [
    (DIRTY, "xl/worksheets/sheet1.xml"),
    (DIRTY, "xl/sharedStrings.xml"),
    (FORMATTED, "xl/worksheets/sheet1.xml"),
    (FORMATTED, "xl/workbook.xml"),
    (FORMATTED, "xl/styles.xml"),
]


@pytest.mark.parametrize(("data", "part"), PARTS, ids=["cells", "texts", "formatted cells", "sheets", "formats"])
@few
@given(changes=edits)
def test_a_workbook_with_a_changed_part_is_read_or_refused(data: bytes, part: str, changes: list[tuple[float, bytes]]):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            new.writestr(name, edited(old.read(name), changes) if name == part else old.read(name))
    ends_well(stream.getvalue())


@few
@given(st.lists(st.lists(cells, min_size=1, max_size=8), max_size=12), st.integers(0, 3))
def test_a_workbook_with_any_cells_is_read_or_refused(rows: list[list[object]], above: int):
    ends_well(book([*rows[:above], HEADER, *rows[above:]]))
