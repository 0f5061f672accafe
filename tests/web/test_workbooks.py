"""Workbooks: the same numbers as the screen's, nobody's names taken out unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app import books, clock, transaction
from app.domain.registration import Details, Event, Proof
from app.exports import institution as institution_export
from app.extensions import db
from app.models import LogEntry
from app.queries import campaigns
from app.services import registrations
from app.services.registrations import Recorded
from tests.builders import at, make_person, record, scope_of
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import words

TODAY = date(2026, 11, 23)
AGENCY_BOOK = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/workbook"


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def school(scene: Flask) -> Flask:
    """Six people: two done, one outside the target, one rejected, one who declared, one without a class who has not started."""
    with scene.app_context():
        people = [make_person(SCHOOL, CAMPAIGN, f"Trần An {n}", "6A1" if n < 4 else "6A2", bhxh_code=f"010000000{n}") for n in range(5)]
        make_person(SCHOOL, CAMPAIGN, "Lê Bình")
        record(SCHOOL, CAMPAIGN, people[0], Event.GRANTED, date(2026, 11, 20))
        record(SCHOOL, CAMPAIGN, people[1], Event.SIGNED_IN, date(2026, 11, 20))
        record(SCHOOL, CAMPAIGN, people[2], Event.EXCLUDED, date(2026, 11, 20), "nghỉ việc")
        record(SCHOOL, CAMPAIGN, people[3], Event.REJECTED, date(2026, 11, 20), "ảnh mờ")
        record(SCHOOL, CAMPAIGN, people[4], Event.DECLARED, date(2026, 11, 20))
    return scene


@pytest.fixture
def alice(school: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    return signed_in(make_client, ALICE)


def taken_out(client: CheckedClient, address: str) -> bytes:
    answer = client.post(address, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return bytes(answer.data)


def sheets(data: bytes) -> list[str]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names


def table(data: bytes, sheet: str) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python()
    head = next(n for n, row in enumerate(rows) if row and row[0] == "STT")
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def logged(app: Flask) -> list[tuple[str, str, int | None]]:
    with app.app_context():
        exports = select(LogEntry).where(LogEntry.what.startswith("exported")).order_by(LogEntry.id)
        return [(entry.actor, entry.what, entry.count) for entry in db.session.scalars(exports)]


def test_the_institutions_workbook_has_the_summary_the_lists_of_who_is_left_and_everybody(alice: CheckedClient):
    assert sheets(taken_out(alice, f"{HOME}/workbook")) == ["Tổng hợp", "6A1", "6A2", "Chưa rõ lớp, phòng ban", "Danh sách"]


def test_the_workbooks_numbers_are_the_screens(alice: CheckedClient):
    """Tile = list = export."""
    data = taken_out(alice, f"{HOME}/workbook")
    total = next(row for row in table(data, "Tổng hợp") if row["Lớp"] == "Tổng cộng")
    page = alice.page(HOME)
    done, in_scope, left = (int(page.one(f"#home-progress a[href$='{end}'] b").text) for end in ("standing=done", "in_scope=1", "left=1"))
    assert (total["Tổng số"], total["Thuộc diện"], total["Còn lại"], total["Tỷ lệ %"]) == (6, in_scope, left, 40)
    assert (total["Đã cấp tài khoản"], done) == (2, 2)
    assert len(table(data, "Danh sách")) == len(alice.page(f"{HOME}/people").all("#people-rows tr")) == 6
    assert len(alice.page(f"{HOME}/people?left=1").all("#people-rows tr")) == left
    assert sum(len(table(data, sheet)) for sheet in sheets(data)[1:-1]) == left


def test_states_and_standings_are_worded_in_vietnamese_whatever_the_visitor_reads(alice: CheckedClient):
    alice.post("/language", data={"language": "en"})
    rows = {row["Họ và tên"]: row for row in table(taken_out(alice, f"{HOME}/workbook"), "Danh sách")}
    assert rows["Trần An 3"]["Trạng thái"] == "Bị từ chối"
    assert rows["Trần An 3"]["Ghi chú"] == "ảnh mờ"
    assert "ngày nộp tờ khai" in rows["Trần An 4"]["Tình trạng"]


def test_a_list_is_taken_out_with_its_filter(alice: CheckedClient):
    form = alice.page(f"{HOME}/people?left=1&unit=none").form("#people-table form[data-download]")
    rows = table(taken_out(alice, form.action), "Danh sách")
    assert [row["Họ và tên"] for row in rows] == ["Lê Bình"]


def test_whoever_takes_names_out_is_written_down_with_how_many(alice: CheckedClient, school: Flask):
    taken_out(alice, f"{HOME}/workbook")
    taken_out(alice, f"{HOME}/people/workbook?left=1")
    assert logged(school) == [("Alice", "exported-institution", 6), ("Alice", "exported-people", 3)]


def test_a_download_without_having_asked_for_it_brings_nothing(alice: CheckedClient, school: Flask):
    assert alice.get(f"{HOME}/workbook").location == HOME
    assert alice.get(f"{HOME}/people/workbook?left=1").location == f"{HOME}/people?left=1"
    assert logged(school) == []


def test_the_address_of_a_download_is_good_for_one_visitor_and_one_list(alice: CheckedClient, make_client: Callable[[], CheckedClient]):
    address = alice.post(f"{HOME}/people/workbook?unit=none").location
    assert alice.get(address).status_code == 200
    assert alice.get(address.replace("unit=none", "left=1")).status_code == 302
    assert signed_in(make_client, DIEP).get(address).status_code == 302
    assert signed_in(make_client, BOB).get(address).status_code == 403


def test_a_class_teacher_takes_out_the_own_class(school: Flask, make_client: Callable[[], CheckedClient]):
    data = taken_out(signed_in(make_client, GIANG), f"{HOME}/workbook")
    assert sheets(data) == ["Tổng hợp", "6A1", "Danh sách"]
    assert len(table(data, "Danh sách")) == 4
    assert logged(school) == [("Giang", "exported-institution", 4)]


def test_an_onlooker_and_a_stranger_take_out_nothing(school: Flask, make_client: Callable[[], CheckedClient]):
    assert signed_in(make_client, BOB).post(f"{HOME}/workbook").status_code == 403
    assert signed_in(make_client, CHARLIE).post(f"{HOME}/workbook").status_code == 404
    assert signed_in(make_client, CHARLIE).post(f"{HOME}/people/workbook").status_code == 404
    assert logged(school) == []


def test_accounts_are_counted_by_how_they_are_known(alice: CheckedClient, school: Flask, make_client: Callable[[], CheckedClient]):
    """The stronger proof of grant and use counts; on the list each count leads to exactly those people."""
    day = date(2026, 11, 21)
    with school.app_context():
        found = [make_person(SCHOOL, CAMPAIGN, f"Võ Tín {n}", "6A1") for n in range(4)]
        for number, event, proof in (
            (0, Event.GRANTED, Proof.AGENCY_LIST),
            (1, Event.GRANTED, Proof.OWN_WORD),
            (1, Event.SIGNED_IN, Proof.SEEN),
            (2, Event.SIGNED_IN, Proof.SEEN),
            (3, Event.GRANTED, Proof.SEEN),
            (3, Event.SIGNED_IN, Proof.OWN_WORD),
        ):
            told(found[number], event, day, proof)
    page = alice.page(f"{HOME}/people")
    chips = {str(chip["href"]).rpartition("proof=")[2]: chip for chip in page.all("a[href*='proof=']")}
    assert {proof: int(words(chip).rpartition(" ")[2]) for proof, chip in chips.items()} == {"agency-list": 1, "seen": 3}
    assert alice.page(str(chips["seen"]["href"])).texts("#people-rows td:not(.pick) > a") == ["Võ Tín 1", "Võ Tín 2", "Võ Tín 3"]
    for data in (taken_out(alice, f"{HOME}/workbook"), signed_in(make_client, DIEP).get(AGENCY_BOOK).data):
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        lines = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row if "Nguồn xác nhận" in str(cell)]
        assert len(lines) == 1
        assert lines[0].endswith("chưa ghi 2.")
        assert [int(part.rpartition(" ")[2].rstrip(".")) for part in lines[0].split(";")] == [1, 3, 2]


def told(number: int, event: Event, on: date, proof: Proof) -> None:
    with transaction.writing():
        assert isinstance(registrations.record(scope_of(SCHOOL, CAMPAIGN), number, event, on, details=Details(proof=proof)), Recorded)


def test_the_agencys_table_has_every_institution_and_the_totals(school: Flask, make_client: Callable[[], CheckedClient]):
    answer = signed_in(make_client, DIEP).get(AGENCY_BOOK)
    rows = {row["Đơn vị"]: row for row in table(answer.data, "Tiến độ") if row["Đơn vị"]}
    assert rows["Trường Tiểu học Sông Xanh"]["Ghi chú"] == "Chưa có danh sách"
    assert rows["Trường THCS Minh Họa"] | {"STT": ""} == rows["Tổng cộng"] | {"Đơn vị": "Trường THCS Minh Họa"}
    of_school = rows["Trường THCS Minh Họa"]
    names = ("Tổng số", "Thuộc diện", "Đã kê khai", "Đã nộp tờ khai", "Bị từ chối", "Đã cấp tài khoản", "Đã sử dụng", "Còn lại")
    assert [of_school[name] for name in names] == [6, 5, 4, 2, 1, 2, 1, 3]


def test_the_agencys_table_is_the_officers(school: Flask, make_client: Callable[[], CheckedClient]):
    assert signed_in(make_client, ALICE).get(AGENCY_BOOK).status_code == 404


def test_file_names_are_plain_and_name_nobody(alice: CheckedClient):
    answer = alice.post(f"{HOME}/workbook", follow_redirects=True)
    assert answer.headers["Content-Disposition"] == "attachment; filename=tien-do-minh-hoa-dot-1-20261123-0900.xlsx"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_command_line_makes_the_same_workbook(alice: CheckedClient, school: Flask):
    from_web = taken_out(alice, f"{HOME}/workbook")
    with school.app_context(), transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        from_command = institution_export.workbook(books.institution_book(scope, campaigns.campaign(scope)))
    for sheet in sheets(from_web):
        assert table(from_web, sheet) == table(from_command, sheet)
