"""A returned workbook says of which roster it is, and programs that save it keep that."""

from __future__ import annotations

from io import BytesIO
from time import process_time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import StringProperty

from app.exports.returned import returned
from imports.files.origins import PROPERTY, Origin, origin_of
from tests.unit.imports.books import book, finished, with_part

ORIGIN, LATER = Origin(12, "ab" * 32), Origin(13, "cd" * 32)
ROWS = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2014"]]


def marked(data: bytes, origin: Origin = ORIGIN, filename: str = "a.xlsx") -> bytes:
    return returned(data, filename, [], {"Sheet1": 1}, origin=origin).content


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def test_it_is_found_again_also_when_another_program_has_saved_the_file():
    data = marked(book(ROWS))
    assert origin_of(book(ROWS)) is None
    assert (origin_of(data), origin_of(finished(opened(data)))) == (ORIGIN, ORIGIN)


def test_a_file_of_another_kind_comes_back_with_it():
    assert origin_of(marked("STT;Họ và tên;Ngày sinh\n1;Trần Văn An;27/10/2014\n".encode(), filename="a.csv")) == ORIGIN


def test_the_owners_own_properties_stay_and_a_later_return_takes_the_place_of_an_earlier_one():
    made = Workbook()
    for row in ROWS:
        made.active.append(row)
    made.custom_doc_props.append(StringProperty(name="Phòng", value="Giáo vụ"))
    data = marked(marked(finished(made)), LATER)
    assert origin_of(data) == LATER
    assert [(one.name, one.value) for one in opened(data).custom_doc_props.props] == [("Phòng", "Giáo vụ"), (PROPERTY, LATER.written)]
    assert len(ZipFile(BytesIO(data)).namelist()) == len(set(ZipFile(BytesIO(data)).namelist()))


@pytest.mark.parametrize("said", ["", "12", "12:zz", "-1:" + "ab" * 32, f"{'9' * 30}:{'ab' * 32}", f"12:{'ab' * 33}"])
def test_what_is_no_origin_says_nothing(said: str):
    data = with_part(marked(book(ROWS)), "docProps/custom.xml", lambda part: part.replace(ORIGIN.written.encode(), said.encode()))
    assert origin_of(data) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"a;b", marked(book(ROWS))[:-40]])
def test_what_cant_be_unpacked_says_nothing(data: bytes):
    assert origin_of(data) is None


def test_open_document_files_say_it_too():
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("meta.xml", f'<meta:user-defined meta:name="{PROPERTY}">{ORIGIN.written}</meta:user-defined>')
    assert origin_of(content.getvalue()) == ORIGIN


def test_a_file_made_to_be_looked_through_for_long_is_not():
    forged = (f'name="{PROPERTY}">'.encode() + b" " * 220) * 4000
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"docProps/custom{number}.xml", forged)
    begun = process_time()
    assert origin_of(content.getvalue()) is None
    assert process_time() - begun < 3
