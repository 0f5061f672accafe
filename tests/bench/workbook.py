"""The workbooks that reading is measured with: people in ten columns, laid out as an employer would; and one full of usual mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from app.demo.names import Drawer

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Mã số BHXH", "Số điện thoại", "Email", "Đơn vị", "Chức danh")
POSITIONS = ("Nhân viên", "Chuyên viên", "Giảng viên", "Kế toán", "Công nhân", "Tổ trưởng")


Row = list[Any]


def _shortened(place: int) -> Callable[[Row, Row], None]:
    """A number typed into a number cell: its zeros in front are gone."""

    def spoil(row: Row, _: Row) -> None:
        row[place] = int("0" + row[place][1:])

    return spoil


def _put(place: int, value: Any) -> Callable[[Row, Row], None]:
    def spoil(row: Row, _: Row) -> None:
        row[place] = value

    return spoil


def _other_year(row: Row, _: Row) -> None:
    row[4] = row[4][:4] + f"{(int(row[4][4:6]) + 7) % 100:02d}" + row[4][6:]


def _again(row: Row, before: Row) -> None:
    row[1:] = before[1:]


FLAWS: dict[str, Callable[[Row, Row], None]] = {
    "the same person twice": _again,
    "a date that does not exist": _put(2, "31/02/1990"),
    "a number with another birth year": _other_year,
    "a CCCD without its zero": _shortened(4),
    "a phone without its zero": _shortened(6),
    "a CCCD with a digit too few": _put(4, "0790910012"),
    "a sex that is none": _put(3, "?!"),
    "an address without @": _put(7, "nv.cong-ty.example"),
    "no name": _put(1, ""),
}


def write(path: Path, rows: int) -> None:
    """As clean as files rarely are: nothing is to be mended."""
    _write(path, _people(rows))


def write_flawed(path: Path, rows: int, each: int) -> set[int]:
    """With every flaw `each` times; answers Excel's numbers of the rows that have one."""
    people = list(_people(rows))
    places = range(1, rows, rows // (each * len(FLAWS)))[: each * len(FLAWS)]
    for place, flaw in zip(places, list(FLAWS.values()) * each, strict=True):
        flaw(people[place], people[place - 1])
    _write(path, people)
    return {place + 2 for place in places}


def write_later(path: Path, rows: int, known: int) -> None:
    """The list of a later term: of the people of `write`, the first `known` have another unit and address."""
    people = list(_people(rows))
    for row in people[:known]:
        row[7], row[8] = f"moi.{row[7]}", f"{row[8]} mới"
    _write(path, people)


def _people(rows: int) -> Iterator[Row]:
    drawer = Drawer("bench")
    for n in range(1, rows + 1):
        who = drawer.person(date(1966, 1, 1), date(2004, 12, 31))
        sex = "Nam" if who.sex == "male" else "Nữ"
        unit, position = f"Phân xưởng {n % 40 + 1}", POSITIONS[n % len(POSITIONS)]
        contact = (who.phone, f"nv{n}@cong-ty.example")
        yield [n, who.full_name, who.birth_date, sex, who.personal_id, who.bhxh_code, *contact, unit, position]


def _write(path: Path, people: Iterable[Row]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for n, row in enumerate(people, 1):
        sheet.write_row(n, 0, row[:2])
        if isinstance(row[2], date):
            sheet.write_datetime(n, 2, row[2], day)
        else:
            sheet.write(n, 2, row[2])
        sheet.write_row(n, 3, row[3:])
    book.close()
