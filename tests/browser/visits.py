"""Who of the demo visits, where they work, and the few things that every story does: sign in, look, count, take a file away."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Download, Locator, Page, expect

from app.demo.cast import PASSWORD
from app.demo.filling import CAMPAIGN

ADMIN, DIEP, AN, QUAN, BINH, MAI = (f"{who}@demo.example" for who in ("admin", "diep", "an", "quan", "binh", "mai"))
AGENCY, SCHOOL, KINDERGARTEN = "99004", "thcs-minh-hoa", "mn-hoa-mai"
HOME = f"/institutions/{SCHOOL}/campaigns/{CAMPAIGN}"
EMPTY_HOME = f"/institutions/{KINDERGARTEN}/campaigns/{CAMPAIGN}"
AGENCY_HOME = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}"
WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
CLASSES = WORKBOOKS / "02-class-sheets.xlsx"
PUPILS = 105  # on the sheets of CLASSES
DIRTY = WORKBOOKS / "11-dirty.xlsx"


def sign_in(page: Page, email: str, path: str = "/sign-in") -> None:
    """Sign in; `path` is the page that was wanted, if it was another."""
    page.goto(path)
    fill_sign_in(page, email)
    expect(page.locator(".side")).to_be_visible()


def fill_sign_in(page: Page, email: str) -> None:
    page.get_by_label("Địa chỉ thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def number(text: str | None) -> int:
    """The first number of a text: "105 người" is 105, "1.148" is 1148."""
    found = re.search(r"\d{1,3}(?:\.\d{3})+|\d+", text or "")
    assert found, f"«{text}» holds no number"
    return int(found[0].replace(".", ""))


def people(page: Page) -> Locator:
    """The rows of the list of people."""
    return page.locator("#people-rows > tr")


def all_people(page: Page) -> int:
    """How many people the list holds, shown to its end."""
    while (more := page.get_by_role("link", name="Xem thêm")).count():
        shown = people(page).count()
        more.click()
        expect(people(page).nth(shown)).to_be_visible()
    return people(page).count()


def book_of(download: Download) -> Workbook:
    assert download.suggested_filename.endswith(".xlsx")
    return load_workbook(BytesIO(download.path().read_bytes()))


def is_a_whole_page(page: Page) -> None:
    """Not a fragment alone: frame, heading, styles."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".side")).to_have_count(1)
    assert page.evaluate("document.styleSheets.length") > 5
