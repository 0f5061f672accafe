"""The main job for those who work otherwise: without JavaScript, and with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from app.demo.cast import PASSWORD
from app.demo.filling import CAMPAIGN
from tests.browser.conftest import OpenPage, Served
from tests.browser.visits import CLASSES, EMPTY_HOME, KINDERGARTEN, MAI, PUPILS, book_of, number, people, sign_in
from tests.builders import take_in

ENOUGH = 80  # presses of Tab to get anywhere


def test_the_main_job_is_done_without_javascript(open_page: OpenPage):
    page = open_page(java_script_enabled=False)
    sign_in(page, MAI)
    page.get_by_role("link", name="Nhập danh sách đầu tiên").click()
    page.get_by_label("Thả tệp vào đây").set_input_files(CLASSES)
    page.get_by_role("button", name="Tải lên và xem lại").click()
    expect(page.get_by_role("link", name=f"Mới {PUPILS}")).to_be_visible()
    page.get_by_role("link", name=f"Mới {PUPILS}").click()
    page.get_by_role("button", name=f"Nhập {PUPILS} người").click()
    page.get_by_role("link", name="Đến việc hôm nay").click()
    expect(page.locator(".figure strong")).to_have_text("0 %")

    page.get_by_role("link", name="Danh sách", exact=True).click()
    expect(people(page)).to_have_count(50)
    page.get_by_role("link", name="Xem thêm").click()
    page.get_by_role("link", name="Xem thêm").click()
    expect(people(page)).to_have_count(PUPILS - 100)
    page.get_by_role("link", name="Về đầu danh sách").click()
    page.get_by_label("Lớp, phòng ban").select_option("6A1 (35)")
    page.get_by_role("button", name="Hiện", exact=True).click()
    expect(people(page)).to_have_count(35)
    page.get_by_label("Tìm", exact=True).fill("binh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(people(page)).to_have_count(2)

    for box in page.locator("#people-rows input[type=checkbox]").all():
        box.check()
    page.locator("#people-bar").get_by_label("Sự kiện").select_option("Đã kê khai trên cổng")
    page.locator("#people-bar").get_by_role("button", name="Ghi nhận").click()
    expect(page.locator("#people-result")).to_contain_text("đã ghi nhận cho 2 người.")
    people(page).first.get_by_role("link").click()
    page.locator("#people-steps > form .button").click()
    expect(page.locator(".note.good")).to_contain_text("Đã ghi nhận: Đơn vị đã nhận tờ khai")
    page.get_by_role("button", name="Rút lại").click()
    expect(page.locator("#people-timeline .undone")).to_have_count(1)
    page.get_by_text("Khác…").click()
    page.get_by_label("Sự kiện").select_option("BHXH đã cấp tài khoản")
    page.get_by_role("button", name="Ghi nhận").click()
    expect(page.locator(".head .tag")).to_have_text("Đã cấp tài khoản")

    page.get_by_role("link", name="Việc hôm nay").click()
    expect(page.locator(".figure strong")).to_have_text("0,9 %")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải bảng Excel").click()
    total = next(row for row in book_of(waiting.value)["Tổng hợp"].iter_rows(values_only=True) if row[1] == "Tổng cộng")
    assert total[2] == PUPILS


def test_a_bulk_of_all_who_match_needs_no_javascript(open_page: OpenPage, live_server: Served):
    with live_server.app.app_context():
        take_in(KINDERGARTEN, CAMPAIGN, CLASSES.name, CLASSES.read_bytes())
    page = open_page(java_script_enabled=False)
    sign_in(page, MAI)
    page.goto(f"{EMPTY_HOME}/people")
    page.get_by_label(f"tất cả {PUPILS} người theo bộ lọc").check()
    page.locator("#people-bar").get_by_label("Sự kiện").select_option("BHXH đã cấp tài khoản")
    page.locator("#people-bar").get_by_role("button", name="Ghi nhận").click()
    expect(page.locator("#people-result")).to_contain_text(f"đã ghi nhận cho {PUPILS} người.")
    page.reload()
    expect(page.get_by_role("link", name=f"Đã xong {PUPILS}")).to_be_visible()


def test_the_main_job_is_done_by_keyboard_alone(page: Page):
    page.goto("/sign-in")
    expect(page.get_by_label("Địa chỉ thư điện tử")).to_be_focused()
    page.keyboard.type(MAI)
    tab_to(page.get_by_label("Mật khẩu"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator(".side")).to_be_visible()
    press(page.get_by_role("link", name="Đến nội dung chính"))
    expect(page.locator("#main")).to_be_focused()
    press(page.get_by_role("link", name="Nhập danh sách", exact=True))
    tab_to(page.get_by_label("Thả tệp vào đây"))
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Space")
    choosing.value.set_files(CLASSES)
    press(page.get_by_role("button", name="Tải lên và xem lại"))
    expect(page.get_by_role("link", name=f"Mới {PUPILS}")).to_be_visible()
    page.wait_for_load_state()  # before that a link is only a link
    keeps_the_place(page.get_by_role("link", name=f"Mới {PUPILS}"))
    press(page.get_by_role("button", name=f"Nhập {PUPILS} người"))
    press(page.get_by_role("link", name="Đến việc hôm nay"))
    press(page.get_by_role("link", name="Danh sách", exact=True))
    page.get_by_role("link", name="Xem thêm").focus()  # fifty rows further down
    keeps_the_place(page.get_by_role("link", name="Xem thêm"))
    expect(people(page)).to_have_count(100)

    tab_to(page.get_by_label("Tìm", exact=True))
    page.keyboard.type("dinh tuan")
    expect(people(page)).to_have_count(1)
    expect(page.get_by_label("Tìm", exact=True)).to_be_focused()
    box = page.locator("#people-rows input[type=checkbox]")
    tab_to(box)
    page.keyboard.press("Space")
    expect(page.locator("#people-bar")).to_be_visible()
    choose(page.locator("#people-bar").get_by_label("Sự kiện"), "Đã kê khai trên cổng")
    keeps_the_place(page.locator("#people-bar").get_by_role("button", name="Ghi nhận"), page.locator("#people-events"))
    expect(page.locator("#people-result")).to_contain_text("đã ghi nhận cho 1 người.")

    press(people(page).get_by_role("link"))
    keeps_the_place(page.locator("#people-steps > form .button"), page.locator("#people-steps"))
    expect(page.locator("#people-timeline li")).to_have_count(2)
    keeps_the_place(page.get_by_role("button", name="Rút lại"), page.locator("#people-timeline"))
    expect(page.locator("#people-timeline .undone")).to_have_count(1)
    press(page.get_by_role("link", name="Việc hôm nay"))
    assert number(page.locator("#home-progress .keys a").nth(2).inner_text()) == 1


def press(target: Locator) -> None:
    """Go there with Tab and press Enter."""
    tab_to(target)
    target.page.keyboard.press("Enter")


def keeps_the_place(target: Locator, place: Locator | None = None) -> None:
    """Go there and press Enter: it is replaced, and its new self has the focus, or the part that it stood in: `place`."""
    tab_to(target)
    old = target.element_handle()
    target.page.keyboard.press("Enter")
    target.page.wait_for_function("(old) => !old.isConnected", arg=old)
    expect(place or target).to_be_focused()


def choose(target: Locator, text: str) -> None:
    """Go to a list of choices with Tab, and down to one of them."""
    tab_to(target)
    for _ in target.locator("option").all():
        if target.evaluate("(list) => list.selectedOptions[0].text") == text:
            return
        target.page.keyboard.press("ArrowDown")
    pytest.fail(f"«{text}» is not reached by the arrows")


def tab_to(target: Locator) -> None:
    """Tab until it is reached. Every stop on the way can be seen, and seen to have the focus."""
    expect(target).to_be_attached()
    for _ in range(ENOUGH):
        if target.evaluate("(tag) => tag === document.activeElement"):
            return
        target.page.keyboard.press("Tab")
        stop = target.page.evaluate(FOCUS)
        assert stop["body"] or (stop["outlined"] and stop["inside"]), f"the focus is not to be seen: {stop}"
    pytest.fail(f"{target} is not reached by Tab")


FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    body: at === document.body,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    tag: at.outerHTML.slice(0, 120),
  };
}"""
