"""A class's signed forms on their way: received at the school, made into a batch, printed, handed over, confirmed by the office."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from app.demo.filling import CAMPAIGN
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.visits import AGENCY, AN, DIEP, HOME, all_people, is_a_whole_page, number, people, sign_in

BATCHES = f"{HOME}/batches"
OFFICE = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/batches"
CLASS = "7A1"
FORMS = "#batches-forms tbody tr"
WAITING = "#batches-waiting tbody tr"


def bring_forms(page: Page) -> int:
    """The class's signed forms come to the school; answers how many it has there now."""
    page.goto(f"{HOME}/people?state=declared")
    choice = page.locator("#people-unit option", has_text=re.compile(rf"^{CLASS} \(")).get_attribute("value")
    page.goto(f"{HOME}/people?state=declared&unit={choice}")
    expect(people(page).first).to_be_visible()
    page.get_by_label("Chọn tất cả trên trang này").check()
    bar = page.locator("#people-bar")
    bar.get_by_label("Sự kiện").select_option("form-received")
    bar.get_by_role("button", name="Ghi nhận").click()
    expect(page.locator("#people-result")).to_be_visible()
    page.goto(f"{HOME}/people?state=form-received&unit={choice}")
    return all_people(page)


def pick_the_class(page: Page, forms: int) -> None:
    page.goto(BATCHES)
    page.locator(".head a.main-act").click()
    page.locator("#batches-waiting .chips a", has_text=re.compile(rf"^{CLASS} ")).click()
    expect(page.locator("#batches-waiting .chips a[aria-current]")).to_have_text(f"{CLASS} {in_time(page)}")
    assert in_time(page) <= forms


def in_time(page: Page) -> int:
    """How many forms the button takes for the class that is shown."""
    expect(page.locator("#batches-waiting .chips a[aria-current]")).to_contain_text(CLASS)
    return int(page.locator("#batches-make-all").get_attribute("value") or 0)


def states_of(page: Page, names: list[str], query: str) -> list[str]:
    """Those of the names whom the list of people shows for a filter."""
    page.goto(f"{HOME}/people?{query}")
    all_people(page)
    return [name for name in page.locator("#people-rows td:not(.pick) > a").all_inner_texts() if name in names]


def test_a_class_goes_to_the_office_in_one_batch(page: Page, axe: Callable[[Page], None], screenshot: Callable[..., None]):
    sign_in(page, AN)
    pick_the_class(page, bring_forms(page))
    axe(page)
    screenshot(page, "batches-new")
    count = in_time(page)
    assert count > 1
    expect(page.locator(WAITING)).to_have_count(count)
    page.locator("#batches-make-all").click()

    expect(page.locator("#notice .good")).to_be_visible()
    expect(page.locator(FORMS)).to_have_count(count)
    axe(page)
    screenshot(page, "batches-page")
    names = page.locator(f"{FORMS} td:first-child > a").all_inner_texts()
    with page.expect_download() as waiting:
        page.locator("form[action$='minutes.pdf'] button").click()
    assert waiting.value.suggested_filename.endswith(".pdf")
    text = printed(waiting.value.path().read_bytes())
    assert "BIÊN BẢN" in text
    assert all(name in text for name in names)

    page.locator(f"{FORMS} a[href*='/forms/']").first.click()
    axe(page)
    page.locator("#main form button").click()
    expect(page.locator("#reason-wrong")).to_be_visible()
    page.get_by_label("Lý do").fill("Thiếu chữ ký của người giám hộ")
    page.locator("#main form button").click()
    expect(page.locator(FORMS)).to_have_count(count - 1)
    expect(page.locator("#batches-taken-out")).to_contain_text("Thiếu chữ ký của người giám hộ")
    expect(page.locator("#batches-taken-out tbody td").first).to_contain_text(names[0])

    page.locator("#batches-receipt button").click()
    expect(page.locator("#notice .good")).to_contain_text(str(count - 1))
    expect(page.locator("#batches-next")).to_have_count(0)
    axe(page)
    assert sorted(states_of(page, names, "state=handed-in")) == sorted(names[1:])
    assert states_of(page, names, "state=form-received") == names[:1]


def test_ticks_stay_while_one_looks_from_class_to_class(page: Page):
    sign_in(page, AN)
    page.goto(f"{BATCHES}/new")
    chips, said = page.locator("#batches-waiting .chips a"), page.locator("#batches-waiting output")
    some = page.locator(WAITING).filter(has_text=re.compile(r"9A\d")).first
    name = some.locator("label").inner_text()
    some.locator("input").check()
    expect(said).to_contain_text("1")
    chips.filter(has_text=re.compile(r"^8A\d ")).first.click()
    expect(page.locator("#batches-waiting .chips a[aria-current]")).to_contain_text("8A")
    expect(page.locator(WAITING).get_by_text(name)).to_have_count(0)
    page.locator(WAITING).first.locator("input").check()
    expect(said).to_contain_text("2")
    chips.first.click()
    expect(page.locator(f"{WAITING} input:checked")).to_have_count(2)
    page.locator("#batches-make").click()
    expect(page.locator(FORMS)).to_have_count(2)
    expect(page.locator(FORMS).filter(has_text=name)).to_have_count(1)


def printed(data: bytes) -> str:
    """The words of a PDF, without what breaks long ones."""
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in document)
    finally:
        document.close()


def test_the_office_confirms_what_the_school_only_brought(
    open_page: OpenPage, axe: Callable[[Page], None], screenshot: Callable[..., None]
):
    school, office = open_page(), open_page()
    sign_in(school, AN)
    pick_the_class(school, bring_forms(school))
    first = school.locator(WAITING).first
    name = first.locator("label").inner_text()
    first.locator("input").check()
    expect(school.locator("#batches-waiting output")).to_contain_text("1")
    school.locator("#batches-make").click()
    expect(school.locator(FORMS)).to_have_count(1)

    sign_in(office, DIEP, OFFICE)
    rows = office.locator("#main tbody tr", has_text="Trường THCS Minh Họa")
    before = rows.count()
    expect(rows.first).to_contain_text("1")
    axe(office)
    screenshot(office, "batches-office")
    rows.first.get_by_role("button").click()
    expect(office).to_have_url(re.compile(f"{OFFICE}$"))
    expect(office.locator("#notice .good")).to_be_visible()
    expect(rows).to_have_count(before - 1)

    school.reload()
    expect(school.locator(".facts")).to_contain_text("Lê Ngọc Diệp")
    expect(school.locator("#batches-next")).to_have_count(0)
    assert states_of(school, [name], "state=handed-in") == [name]


def test_without_javascript_a_batch_is_made_and_received_as_well(open_page: OpenPage):
    page = open_page(NARROW, java_script_enabled=False)
    page.goto("/sign-in")
    page.get_by_label("Địa chỉ thư điện tử").fill(AN)
    page.get_by_label("Mật khẩu").fill("tien-do-2026")
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"{BATCHES}/new")
    chip = page.locator("#batches-waiting .chips a").nth(1)
    count = number(chip.inner_text().split()[-1])
    chip.click()
    expect(page.locator(WAITING)).to_have_count(count)
    page.locator("#batches-make-all").click()
    expect(page.locator(FORMS)).to_have_count(count)
    page.locator("#batches-receipt button").click()
    expect(page.locator("#notice .good")).to_contain_text(str(count))
    is_a_whole_page(page)


@pytest.mark.parametrize("path", ["", "/new", "/1"])
def test_every_page_of_batches_fits_a_phone(phone: Page, path: str):
    sign_in(phone, AN)
    phone.goto(f"{BATCHES}/new")
    phone.locator("#batches-make-all").click()
    phone.goto(f"{BATCHES}{path}")
    is_a_whole_page(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_choosing_another_class_keeps_what_was_typed(page: Page):
    sign_in(page, AN)
    page.goto(f"{BATCHES}/new")
    page.locator("#received_by").fill("Chị Hòa")
    page.locator("#batches-waiting .chips a").nth(1).click()
    expect(page).to_have_url(re.compile(r"\?unit=\d+$"))
    expect(page.locator("#received_by")).to_have_value("Chị Hòa")
    page.locator("#batches-make").click()
    expect(page.locator(".summary")).to_be_visible()
    expect(page.locator("#received_by")).to_have_value("Chị Hòa")
