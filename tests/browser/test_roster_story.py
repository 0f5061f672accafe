"""A roster with a question and an error: answered, corrected in its cell, imported; who waited is corrected and imported later."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, OpenPage
from tests.browser.visits import AN, DIRTY, EMPTY_HOME, HOME, MAI, sign_in

Check = Callable[[Page], None]
Keep = Callable[..., None]

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "SĐT mẹ"]
PEOPLE = [
    [1, "Trần Văn An", "03/04/2021", "Mầm 1", "912000111"],
    [2, "Lê Thị Bình", "05/06/2021", "Mầm 1", "0912000222"],
    [3, "Phạm Văn Chi", "07/09/2021", "Mầm 1", "0912000"],
    [4, "Vũ Thị Dung", "02/11/2021", "Mầm 1", "0912 000 44"],
    [5, "Đỗ Văn Em", "09/12/2021", "Mầm 1", "0912000555"],
]


def roster() -> dict[str, object]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mầm 1"
    for row in (HEAD, *PEOPLE):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return {"name": "mam-1.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}


def upload(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(roster())
    page.locator("main form.upload button").click()
    expect(page.locator("h1")).to_have_text("Cách đọc tệp")


def answer(page: Page) -> None:
    page.get_by_label("ngày / tháng / năm").check()
    page.get_by_role("button", name="Đọc tệp theo lựa chọn này").click()
    expect(page.locator("#rosters-changes")).to_be_visible()


def type_in(page: Page, cell: str, text: str) -> None:
    """Type into the cell of an address and press Enter."""
    field = page.get_by_label(cell, exact=False).locator("visible=true").first
    field.fill(text)
    field.press("Enter")


def apply(page: Page) -> None:
    page.locator("form[action$=application] button").click()
    expect(page.locator("h1")).to_have_text("Kết quả nhập tệp")


def test_a_roster_is_asked_about_corrected_and_imported_in_two_goes(page: Page, axe: Check, screenshot: Keep):
    sign_in(page, MAI, f"{EMPTY_HOME}/rosters")
    upload(page)
    axe(page)
    answer(page)
    expect(page.locator("#rosters-changes td.wrong")).to_have_count(2)
    axe(page)
    type_in(page, "E4", "0912000333")
    expect(page.locator("#rosters-changes td.wrong")).to_have_count(1)
    expect(page.locator("#rosters-review .note.good")).to_be_visible()
    expect(page.locator("form[action$=application] button")).to_contain_text("4")
    apply(page)
    page.locator("form[action$=continuations] button").click()
    expect(page.locator("#rosters-changes td.wrong")).to_have_count(1)
    type_in(page, "E5", "0912000444")
    expect(page.locator("form[action$=application] button")).to_contain_text("1")
    apply(page)
    page.goto(f"{EMPTY_HOME}/people")
    expect(page.locator("#people-rows > tr")).to_have_count(5)


def test_what_is_typed_in_other_cells_outlives_a_correction_and_is_not_left_unasked(page: Page):
    sign_in(page, AN, f"{HOME}/rosters")
    page.locator("input[type=file]").set_input_files(DIRTY)
    page.locator("main form.upload button").click()
    expect(page.locator("#rosters-changes td.wrong .cell").nth(2)).to_be_visible()
    page.get_by_label("F14").fill("079211345678")
    page.get_by_label("G18").fill("0123456789")
    type_in(page, "C12", "28/02/2012")
    expect(page.locator("#rosters-review .note.good")).to_be_visible()
    expect(page.get_by_label("F14")).to_be_focused()
    expect(page.get_by_label("F14")).to_have_value("079211345678")
    expect(page.get_by_label("G18")).to_have_value("0123456789")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    put_away = page.locator("form[action$=removal] button").first
    put_away.click()
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("G18")).to_have_value("0123456789")
    page.once("dialog", lambda dialog: dialog.accept())
    put_away.click()
    expect(page.locator("h1")).to_have_text("Nhập từ Excel")


def test_all_of_it_works_without_javascript_on_a_phone(open_page: OpenPage):
    page = open_page(NARROW, java_script_enabled=False)
    sign_in(page, MAI, f"{EMPTY_HOME}/rosters")
    upload(page)
    answer(page)
    field = page.get_by_label("E4")
    field.fill("0912000333")
    field.press("Enter")
    expect(page.locator("#rosters-changes td.wrong")).to_have_count(1)
    page.locator(".chips a", has_text="Đã tự sửa").click()
    page.get_by_role("button", name="Không nhận").click()
    page.locator(".chips a", has_text="Đã sửa tại đây").click()
    expect(page.locator("#rosters-changes tbody tr")).to_have_count(1)
    apply(page)


def test_the_pages_of_a_review_look_right_and_keep_nobody_out(any_page: Page, axe: Check, screenshot: Keep):
    sign_in(any_page, MAI, f"{EMPTY_HOME}/rosters")
    upload(any_page)
    looks_right(any_page, axe)
    screenshot(any_page, "understanding")
    answer(any_page)
    looks_right(any_page, axe)
    screenshot(any_page, "review-small")
    sign_out_and_in(any_page)
    any_page.locator("input[type=file]").set_input_files(DIRTY)
    any_page.locator("main form.upload button").click()
    for show in ("", "?show=repairs", "?show=waiting", "?show=corrected", "?show=changed"):
        any_page.goto(any_page.url.partition("?")[0] + show)
        looks_right(any_page, axe)
        screenshot(any_page, f"review{show.replace('?show=', '-')}")


def sign_out_and_in(page: Page) -> None:
    page.context.clear_cookies()
    sign_in(page, AN, f"{HOME}/rosters")


def looks_right(page: Page, axe: Check) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
