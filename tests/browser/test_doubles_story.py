"""A queue of likely doubles that is longer than a page, worked through with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.demo.filling import CAMPAIGN
from app.queries.doubles import PAGE
from tests.browser.conftest import NARROW, OpenPage, Served
from tests.browser.visits import AN, HOME, SCHOOL, sign_in
from tests.builders import bring_doubles

QUEUE = f"{HOME}/doubles"
COUNT = "#doubles-chosen output"


@pytest.fixture
def queue(live_server: Served) -> int:
    """How many pairs wait."""
    with live_server.app.app_context():
        bring_doubles(SCHOOL, CAMPAIGN, PAGE + 3)
    return PAGE + 3


def press(page: Page, button: str, selector: str = "main") -> None:
    found = page.locator(selector).get_by_role("button", name=button)
    found.focus()
    found.press("Enter")


def tick(page: Page, at: int) -> None:
    page.locator("[data-row]").nth(at).focus()
    page.keyboard.press("Space")


def test_pairs_of_several_pages_are_decided_together(page: Page, queue: int, axe: Callable[[Page], None], screenshot: Callable[..., None]):
    sign_in(page, AN, f"/sign-in?next={QUEUE}")
    expect(page.locator("#doubles-chosen")).to_be_hidden()  # as long as nothing is ticked
    tick(page, 0)
    tick(page, 4)
    expect(page.locator(COUNT)).to_have_text("Đã chọn 2 cặp")
    axe(page)
    screenshot(page, "doubles-ticked")
    press(page, "Tiếp", ".pager")
    expect(page.locator("[data-row]")).to_have_count(3)
    tick(page, 1)
    expect(page.locator(COUNT)).to_have_text("Đã chọn 3 cặp")

    press(page, "Hai người", "[id^=pair-] >> nth=0")  # one pair alone, and not one of those ticked
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.locator("#doubles-queue > .note.good")).to_be_visible()
    expect(page.locator(COUNT)).to_have_text("Đã chọn 3 cặp")
    expect(page.locator("[id^=pair-]").first).to_be_focused()
    press(page, "Hỏi lại", "#doubles-decided")
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(page.locator(COUNT)).to_have_text("Đã chọn 3 cặp")

    page.locator("[id^=pair-]").nth(2).get_by_role("link", name="Cùng một người").press("Enter")
    expect(page.locator("h1")).to_have_text("Gộp hai hồ sơ thành một người")
    page.get_by_role("link", name="Hủy").press("Enter")
    expect(page.locator(COUNT)).to_have_text("Đã chọn 3 cặp")
    press(page, "Hai người", "#doubles-chosen")
    expect(page.locator("#doubles-pairs tbody tr")).to_have_count(3)
    press(page, "Ghi 3 cặp")
    expect(page.locator("#notice .good")).to_contain_text("3 cặp")
    expect(page.locator("[data-row]")).to_have_count(queue - 3)


def test_choosing_none_unticks_what_stands_for_all_and_what_is_ticked_on_other_pages(open_page: OpenPage, queue: int):
    page = open_page(NARROW)
    sign_in(page, AN, f"/sign-in?next={QUEUE}")
    tick(page, 2)
    press(page, "Tiếp", ".pager")
    page.get_by_label(f"Cả {queue} cặp đang chờ").check()
    page.get_by_role("button", name="Bỏ chọn").click()
    expect(page.locator("#doubles-chosen")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"doubles\?after=[^&]+$"))
    tick(page, 0)
    expect(page.locator(COUNT)).to_have_text("Đã chọn 1 cặp")
    expect(page.locator("#doubles-every")).not_to_be_checked()
