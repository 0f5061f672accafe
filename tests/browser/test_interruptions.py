"""What goes wrong in a working day: two tabs, a sign-in that ended, a finger that clicks twice, the Back button, a printer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app import transaction
from app.domain.registration import State
from app.domain.track import Part
from app.extensions import db
from app.models import Institution, RecordedEvent, Registration
from tests.browser.conftest import OpenPage, Served
from tests.browser.visits import ADMIN, AGENCY_HOME, AN, DIEP, HOME, QUAN, SCHOOL, fill_sign_in, is_a_whole_page, people, sign_in


@pytest.fixture
def beginner(live_server: Served) -> int:
    """Somebody of the school who has not started."""
    with live_server.app.app_context(), transaction.reading():
        known = select(Registration.person_id).join(Institution, Institution.id == Registration.institution_id)
        free = Registration.unlocked_on.is_not(None), Registration.part == Part.MEMBER
        return db.session.scalars(known.where(Institution.code == SCHOOL, Registration.state == State.TO_START, *free)).first() or 0


def recorded(live_server: Served, person_id: int) -> int:
    """How many events the database holds of somebody."""
    with live_server.app.app_context(), transaction.reading():
        here = select(Institution.id).where(Institution.code == SCHOOL).scalar_subquery()
        count = select(func.count()).select_from(RecordedEvent)
        return db.session.scalar(count.where(RecordedEvent.institution_id == here, RecordedEvent.person_id == person_id)) or 0


NOT_PRINTED = ".side, .skip, .button, .chips, input, select"


def main_button(page: Page):
    return page.locator("#people-steps > form .button")


def test_who_records_on_an_old_view_is_told_who_was_faster_and_nothing_is_recorded(open_page: OpenPage, live_server: Served, beginner: int):
    first, second = open_page(), open_page()
    sign_in(first, AN, f"/sign-in?next={HOME}/people/{beginner}")
    sign_in(second, DIEP, f"/sign-in?next={HOME}/people/{beginner}")
    main_button(first).click()
    expect(first.locator(".note.good")).to_be_visible()
    main_button(second).click()
    expect(second.locator("#people-person .note.warn")).to_contain_text(
        "Chưa ghi nhận gì vì Trần Thu An vừa ghi trước: “Đã kê khai trên cổng”"
    )
    expect(second.locator("#people-timeline li")).to_have_count(1)
    assert recorded(live_server, beginner) == 1
    main_button(second).click()  # now on what they see
    expect(second.locator("#people-timeline li")).to_have_count(2)


def test_details_changed_by_somebody_else_are_not_overwritten(open_page: OpenPage, beginner: int):
    first, second = open_page(), open_page()
    for page in (first, second):
        sign_in(page, AN, f"/sign-in?next={HOME}/people/{beginner}/edit")
    first.get_by_label("Chức vụ").fill("Lớp trưởng")
    first.get_by_role("button", name="Lưu").click()
    expect(first.locator("#people-details")).to_contain_text("Lớp trưởng")
    second.get_by_label("Chức vụ").fill("Lớp phó")
    second.get_by_role("button", name="Lưu").click()
    expect(second.locator(".note.warn")).to_contain_text("Chưa lưu gì: có người khác đã đổi thông tin này")
    expect(second.get_by_label("Chức vụ")).to_have_value("Lớp trưởng")


def test_a_sign_in_that_ended_is_told_and_the_work_goes_on_where_it_was(page: Page, live_server: Served, beginner: int):
    sign_in(page, AN, f"/sign-in?next={HOME}/people/{beginner}")
    page.context.clear_cookies()
    main_button(page).click()
    expect(page.locator("#notice")).to_contain_text("Phiên đăng nhập đã hết nên chưa có gì được lưu.")
    assert recorded(live_server, beginner) == 0
    page.locator("#notice").get_by_role("link").click()
    fill_sign_in(page, AN)
    expect(page).to_have_url(f"{HOME}/people/{beginner}")
    main_button(page).click()
    expect(page.locator("#people-timeline li")).to_have_count(1)


def test_a_plain_form_sent_after_the_sign_in_ended_leads_back_to_it(page: Page, beginner: int):
    sign_in(page, AN, f"/sign-in?next={HOME}/people/{beginner}/edit")
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên đăng nhập đã hết nên chưa có gì được lưu.")
    page.get_by_role("link", name="Đăng nhập").click()
    fill_sign_in(page, AN)
    expect(page).to_have_url(f"{HOME}/people/{beginner}/edit")


def test_a_search_after_the_sign_in_ended_leads_to_the_sign_in_and_back(page: Page):
    sign_in(page, AN, f"/sign-in?next={HOME}/people")
    page.context.clear_cookies()
    page.get_by_label("Tìm", exact=True).press_sequentially("an")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    fill_sign_in(page, AN)
    expect(page).to_have_url(f"{HOME}/people")


def test_two_clicks_in_a_row_record_once(page: Page, live_server: Served, beginner: int):
    sign_in(page, AN, f"/sign-in?next={HOME}/people/{beginner}")
    main_button(page).dblclick()
    expect(page.locator("#people-timeline li")).to_have_count(1)
    assert recorded(live_server, beginner) == 1


def test_the_second_click_of_a_slow_double_click_does_not_hit_the_next_step(page: Page, live_server: Served, beginner: int):
    """The answer may come between the two clicks, and brings a button for the next step to the very same place."""
    sign_in(page, AN, f"/sign-in?next={HOME}/people/{beginner}")
    main_button(page).click()
    expect(main_button(page)).to_have_text("Đơn vị đã nhận tờ khai có chữ ký")
    box = main_button(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    click(page, 1)
    expect(main_button(page)).to_have_text("Đã nộp tờ khai cho BHXH")
    assert main_button(page).evaluate("(button, [x, y]) => button === document.elementFromPoint(x, y)", [box["x"] + 20, box["y"] + 10])
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    click(page, 2)
    assert page.evaluate("fetch('/health').then((answer) => answer.ok)")
    assert sent == ["GET"]
    assert recorded(live_server, beginner) == 2
    click(page, 1)  # a click of its own counts
    expect(page.locator("#people-timeline li")).to_have_count(3)


def click(page: Page, number_in_a_row: int) -> None:
    page.mouse.down(click_count=number_in_a_row)
    page.mouse.up(click_count=number_in_a_row)


def test_a_plain_form_is_sent_once_however_often_its_button_is_pressed(page: Page, live_server: Served):
    sign_in(page, AN, f"/sign-in?next={HOME}/people/new")
    page.get_by_label("Họ và tên").fill("Trần Thị Hai Lần")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Lưu").evaluate(PRESSED_AGAIN_ON_ITS_WAY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Thị Hai Lần")
    assert len(posts) == 1
    page.goto(f"{HOME}/people?q=tran+thi+hai+lan")
    expect(people(page)).to_have_count(1)


PRESSED_AGAIN_ON_ITS_WAY = """(button) => {
  addEventListener("beforeunload", () => setTimeout(() => button.click()), {once: true});
  button.click();
}"""


def test_back_and_forward_bring_whole_pages_with_what_was_shown(page: Page):
    sign_in(page, AN, f"/sign-in?next={HOME}/people")
    chip = page.get_by_role("link", name=re.compile("^Còn lại"))
    left = chip.inner_text().split()[-1]
    chip.click()
    expect(page).to_have_url(f"{HOME}/people?left=1")
    expect(page.locator("#people-table p b").first).to_have_text(f"{left} người")
    page.get_by_role("link", name=re.compile("^Đã xong")).click()
    expect(page).to_have_url(f"{HOME}/people?standing=done")
    people(page).first.get_by_role("link").click()
    expect(page.locator("#people-steps")).to_be_visible()
    for url in (f"{HOME}/people?standing=done", f"{HOME}/people?left=1", f"{HOME}/people"):
        page.go_back()
        expect(page).to_have_url(url)
        is_a_whole_page(page)
        expect(page.locator(".chips a[aria-current]")).to_have_attribute("href", url)
        expect(people(page)).to_have_count(50)
    page.go_forward()
    expect(page).to_have_url(f"{HOME}/people?left=1")
    is_a_whole_page(page)
    expect(page.locator("#people-table p b").first).to_have_text(f"{left} người")


def test_what_is_printed_is_the_content_alone(page: Page, screenshot):
    sign_in(page, QUAN)
    for address, kept in ((HOME, "#home-work"), (f"{HOME}/people", "#people-rows")):
        page.goto(address)
        expect(page.locator(".side")).to_be_visible()
        page.emulate_media(media="print", color_scheme="light")
        for element in page.locator(NOT_PRINTED).all():
            expect(element).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(kept)).to_be_visible()
        screenshot(page, f"print-{kept[1:]}")
        page.emulate_media(media="screen")


FADED = """() => {
  window.faded = [];
  document.addEventListener("htmx:afterSwap", (event) => window.faded.push([event.target.id, getComputedStyle(event.target).opacity]));
}"""


def test_what_comes_in_by_itself_is_never_faded(page: Page):
    """In the moment it comes in it must not look as if it were still being fetched."""
    page.add_init_script(f"({FADED})()")
    sign_in(page, ADMIN)
    page.goto(f"{AGENCY_HOME}/nudges")
    expect(page.locator("#nudges-lines")).to_be_visible()
    assert page.evaluate("window.faded") == [["nudges-agency-counts", "1"]]
