"""The office: its table of institutions, a campaign of its own, and the progress workbook."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from app import clock
from app.demo.cast import PLACES
from app.demo.filling import CAMPAIGN
from tests.browser.visits import AGENCY, AGENCY_HOME, DIEP, all_people, book_of, is_a_whole_page, number, sign_in

HERE = [place for place in PLACES if place.agency == AGENCY]
WITHOUT_ROSTER = "Trường Mầm non Hoa Mai Vàng"
TABLE = "#agencies-table tbody tr"
NUMBERS = ("Tổng số", "Thuộc diện", "Đã kê khai", "Đã cấp tài khoản", "Đã sử dụng", "Còn lại")


def names(page: Page) -> list[str]:
    return page.locator(f"{TABLE} td.name > a").all_inner_texts()


def numbers(page: Page) -> dict[str, list[str]]:
    """The lines of the table by institution, as they are shown."""
    return {row.locator("td.name > a").inner_text(): row.locator("td.num").all_inner_texts() for row in page.locator(TABLE).all()}


def test_the_table_shows_every_institution_the_worst_first_and_who_sent_no_list(page: Page):
    sign_in(page, DIEP)
    expect(page).to_have_url(AGENCY_HOME)
    assert sorted(names(page)) == sorted(place.name for place in HERE)
    first = page.locator(TABLE).first
    expect(first).to_contain_text(WITHOUT_ROSTER)
    expect(first.locator(".tag")).to_have_text("chưa có danh sách")
    assert set(numbers(page)[WITHOUT_ROSTER]) == {"–"}
    shares = [float(cells[5].split()[0].replace(",", ".")) for name, cells in numbers(page).items() if name != WITHOUT_ROSTER]
    assert shares == sorted(shares)
    assert len(set(shares)) > 1


def test_a_click_on_a_head_sorts_and_a_second_one_turns_it_round(page: Page):
    sign_in(page, DIEP)
    head = page.locator("th", has_text="Tổng số")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(f"{AGENCY_HOME}?sort=-total")
    by_size = [place.name for place in sorted(HERE, key=lambda place: -place.size)]
    assert names(page) == by_size
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert names(page) == by_size[::-1]
    page.reload()
    is_a_whole_page(page)
    assert names(page) == by_size[::-1]
    page.get_by_role("link", name="Chưa có danh sách").click()
    expect(page.locator(TABLE)).to_have_count(1)
    assert names(page) == [WITHOUT_ROSTER]


def test_a_number_leads_to_as_many_people(page: Page):
    sign_in(page, DIEP)
    row = page.locator(TABLE, has_text="Trường Đại học Minh Khải")
    left = row.locator("td[data-label='Còn lại'] a")
    shown = number(left.inner_text())
    assert 0 < shown < 604
    left.click()
    assert all_people(page) == shown


def test_the_progress_workbook_says_what_the_table_says(page: Page):
    sign_in(page, DIEP)
    shown = numbers(page)
    foot = page.locator("#agencies-table tfoot td.num").all_inner_texts()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bảng tiến độ").click()
    rows = list(book_of(waiting.value)["Tiến độ"].iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "STT")
    lines = {row[1]: dict(zip(head, row, strict=True)) for row in rows if isinstance(row[0], int) or row[1] == "Tổng cộng"}
    assert len(lines) == len(HERE) + 1
    assert lines[WITHOUT_ROSTER]["Ghi chú"]
    for name, cells in {**{n: c for n, c in shown.items() if n != WITHOUT_ROSTER}, "Tổng cộng": foot}.items():
        assert [lines[name][column] for column in NUMBERS] == [number(cells[place]) for place in (0, 1, 2, 3, 4, 6)], name
        assert f"{lines[name]['Tỷ lệ %']:.1f} %".replace(".", ",") == cells[5].replace("\xa0", " "), name


def test_a_campaign_is_made_from_the_letter_and_institutions_are_picked(page: Page):
    sign_in(page, DIEP)
    deadline = clock.today() + timedelta(days=60)
    page.get_by_role("link", name="Đợt triển khai").click()
    page.get_by_role("link", name="Đợt mới").click()
    page.get_by_role("button", name="Lập đợt").click()
    expect(page.locator(".summary")).to_contain_text("Hãy nhập hạn.")
    page.get_by_role("link", name="Hãy nhập hạn.").click()
    expect(page.get_by_label("Hạn", exact=True)).to_be_focused()

    page.get_by_label("Mã đợt triển khai").fill("dot-2")
    page.get_by_label("Số công văn").fill("240/BHXH-TT")
    page.get_by_label("Hạn", exact=True).fill(deadline.isoformat())
    page.get_by_label("Hạn", exact=True).blur()
    expect(page.locator("#campaigns-dates dd")).to_have_count(3)
    page.get_by_label("Mọi đơn vị thuộc cơ quan này").uncheck()
    page.get_by_role("button", name="Lập đợt").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Chọn đơn vị")
    page.get_by_label("Tìm").fill("mam non")
    expect(page.locator("#candidates tr:visible")).to_have_count(1)
    page.get_by_label(WITHOUT_ROSTER).check()
    page.get_by_label("Tìm").fill("")
    page.get_by_label("Trường THCS Minh Họa").check()
    expect(page.locator(".bar output")).to_have_text("Đã chọn 2 đơn vị")
    page.get_by_role("button", name="Lưu").click()

    expect(page.locator(TABLE)).to_have_count(2)
    expect(page.locator(TABLE, has_text=WITHOUT_ROSTER).locator(".tag")).to_have_text("chưa có danh sách")
    expect(page.locator("header.head")).to_contain_text("đợt 240/BHXH-TT")
    page.get_by_role("link", name="Thông tin đợt").click()
    expect(page.locator(".facts").first).to_contain_text(f"{deadline:%d/%m/%Y}")
    page.get_by_role("link", name="Đợt triển khai").click()
    expect(page.get_by_role("link", name="240/BHXH-TT", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="118/BHXH-TT", exact=True)).to_be_visible()


def test_a_new_institution_is_taken_in_and_stands_without_a_list(page: Page):
    """The demo's campaign takes in all institutions, later ones too."""
    sign_in(page, DIEP)
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Đơn vị").click()
    page.get_by_role("link", name="Đơn vị mới").click()
    page.get_by_label("Tên đơn vị").fill("Trường THCS Mới")
    page.get_by_label("Mã đơn vị").fill("thcs-moi")
    page.get_by_label("Trường học").check()
    page.get_by_role("button", name="Thêm đơn vị").click()
    expect(page.locator(".note.good")).to_contain_text("Trường THCS Mới")
    page.goto(f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}?show=without-roster")
    assert sorted(names(page)) == [WITHOUT_ROSTER, "Trường THCS Mới"]
