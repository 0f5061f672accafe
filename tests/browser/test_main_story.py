"""The main job, end to end: a kindergarten without people uploads its class lists, works on them, and takes the workbook out."""

from __future__ import annotations

import base64
import re
from collections import Counter
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app import clock, transaction
from app.demo.filling import CAMPAIGN
from app.domain.registration import Event
from app.extensions import db
from app.models import Institution, Person, Registration
from tests.browser.conftest import Served
from tests.browser.visits import CLASSES, EMPTY_HOME, KINDERGARTEN, MAI, PUPILS, all_people, book_of, number, people, sign_in
from tests.builders import record, take_in

MIXED = (
    (Event.DECLARED, 0, None, 8),
    (Event.DECLARED, 9, None, 2),  # due tomorrow
    (Event.DECLARED, 15, None, 2),  # lapsed
    (Event.GRANTED, 1, None, 5),
    (Event.SIGNED_IN, 1, None, 4),
    (Event.REJECTED, 1, "Ảnh mờ", 3),
    (Event.CODE_MISSING, 2, None, 2),
    (Event.EXCLUDED, 2, "Chuyển trường", 2),
)
PUPIL = "Đinh Tuấn Minh Bình"  # of 6A1, typed below without marks


def upload(page: Page) -> None:
    """From the sign-in to the review, by the buttons on the way."""
    sign_in(page, MAI)
    page.get_by_role("link", name="Nhập danh sách đầu tiên").click()
    page.get_by_label("Thả tệp vào đây").set_input_files(CLASSES)
    page.get_by_role("button", name="Tải lên và xem lại").click()


def sees_the_review(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi nhập")
    expect(page.get_by_role("link", name=f"Mới {PUPILS}")).to_be_visible()


def apply(page: Page) -> None:
    page.get_by_role("button", name=f"Nhập {PUPILS} người").click()
    expect(page.locator(".note.good")).to_contain_text(f"{PUPILS} người mới")
    page.get_by_role("link", name="Đến việc hôm nay").click()
    expect(page.locator("#home-progress")).to_be_visible()


def rail(page: Page) -> dict[str, int]:
    """The legend of the home's rail, which names the parts of the bar."""
    return {key.inner_text().split(maxsplit=1)[1]: number(key.inner_text()) for key in page.locator("#home-progress .keys a").all()}


def widths(page: Page) -> dict[str, float]:
    """The parts of the bar as they are drawn, in per cent."""
    parts = page.locator("#home-progress svg.rail g rect:not(.rest)").all()
    return {str(part.get_attribute("class")): float(str(part.get_attribute("width")).rstrip("%")) for part in parts}


def test_from_the_class_lists_to_a_rail_that_moves(page: Page):
    upload(page)
    sees_the_review(page)
    apply(page)
    expect(page.locator(".figure strong")).to_have_text("0 %")
    children = rail(page)["đang vướng"]
    assert rail(page)["chưa bắt đầu"] == PUPILS - children
    assert widths(page) == {"blocked": pytest.approx(100 * children / PUPILS, abs=0.01)}
    expect(page.locator("#home-work li")).to_have_count(2)
    expect(page.locator("#home-work li", has_text="trẻ đang chờ")).to_contain_text(f"{children} trẻ đang chờ")
    expect(page.locator("#home-work li").last).to_contain_text(f"{PUPILS - children}người chưa bắt đầu")

    page.get_by_role("link", name="Danh sách", exact=True).click()
    page.get_by_label("Tìm", exact=True).press_sequentially("dinh tuan minh")
    expect(people(page)).to_have_count(1)
    expect(page).to_have_url(f"{EMPTY_HOME}/people?q=dinh+tuan+minh")
    page.get_by_role("link", name=PUPIL).click()
    record_next(page, "Đã kê khai trên cổng")
    expect(page.locator(".steps li.done")).to_have_count(1)
    open_other(page, "BHXH đã cấp tài khoản")
    expect(page.locator(".head .tag")).to_have_text("Đã cấp tài khoản")

    page.get_by_role("link", name="Việc hôm nay").click()
    assert rail(page)["đã cấp tài khoản"] == 1
    assert rail(page)["chưa bắt đầu"] + rail(page)["đang vướng"] == PUPILS - 1
    assert widths(page)["granted"] == pytest.approx(100 / PUPILS, abs=0.01)
    expect(page.locator(".figure strong")).to_have_text("0,9 %")


def record_next(page: Page, event: str) -> None:
    page.locator("#people-steps > form .button").click()
    expect(page.locator(".note.good")).to_contain_text(f"Đã ghi nhận: {event}")
    expect(page.locator("#people-timeline li").first).to_contain_text(event)


def open_other(page: Page, event: str) -> None:
    """Record something that is not the next step."""
    page.get_by_text("Khác…").click()
    page.get_by_label("Sự kiện").select_option(event)
    page.locator("#people-steps details").get_by_role("button", name="Ghi nhận").click()
    expect(page.locator(".note.good")).to_contain_text(f"Đã ghi nhận: {event}")


def test_a_workbook_dropped_on_the_page_is_read_as_well(page: Page):
    sign_in(page, MAI)
    page.goto(f"{EMPTY_HOME}/rosters")
    content = base64.b64encode(CLASSES.read_bytes()).decode()
    dropped = page.evaluate_handle(
        """async ([name, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
          return data;
        }""",
        [CLASSES.name, content],
    )
    page.locator(".drop").dispatch_event("dragover", {"dataTransfer": dropped})
    expect(page.locator(".drop")).to_have_class("drop control over")
    page.locator(".drop").dispatch_event("drop", {"dataTransfer": dropped})
    sees_the_review(page)
    expect(page.locator("header.head")).to_contain_text(CLASSES.name)


@pytest.fixture
def at_work(page: Page, live_server: Served) -> Page:
    """The kindergarten a while later: the lists are in, Mai is signed in."""
    with live_server.app.app_context():
        take_in(KINDERGARTEN, CAMPAIGN, CLASSES.name, CLASSES.read_bytes())
    sign_in(page, MAI)
    return page


def test_the_search_finds_without_marks_as_one_types_and_the_class_narrows_it(at_work: Page):
    page = at_work
    page.goto(f"{EMPTY_HOME}/people")
    page.get_by_label("Lớp, phòng ban").select_option("6A1 (35)")
    expect(page.locator("#people-table .pad b").first).to_have_text("35 người")
    assert all_people(page) == 35
    page.get_by_label("Tìm", exact=True).press_sequentially("binh")
    expect(people(page)).to_have_count(2)
    expect(people(page).first).to_contain_text("Bình")
    expect(page).to_have_url(re.compile(r"\?q=binh&unit=\d+$"))
    page.reload()
    expect(people(page)).to_have_count(2)
    page.get_by_label("Tìm", exact=True).fill("0170976846")
    expect(people(page)).to_have_count(1)
    expect(people(page)).to_contain_text(PUPIL)


def test_who_was_recorded_by_mistake_goes_back_to_where_they_were(at_work: Page):
    page = at_work
    page.goto(f"{EMPTY_HOME}/people?q=0170976846")
    page.get_by_role("link", name=PUPIL).click()
    record_next(page, "Đã kê khai trên cổng")
    page.get_by_role("button", name="Rút lại").click()
    expect(page.locator(".note.good")).to_have_text("Đã rút lại bước gần nhất.")
    expect(page.locator("#people-timeline li")).to_have_count(2)
    expect(page.locator("#people-timeline .undone")).to_have_text("Đã kê khai trên cổng")
    expect(page.get_by_role("button", name="Rút lại")).to_have_count(0)
    page.goto(EMPTY_HOME)
    assert rail(page)["chưa bắt đầu"] + rail(page)["đang vướng"] == PUPILS


def test_a_row_of_people_is_chosen_with_shift_and_recorded_at_once(at_work: Page):
    page = at_work
    page.goto(f"{EMPTY_HOME}/people")
    expect(bar(page)).to_be_hidden()
    boxes = page.locator("#people-rows input[type=checkbox]")
    boxes.nth(1).click()
    boxes.nth(5).click(modifiers=["Shift"])
    expect(bar(page)).to_contain_text("Đã chọn 5 người")
    record_bulk(page, "Đã kê khai trên cổng")
    expect(page.locator("#people-result")).to_contain_text("đã ghi nhận cho 5 người.")
    expect(page.locator("#people-rows tr:has(.tag.info)")).to_have_count(5)
    expect(bar(page)).to_be_hidden()


def test_everybody_who_matches_is_recorded_and_who_can_t_be_is_named(at_work: Page, live_server: Served):
    """Two were granted before, so they refuse; the 103 others, most of them on pages not opened, are recorded."""
    page = at_work
    with live_server.app.app_context():
        granted = first_people(2)
        for person in granted:
            record(KINDERGARTEN, CAMPAIGN, person, Event.GRANTED, clock.today())
    page.goto(f"{EMPTY_HOME}/people")
    names = [page.locator(f"#people-rows tr:has(input[value='{person}']) a").inner_text() for person in granted]
    page.get_by_label("Chọn tất cả trên trang này").check()
    expect(bar(page)).to_contain_text("Đã chọn 50 người")
    page.get_by_label(f"tất cả {PUPILS} người theo bộ lọc").check()
    record_bulk(page, "Đã kê khai trên cổng")
    result = page.locator("#people-result")
    expect(result).to_contain_text("đã ghi nhận cho 103 người, không ghi nhận được cho 2 người.")
    assert sorted(result.locator("li a").all_inner_texts()) == sorted(names)
    expect(result.locator("li").first).to_contain_text("Tài khoản đã được cấp rồi.")
    expect(page.get_by_role("link", name="Cần nộp tờ khai 103")).to_be_visible()


def test_a_reason_that_is_missing_is_asked_for_and_nothing_is_recorded(at_work: Page):
    page = at_work
    page.goto(f"{EMPTY_HOME}/people")
    page.locator("#people-rows input[type=checkbox]").first.check()
    expect(bar(page).get_by_label("Lý do")).to_be_hidden()
    bar(page).get_by_label("Sự kiện").select_option("BHXH từ chối")
    expect(bar(page).get_by_label("Lý do")).to_be_visible()
    bar(page).get_by_role("button", name="Ghi nhận").click()
    expect(page.locator("#people-result")).to_contain_text("Hãy ghi lý do.")
    expect(page.get_by_role("link", name=f"Còn lại {PUPILS}")).to_be_visible()


def bar(page: Page) -> Locator:
    return page.locator("#people-bar")


def record_bulk(page: Page, event: str) -> None:
    bar(page).get_by_label("Sự kiện").select_option(event)
    bar(page).get_by_role("button", name="Ghi nhận").click()
    expect(page.locator("#people-result")).to_be_visible()


def first_people(count: int) -> list[int]:
    """Those at the top of the kindergarten's list."""
    with transaction.reading():
        here = select(Institution.id).where(Institution.code == KINDERGARTEN).scalar_subquery()
        registered = select(Person.id).join(
            Registration, (Registration.institution_id == Person.institution_id) & (Registration.person_id == Person.id)
        )
        return list(
            db.session.scalars(
                registered.where(Person.institution_id == here, Registration.part == "member").order_by(Person.sort_key).limit(count)
            )
        )


@pytest.fixture
def in_full_swing(at_work: Page, live_server: Served) -> Page:
    """Some in every standing that paper knows."""
    with live_server.app.app_context():
        some = iter(first_people(28))
        for event, days_ago, reason, count in MIXED:
            for _ in range(count):
                record(KINDERGARTEN, CAMPAIGN, next(some), event, clock.today() - timedelta(days=days_ago), reason)
    at_work.goto(EMPTY_HOME)
    return at_work


def test_each_number_of_the_home_is_as_many_people_as_its_link_lists(in_full_swing: Page):
    page = in_full_swing
    counted = page.locator("#main a[href*='/people']:has(b), #main td.num a[href*='/people']")
    links = [(number(link.inner_text()), str(link.get_attribute("href"))) for link in counted.all()]
    assert len(links) == 5 + 4 + 5 + 3  # the rail's parts, the figures, today's work, the classes
    assert len({shown for shown, _ in links}) > 5
    for shown, href in links:
        page.goto(href)
        assert all_people(page) == shown, href


def test_the_workbook_says_what_the_screen_says(in_full_swing: Page):
    page = in_full_swing
    parts, figures = rail(page), page.locator("#home-progress")
    percent = figures.locator("strong").inner_text()
    done, in_scope = (number(link.inner_text()) for link in figures.locator(".figure p a").all())
    left, excluded = (number(link.inner_text()) for link in figures.locator("dd a").all())
    classes = {
        row.locator("td").first.inner_text(): row.locator("td.num").inner_text() for row in page.locator("#home-units tbody tr").all()
    }
    book = book_of(download(page, "Tải bảng Excel"))

    total = table(book["Tổng hợp"])["Tổng cộng"]
    assert (
        (total["Tổng số"], total["Thuộc diện"], total["Còn lại"])
        == (PUPILS, in_scope, left)
        == (PUPILS, PUPILS - excluded, in_scope - done)
    )
    assert total["Đã sử dụng"] == parts["đang sử dụng"] == 4
    assert total["Đã cấp tài khoản"] == parts["đang sử dụng"] + parts["đã cấp tài khoản"] == done == 9
    assert total["Chưa có mã số"] == 2
    assert total["Bị từ chối"] == 3
    assert f"{total['Tỷ lệ %']:.1f}".replace(".", ",") == percent.split()[0]
    units = {name: line for name, line in table(book["Tổng hợp"]).items() if name in classes}
    assert {name: f"{line['Còn lại']} / {line['Thuộc diện']}" for name, line in units.items()} == classes
    assert len(classes) == 3
    for name, line in units.items():
        assert len(table(book[name])) == line["Còn lại"]


def test_the_list_in_the_workbook_keeps_numbers_as_text_and_dates_as_dates(in_full_swing: Page):
    page = in_full_swing
    file = download(page, "Tải bảng Excel")
    sheet = book_of(file)["Danh sách"]
    cells = columns(sheet)
    assert len(cells["Họ và tên"]) == PUPILS
    codes = [cell.value for cell in cells["Mã học sinh"]]
    assert all(isinstance(code, str) and len(code) == 10 and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert all(isinstance(cell.value, datetime) for cell in cells["Ngày sinh"])
    assert Counter(type(cell.value) for cell in cells["Ngày kê khai"])[datetime] == 12
    quickly = CalamineWorkbook.from_filelike(BytesIO(file.path().read_bytes())).get_sheet_by_name("Danh sách").to_python()
    born = [row[2] for row in quickly if isinstance(row[0], float)]
    assert len(born) == PUPILS
    assert all(isinstance(day, date) for day in born)

    page.goto(f"{EMPTY_HOME}/people")
    page.get_by_text("Thêm bộ lọc").click()
    states = page.get_by_role("navigation", name="Trạng thái đã ghi").get_by_role("link").all_inner_texts()
    assert Counter(cell.value for cell in cells["Trạng thái"]) == {
        text.rpartition(" ")[0]: number(text.rpartition(" ")[2]) for text in states
    }


def test_a_filtered_list_is_taken_out_as_it_is_shown(in_full_swing: Page):
    page = in_full_swing
    page.goto(f"{EMPTY_HOME}/people?q=an&left=1")
    shown = page.locator("#people-rows td:not(.pick) > a").all_inner_texts()
    assert 1 < len(shown) < 50
    sheet = book_of(download(page, "Tải danh sách này"))["Danh sách"]
    assert sorted(cell.value for cell in columns(sheet)["Họ và tên"]) == sorted(shown)


def download(page: Page, button: str) -> Any:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value


def columns(sheet: Worksheet) -> dict[str, list[Cell]]:
    """The cells of a table by their headings; its head is the row that begins with STT."""
    head = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    lines = [row for row in sheet.iter_rows(min_row=head[0].row + 1) if isinstance(row[0].value, int)]
    return {str(cell.value): [row[place] for row in lines] for place, cell in enumerate(head) if cell.value}


def table(sheet: Worksheet) -> dict[str, dict[str, Any]]:
    """The lines of a table by their names, the totals among them."""
    head = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    names = [str(cell.value) for cell in head]
    rows = sheet.iter_rows(min_row=head[0].row + 1, values_only=True)
    return {str(row[1]): dict(zip(names, row, strict=True)) for row in rows if isinstance(row[0], int) or row[1] == "Tổng cộng"}
