"""What a file means is asked only where it can't be told, answered once, and known next term."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from app import clock
from app.models import Person, RosterAnswer
from tests.builders import at
from tests.cast import ALICE, CHARLIE, OTHER_HOME, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.unit.imports.books import finished
from tests.web.test_rosters import AN, BINH, apply, stored, tabs, upload, workbook

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Lớp"]
UNDECIDED = [
    ["1", "Trần Văn An", "03/04/2014", "6A1"],
    ["2", "Lê Thị Bình", "05/06/2014", "6A1"],
    ["3", "Phạm Văn Chi", "07/09/2014", "6A1"],
    ["4", "Vũ Thị Dung", "02/11/2014", "6A1"],
]
NEXT_TERM = [[number, name, f"{day[:5]}/2015", unit] for number, name, day, unit in UNDECIDED]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(date(2026, 11, 23))):
        yield


@pytest.fixture
def alice(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


def book(*rows: list[str], title: str = "6A1") -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def answer(client: CheckedClient, page: Page, **chosen: str) -> str:
    """Send the form as it stands but for what was chosen; answers where that leads."""
    form = page.form("form[action$='/understanding']")
    values = {name: value for name, value in (form.values | chosen).items() if value is not None}
    sent = client.post(form.action, data=values)
    assert sent.status_code == 302, Page(sent.text).texts("[role=alert]")
    return str(sent.location)


def asked(client: CheckedClient, data: bytes) -> Page:
    """The page that an upload leads to, which asks."""
    review = upload(client, data)
    assert client.get(review).location == f"{review}/understanding"
    return client.page(f"{review}/understanding")


def test_a_file_that_can_be_read_asks_nothing(alice: CheckedClient):
    assert tabs(alice.page(upload(alice, workbook(AN, BINH)))) == {"new": 2}


def test_dates_that_may_be_either_are_asked_for_and_nothing_goes_in_before(alice: CheckedClient, database: Flask):
    page = asked(alice, book(HEAD, *UNDECIDED))
    assert page.all(".note.warn")
    assert "03/04/2014" in words(page.one("tr.asked"))
    review = page.form("form[action$='/understanding']").action.removesuffix("/understanding")
    assert alice.post(f"{review}/application").status_code == 409
    assert stored(database, Person) == 0
    assert answer(alice, page, **{"order-0": "day"}) == review
    apply(alice, review)
    assert stored(database, Person) == 4


def test_an_answer_is_known_next_term_and_the_review_says_so(alice: CheckedClient):
    answer(alice, asked(alice, book(HEAD, *UNDECIDED)), **{"order-0": "month"})
    review = upload(alice, book(HEAD, *NEXT_TERM))
    page = alice.page(review)
    assert "Alice" in words(page.one(".note.info"))
    assert "09/07/2015" in words(alice.page(f"{review}?show=new").one("#rosters-changes tbody"))


def test_a_remembered_answer_can_be_forgotten(alice: CheckedClient, database: Flask):
    answer(alice, asked(alice, book(HEAD, *UNDECIDED)), **{"order-0": "month"})
    review = upload(alice, book(HEAD, *NEXT_TERM))
    alice.post(str(alice.page(review).one("form[action$='understanding/removal']")["action"]))
    assert alice.get(review).location == f"{review}/understanding"
    assert stored(database, RosterAnswer) == 0


def test_what_one_institution_says_is_nothing_to_another(alice: CheckedClient, make_client: Callable[[], CheckedClient]):
    answer(alice, asked(alice, book(HEAD, *UNDECIDED)), **{"order-0": "month"})
    charlie = signed_in(make_client, CHARLIE)
    sent = charlie.post(f"{OTHER_HOME}/rosters", data={"workbook": (io.BytesIO(book(HEAD, *UNDECIDED)), "lop.xlsx")})
    assert charlie.get(sent.location).location.endswith("/understanding")


def test_any_column_can_be_taken_for_something_else(alice: CheckedClient):
    review = upload(alice, book([*HEAD, "Liên lạc khẩn"], ["1", "Trần Văn An", "27/10/2014", "6A1", "0912000111"]))
    page = alice.page(f"{review}/understanding")
    row = next(line for line in page.all("table tbody tr") if "Liên lạc khẩn" in words(line))
    assert "0912000111" in words(row)
    assert answer(alice, page, **{"field-0-E": "mother_phone"}) == review
    assert "0912000111" in words(alice.page(f"{review}?show=new").one("#rosters-changes tbody"))


def test_everything_that_the_reader_can_take_can_be_chosen(alice: CheckedClient):
    review = upload(alice, book([*HEAD, "Giấy tờ"], ["1", "Trần Văn An", "27/10/2014", "6A1", "001214000123"]))
    answer(alice, alice.page(f"{review}/understanding"), **{"field-0-E": "personal_id"})
    assert "001214000123" in words(alice.page(f"{review}?show=new").one("#rosters-changes tbody"))


def test_where_nothing_else_was_chosen_nothing_is_remembered(alice: CheckedClient, database: Flask):
    answer(alice, alice.page(f"{upload(alice, workbook(AN))}/understanding"))
    assert stored(database, RosterAnswer) == 0
    assert alice.page(upload(alice, workbook(BINH))).all(".note.info") == []


def test_a_column_can_be_left_out(alice: CheckedClient):
    review = upload(alice, workbook(AN))
    answer(alice, alice.page(f"{review}/understanding"), **{"field-0-F": "-"})
    assert "0912000111" not in alice.page(f"{review}?show=new").html


def test_where_no_header_was_found_the_first_rows_are_shown_and_columns_can_be_named(alice: CheckedClient):
    people = [[name, f"{day}/10/2014", "6A1"] for day, name in ((27, "Trần Văn An"), (28, "Lê Thị Bình"), (29, "Phạm Văn Chi"))]
    page = asked(alice, book(["Trường THCS Minh Họa"], ["x1", "x2", "x3"], *people))
    assert "Trần Văn An" in words(page.all("table")[0])
    review = answer(alice, page, **{"header-0": "2", "field-0-A": "full_name", "field-0-B": "birth_date", "field-0-C": "unit"})
    assert tabs(alice.page(review)) == {"new": 3}


def test_where_there_is_no_header_row_nobody_is_lost_and_an_open_question_is_said(alice: CheckedClient):
    people = [[name, f"{day}/10/2014", "6A1"] for day, name in ((27, "Trần Văn An"), (28, "Lê Thị Bình"), (29, "Phạm Văn Chi"))]
    page = asked(alice, book(*people))
    again = answer(alice, page)
    assert again.endswith("/understanding")
    assert "Vẫn còn điều chưa rõ" in alice.page(again).html
    review = answer(alice, alice.page(again), **{"field-0-A": "full_name", "field-0-B": "birth_date", "field-0-C": "unit"})
    assert tabs(alice.page(review)) == {"new": 3}
    assert "không có dòng tiêu đề" in words(alice.page(review).one("#rosters-understood"))
    page = alice.page(f"{review}/understanding")
    assert answer(alice, page, **{"field-0-C": "-"}) == review  # still without a header
    assert tabs(alice.page(review)) == {"new": 3}


def test_every_field_to_choose_has_a_name_of_its_own(alice: CheckedClient):
    page = alice.page(f"{upload(alice, workbook(AN))}/understanding")
    options = [words(option) for option in page.all("select")[0].select("option")]
    assert [text for text in options if "_" in text] == []
    assert len(options) == len(set(options))


def classes(*names: str) -> bytes:
    """Sheets of classes, each with two columns of telephones."""
    made = Workbook()
    for number, name in enumerate(names):
        sheet = made.create_sheet(name)
        for row in ([*HEAD, "Số điện thoại", "SĐT"], ["1", "Trần Văn An", "27/10/2014", name, f"091200011{number}", f"091200022{number}"]):
            sheet.append(row)
    del made["Sheet"]
    return finished(made)


def test_sheets_with_the_same_headings_are_asked_about_and_answered_once(alice: CheckedClient):
    page = asked(alice, classes("6A1", "6A2", "6A3"))
    (question,) = page.texts(".note.warn")
    assert question.endswith("Thêm 2 trang tính giống như vậy: 6A2, 6A3.")
    review = answer(alice, page, **{"field-0-E": "mother_phone"})
    shown = words(alice.page(f"{review}?show=new").one("#rosters-changes tbody"))
    assert [shown.count(phone) for phone in ("Mẹ: 0912000110", "Mẹ: 0912000111", "Mẹ: 0912000112", "0912000222")] == [1, 1, 1, 1]
    assert tabs(alice.page(upload(alice, classes("7A1", "7A2")))) == {"new": 2}  # next term without asking


def test_a_sheet_can_be_answered_for_otherwise_than_those_like_it(alice: CheckedClient):
    form = asked(alice, classes("6A1", "6A2")).form("form[action$='/understanding']")
    values = {name: value for name, value in form.values.items() if name != "like-1"}
    sent = alice.post(form.action, data=values | {"field-0-E": "mother_phone", "field-1-E": "-", "field-1-F": "father_phone"})
    shown = words(alice.page(f"{sent.location}?show=new").one("#rosters-changes tbody"))
    assert ("Mẹ: 0912000110" in shown, "Bố: 0912000221" in shown, "0912000111" in shown) == (True, True, False)


@pytest.mark.parametrize("like", ["1", "7", "-1", "x", "١"])
def test_a_sheet_is_only_read_like_an_earlier_one(alice: CheckedClient, like: str):
    page = asked(alice, classes("6A1", "6A2"))
    assert answer(alice, page, **{"field-0-E": "mother_phone", "like-1": like}).endswith("/understanding")


def test_another_row_can_be_the_header_and_then_its_columns_are_looked_at(alice: CheckedClient):
    review = upload(alice, book(HEAD, ["STT", "Họ tên", "Năm sinh", "Lớp"], ["1", "Trần Văn An", "2014", "6A1"]))
    onward = answer(alice, alice.page(f"{review}/understanding"), **{"header-0": "2"})
    page = alice.page(onward)
    assert "Năm sinh" in words(page.one("table"))
    assert page.texts(".note.info") == ["Tệp đã được đọc theo lựa chọn đó. Vui lòng xem các cột."]


def test_a_sheet_can_be_left_out(alice: CheckedClient):
    review = upload(alice, workbook(AN))
    form = alice.page(f"{review}/understanding").form("form[action$='/understanding']")
    values = {name: value for name, value in form.values.items() if name != "taken-0"}
    sent = alice.post(form.action, data=values)
    assert sent.status_code == 422
    assert Page(sent.text).one("[role=alert]")
    assert tabs(alice.page(review)) == {"new": 1}


def test_a_hidden_sheet_is_shown_and_taken_by_a_tick_and_next_term_without_asking(alice: CheckedClient):
    def sent(day: str) -> bytes:
        made = load_workbook(io.BytesIO(workbook(AN)))
        hidden = made.copy_worksheet(made.worksheets[0])
        hidden.title, hidden.sheet_state = "6A2", "hidden"
        hidden["B2"], hidden["C2"], hidden["D2"], hidden["E2"], hidden["F2"] = "Lê Thị Bình", day, "6A2", "HS77", "0912000777"
        return finished(made)

    review = upload(alice, sent("28/10/2014"))
    page = alice.page(f"{review}/understanding")
    assert "Lê Thị Bình" in words(page.all("form .panel")[1])
    onward = answer(alice, page, **{"taken-1": "on"})
    assert "xem các cột" in alice.page(onward).html  # before they go in
    assert answer(alice, alice.page(onward)) == review
    page = alice.page(review)
    assert tabs(page) == {"new": 2}
    assert "ẩn nhưng đã được đọc" in words(page.one("#rosters-understood"))
    assert tabs(alice.page(upload(alice, sent("29/10/2014")))) == {"new": 2}


def only_hidden(day: str) -> bytes:
    """A workbook that shows an empty sheet, with its people on a hidden one."""
    made = load_workbook(io.BytesIO(workbook([1, "Trần Văn An", day, "6A1", "HS01", "0912000111"])))
    made.worksheets[0].sheet_state = "hidden"
    made.active = made.create_sheet("Bìa", 0)
    return finished(made)


def test_where_only_a_hidden_sheet_has_people_the_page_says_so_and_a_tick_takes_them(alice: CheckedClient):
    page = asked(alice, only_hidden("27/10/2014"))
    (question,) = page.texts(".note.warn")
    assert "6A1" in question
    assert "ẩn" in question
    again = answer(alice, page)  # without a tick nobody is taken
    assert "Vẫn còn điều chưa rõ" in alice.page(again).html
    onward = answer(alice, alice.page(again), **{"taken-1": "on"})
    review = answer(alice, alice.page(onward))
    page = alice.page(review)
    assert tabs(page) == {"new": 1}
    assert "ẩn nhưng đã được đọc" in words(page.one("#rosters-understood"))


def test_nothing_is_promised_for_the_next_file_where_no_headings_are_seen_to_know_it_by(alice: CheckedClient):
    page = asked(alice, only_hidden("27/10/2014"))
    assert "lần sau" not in page.html
    review = answer(alice, alice.page(answer(alice, page, **{"taken-1": "on"})))
    assert "lần sau" not in alice.page(review).html
    assert asked(alice, only_hidden("28/10/2014"))


LOOKUP = [["Mã", "Tên", "Từ ngày"], ["01", "Nguyễn Thị Hoa", "27/10/2014"], ["02", "Lê Văn Nam", "28/10/2014"]]


def with_lookup(rows: list[list[str]] = LOOKUP) -> bytes:
    made = load_workbook(io.BytesIO(workbook(AN)))
    sheet = made.create_sheet("DM")
    for row in rows:
        sheet.append(row)
    return finished(made)


def test_a_look_up_sheet_that_is_ticked_says_why_nothing_was_taken_and_lets_its_columns_be_named(alice: CheckedClient):
    review = upload(alice, with_lookup())
    page = alice.page(f"{review}/understanding")
    assert "Lê Văn Nam" not in page.html
    onward = answer(alice, page, **{"taken-1": "on"})
    page = alice.page(onward)
    (said,) = page.texts(".note.warn")
    assert said.startswith("Không lấy được ai từ trang tính DM: không thấy dòng tiêu đề")
    assert page.one("#taken-1").get("checked") is not None
    assert "Lê Văn Nam" in page.html
    page = alice.page(answer(alice, page, **{"field-1-B": "full_name", "header-1": "1"}))  # a name alone is nobody
    assert page.texts(".note.warn")[0].startswith("Không lấy được ai từ trang tính DM: dưới dòng tiêu đề")
    assert answer(alice, page, **{"field-1-C": "birth_date"}) == review
    assert tabs(alice.page(review)) == {"new": 3}


def test_an_empty_sheet_that_is_ticked_says_that_it_is_empty(alice: CheckedClient):
    page = alice.page(f"{upload(alice, with_lookup([]))}/understanding")
    onward = answer(alice, page, **{"taken-1": "on"})
    assert alice.page(onward).texts(".note.warn") == ["Không lấy được ai từ trang tính DM: trang tính trống."]


@pytest.mark.parametrize("look", ["columns-77", "-1-0-x", "columns-", "<b>", "-١", "--1", "-" * 3000])
def test_what_stands_in_the_address_is_only_looked_at_where_it_means_something(alice: CheckedClient, look: str):
    review = upload(alice, workbook(AN))
    page = alice.get(f"{review}/understanding", query_string={"look": look})
    assert page.status_code in (200, 302)
    assert Page(page.text).texts(".note.warn") == [] if page.status_code == 200 else page.location == review


def test_odd_answers_change_nothing(alice: CheckedClient):
    review = upload(alice, workbook(AN, BINH))
    page = alice.page(f"{review}/understanding")
    assert answer(alice, page, **{"field-0-B": "no-such-field", "header-0": "-3", "order-0": "sideways"}) == review
    assert tabs(alice.page(review)) == {"new": 2}


def test_after_the_import_the_page_only_tells(alice: CheckedClient):
    review = upload(alice, workbook(AN))
    apply(alice, review)
    page = alice.page(f"{review}/understanding")
    assert page.all("main form button.main-act") == []
    assert alice.post(f"{review}/understanding", data={"taken-0": "on"}).status_code == 409
