"""The marked workbook and the blank template are fetched from the pages; who takes names out is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import delete, select

from app import clock, transaction
from app.domain.access import Role
from app.extensions import db
from app.models import LogEntry, RosterFile
from tests.builders import at, make_institution, make_login, take_in
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, HOME, OTHER_HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.unit.imports.books import book, finished

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Điện thoại"]
AN = [1, "Trần Văn An", "27/10/2014", "6A1", "0912000111"]
NO_SUCH_DAY = [2, "Phạm Văn Chi", "31/02/2014", "6A1", "0912000333"]
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(date(2026, 11, 28))):
        yield


@pytest.fixture
def alice(scene: Flask, make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


@pytest.fixture
def review(scene: Flask) -> str:
    """The address of a roster's review: two people, one with an impossible day of birth."""
    return f"{HOME}/rosters/{uploaded(scene, book(**{'6A1': [HEAD, AN, NO_SUCH_DAY]}))}"


def uploaded(app: Flask, data: bytes, filename: str = "lop-6a1.xlsx") -> int:
    with app.app_context():
        return take_in(SCHOOL, CAMPAIGN, filename, data)


def logged(app: Flask) -> list[tuple[str, str, int | None]]:
    with app.app_context(), transaction.reading():
        exports = select(LogEntry).where(LogEntry.what.startswith("exported")).order_by(LogEntry.id)
        return [(entry.actor, entry.what, entry.count) for entry in db.session.scalars(exports)]


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def test_the_review_offers_the_senders_own_workbook_with_its_findings_in_vietnamese(alice: CheckedClient, review: str, scene: Flask):
    alice.post("/language", data={"language": "en"})
    form = alice.page(review).form("#rosters-returned")
    answer = alice.post(form.action, follow_redirects=True)
    assert answer.status_code == 200
    assert "lop-6a1" in answer.headers["Content-Disposition"]
    sheet = opened(answer.data)["6A1"]
    assert [cell.value for cell in sheet[1]] == [*HEAD, "Lỗi"]
    assert sheet["F3"].value == "C3: Không có ngày này. Hãy ghi ngày, tháng, năm, ví dụ 27/10/2014."
    assert sheet["C3"].comment.text.startswith("Tiến độ VssID:\nKhông có ngày này.")
    assert logged(scene) == [("Alice", "exported-roster", 2)]


def test_corrected_and_uploaded_again_it_goes_on_where_it_was(alice: CheckedClient, review: str):
    sent = opened(alice.post(f"{review}/returned", follow_redirects=True).data)
    sent["6A1"]["C3"] = "28/02/2014"
    content = BytesIO()
    sent.save(content)
    answer = alice.post(f"{HOME}/rosters", data={"workbook": (BytesIO(content.getvalue()), "lop-6a1 - cần sửa.xlsx")})
    again = alice.page(answer.location)
    chips = {str(chip["href"]).partition("show=")[2]: int(words(chip).split()[-1]) for chip in again.all("#rosters-changes .chips a")}
    assert {name: count for name, count in chips.items() if count} == {"new": 1, "same": 1}
    assert again.all("#rosters-returned") == []


def test_what_was_corrected_in_the_browser_stands_in_the_workbook_and_goes_on_when_it_is_uploaded_again(alice: CheckedClient):
    sent = {"workbook": (BytesIO(book(**{"6A1": [HEAD, AN, NO_SUCH_DAY]})), "lop-6a1.xlsx")}
    review = alice.post(f"{HOME}/rosters", data=sent).location
    answer = alice.post(f"{review}/corrections", data={"sheet": "6A1", "row": "3", "column": "C", "text": "5/2/2014"})
    assert answer.status_code == 302, Page(answer.text).texts("[role=alert]")
    form = alice.page(review).form("#rosters-returned")  # although nothing is left to check
    data = alice.post(form.action, follow_redirects=True).data
    sheet = opened(data)["6A1"]
    assert ([cell.value for cell in sheet[1]], sheet["C3"].value) == (HEAD, "5 tháng 2 năm 2014")
    answer = alice.post(f"{HOME}/rosters", data={"workbook": (BytesIO(data), "lop-6a1 - cần sửa.xlsx")})
    table = alice.page(f"{answer.location}?show=new").one("#rosters-changes tbody")
    assert "05/02/2014" in words(table)


def returned_with_a_refusal(client: CheckedClient, home: str = HOME, name: str = "Trần Văn An") -> bytes:
    """The workbook as it comes back when the zero that was put back is not wanted."""
    sent = {"workbook": (BytesIO(book(**{"6A1": [HEAD, [1, name, *AN[2:4], 912000111], NO_SUCH_DAY]})), "lop-6a1.xlsx")}
    review = client.post(f"{home}/rosters", data=sent).location
    client.post(f"{review}/refusals", data={"field": "phone", "code": "zero-restored"})
    return client.post(f"{review}/returned", follow_redirects=True).data


def mends_the_phone(client: CheckedClient, data: bytes, filename: str, home: str = HOME) -> bool:
    again = client.post(f"{home}/rosters", data={"workbook": (BytesIO(data), filename)}).location
    return "0912000111" in words(client.page(f"{again}?show=new").one("#rosters-changes tbody"))


@pytest.mark.parametrize(
    "filename", ["lop-6a1 - cần sửa.xlsx", "lop-6a1 - cần sửa (1).xlsx", "Lớp 6A1 đã sửa.xlsx", "lop-6a2 - cần sửa.xlsx"]
)
def test_a_repair_refused_in_a_workbook_stays_so_when_that_comes_back_under_whatever_name(alice: CheckedClient, filename: str):
    data = returned_with_a_refusal(alice)
    assert not mends_the_phone(alice, data, filename)
    assert not mends_the_phone(alice, finished(opened(data)), filename)  # saved by another program
    assert mends_the_phone(alice, book(**{"6A1": [HEAD, [*AN[:4], 912000111], NO_SUCH_DAY]}), "lop-6a1.xlsx")


@pytest.mark.parametrize(("filename", "is_known"), [("lop-6a1 - cần sửa (1).xlsx", True), ("lop-6a2 - cần sửa.xlsx", False)])
def test_where_a_program_has_dropped_what_the_workbook_is_its_name_tells(alice: CheckedClient, filename: str, is_known: bool):
    made = opened(returned_with_a_refusal(alice))
    made.custom_doc_props.props.clear()
    assert mends_the_phone(alice, finished(made), filename) != is_known


def test_what_was_refused_since_under_the_same_name_counts_and_later_as_well(alice: CheckedClient):
    data = returned_with_a_refusal(alice)
    again = alice.post(f"{HOME}/rosters", data={"workbook": (BytesIO(data), "moi.xlsx")}).location
    alice.post(f"{again}/refusals/removal", data={"field": "phone", "code": "zero-restored"})
    assert mends_the_phone(alice, data, "moi.xlsx")
    assert not mends_the_phone(alice, data, "khac.xlsx")


def test_another_institutions_workbook_carries_nothing_over(alice: CheckedClient, make_client: Make):
    charlie = signed_in(make_client, CHARLIE)
    data = returned_with_a_refusal(alice)
    returned_with_a_refusal(charlie, OTHER_HOME, "Lê Thị Bình")  # also their first roster, of the same name and headings
    assert mends_the_phone(charlie, data, "lop-6a1 - cần sửa.xlsx", OTHER_HOME)
    assert not mends_the_phone(alice, data, "lop-6a1 - cần sửa.xlsx")


@pytest.mark.parametrize("name", sorted(path.name for path in WORKBOOKS.glob("*.xls")))
def test_another_kind_of_file_comes_back_as_an_excel_workbook(alice: CheckedClient, name: str, scene: Flask):
    answer = alice.post(f"{HOME}/rosters", data={"workbook": (BytesIO((WORKBOOKS / name).read_bytes()), name)})
    answer = alice.post(f"{answer.location}/returned", follow_redirects=True)
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert opened(answer.data).worksheets


def test_a_file_that_is_not_kept_any_more_is_said_to_be_gone(alice: CheckedClient, review: str, scene: Flask):
    address = alice.post(f"{review}/returned").location
    with scene.app_context(), transaction.writing():
        db.session.execute(delete(RosterFile))
    for method, path in (("POST", f"{review}/returned"), ("GET", address)):
        assert alice.open(path, method=method).location == review
        assert alice.page(review).texts(".note.warn") == ["Tệp không còn được lưu nên không đọc lại được. Hãy tải tệp lên lại."]
    assert len(logged(scene)) == 1


def test_nothing_is_fetched_without_having_been_asked_for(alice: CheckedClient, review: str, scene: Flask, make_client: Make):
    assert alice.get(f"{review}/returned").location == review
    address = alice.post(f"{review}/returned").location
    assert alice.get(address).status_code == 200
    admin = signed_in(make_client, "admin@cast.example")
    assert admin.get(address).location == review
    assert alice.get(address.replace("/returned", "0/returned")).status_code == 404
    assert alice.post(f"{HOME}/rosters/99/returned").status_code == 404


def test_it_is_for_those_who_bring_rosters_in(review: str, scene: Flask, make_client: Make):
    for path in (f"{review}/returned", f"{HOME}/rosters/template"):
        method = "POST" if path.endswith("returned") else "GET"
        statuses = [signed_in(make_client, who).open(path, method=method).status_code for who in (BOB, DIEP, CHARLIE)]
        assert statuses == [403, 403, 404]
    assert logged(scene) == []


def test_the_upload_page_offers_a_template_with_the_schools_own_classes(alice: CheckedClient, scene: Flask):
    links = [str(link["href"]) for link in alice.page(f"{HOME}/rosters").all("a[href*='/template']")]
    assert [link.partition("?")[2] for link in links] == ["for=pupils", "for=staff"]
    pupils, staff = (opened(alice.get(link).data) for link in links)
    assert [cell.value for cell in pupils["Danh mục"]["A"]] == ["6A1", "6A2"]
    assert pupils["Danh sách"]["A1"].value == "Danh sách học sinh – Trường THCS Minh Họa"
    assert "Tổ chuyên môn *" in [cell.value for row in staff["Danh sách"].iter_rows() for cell in row]
    assert logged(scene) == []


def test_an_employer_is_offered_one_for_its_staff_whatever_the_address_asks_for(scene: Flask, make_client: Make):
    with scene.app_context():
        make_institution("det", AGENCY, "Công ty Dệt", "employer")
        make_login("em@cast.example", "Em", Role.COORDINATOR, "det")
    client = signed_in(make_client, "em@cast.example")
    rosters = f"/institutions/det/campaigns/{CAMPAIGN}/rosters"
    assert len(client.page(rosters).all("a[href*='/template']")) == 1
    found = opened(client.get(f"{rosters}/template?for=pupils").data)["Danh sách"]
    assert "Phòng ban *" in [cell.value for row in found.iter_rows() for cell in row]


def test_a_template_left_blank_is_answered_with_one_clear_sentence(alice: CheckedClient):
    blank = alice.get(f"{HOME}/rosters/template").data
    answer = alice.post(f"{HOME}/rosters", data={"workbook": (BytesIO(blank), "mau.xlsx")})
    assert answer.status_code == 422
    assert "chưa có ai" in answer.text or "không có ai" in answer.text
