"""A roster is uploaded, reviewed and applied: the page says what will happen, then exactly that happens, once."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from app import clock, transaction
from app.config import MAX_UPLOAD_BYTES
from app.domain.registration import Event
from app.extensions import db
from app.models import Person, Roster
from app.services import roster_files
from tests.builders import at, make_person, record
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, OTHER_HOME, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
ROSTERS = f"{HOME}/rosters"
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Mã học sinh", "Điện thoại"]
AN = [1, "Trần Văn An", "27/10/2014", "6A1", "HS01", "0912000111"]
BINH = [2, "Lê Thị Bình", "05/03/2014", "6A1", "HS02", "0912000222"]
NO_SUCH_DAY = [3, "Phạm Văn Chi", "31/02/2014", "6A1", "HS03", "0912000333"]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(date(2026, 11, 23))):
        yield


@pytest.fixture
def alice(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "6A1"
    for row in (HEAD, *rows):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(client: CheckedClient, data: bytes, filename: str = "lop-6a1.xlsx") -> str:
    """The address of the review."""
    answer = client.post(ROSTERS, data={"workbook": (io.BytesIO(data), filename)})
    assert answer.status_code == 302, Page(answer.text).texts(".wrong")
    return str(answer.location)


def apply(client: CheckedClient, review: str) -> Page:
    answer = client.post(f"{review}/application")
    assert answer.status_code == 302
    return client.page(answer.location)


def stored(app: Flask, table: type[Person | Roster]) -> int:
    with app.app_context(), transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def undo(client: CheckedClient, review: str) -> Page:
    form = client.page(f"{review}/undoing").form("form[action$='/undoing']")
    assert client.post(form.action, data=form.values).status_code == 302
    return client.page(review)


def stored_person(name: object) -> int:
    return db.session.scalars(select(Person.id).where(Person.full_name == name)).one()


def tabs(page: Page) -> dict[str, int]:
    """What each part of the review says it holds, by its name in the URL."""
    return {str(chip["href"]).partition("show=")[2]: int(words(chip).split()[-1]) for chip in page.all("#rosters-changes .chips a")}


def test_a_workbook_is_reviewed_first_and_nothing_is_imported_by_uploading_it(alice: CheckedClient, database: Flask):
    page = alice.page(upload(alice, workbook(AN, BINH, NO_SUCH_DAY)))
    assert tabs(page) == {"problems": 1, "new": 2, "waiting": 1}
    assert stored(database, Person) == 0


def test_the_button_says_how_many_go_in_and_how_many_are_left(alice: CheckedClient):
    page = alice.page(upload(alice, workbook(AN, BINH, NO_SUCH_DAY)))
    numbers = [part for part in words(page.one("form[action$=application] button")).replace(",", " ").split() if part.isdigit()]
    assert numbers == ["2", "1"]


def test_applying_does_what_the_button_said(alice: CheckedClient, database: Flask):
    page = apply(alice, upload(alice, workbook(AN, BINH, NO_SUCH_DAY)))
    assert stored(database, Person) == 2
    assert page.all("form[action$=application]") == []
    assert len(page.all(".note.good")) >= 1


def test_the_same_file_again_is_all_the_same_and_has_nothing_to_import(alice: CheckedClient):
    apply(alice, upload(alice, workbook(AN, BINH)))
    page = alice.page(upload(alice, workbook(AN, BINH)))
    assert tabs(page) == {"same": 2}
    assert page.all("form[action$=application]") == []


def test_changes_are_shown_field_by_field_from_old_to_new(alice: CheckedClient):
    apply(alice, upload(alice, workbook(AN, BINH)))
    page = alice.page(upload(alice, workbook([*AN[:5], "0912000999"], BINH)) + "?show=changed")
    item = page.one("#rosters-changes td li")
    assert words(item.select_one("s")) == "0912000111"
    assert words(item.select_one("b")) == "0912000999"


def test_who_is_not_in_the_file_is_shown_and_stays(alice: CheckedClient, database: Flask):
    apply(alice, upload(alice, workbook(AN, BINH)))
    review = upload(alice, workbook([*AN[:5], "0912000999"]))
    assert "Lê Thị Bình" in alice.page(f"{review}?show=absent").one("#rosters-changes tbody").text
    apply(alice, review)
    assert stored(database, Person) == 2


def test_a_problem_stands_in_its_cell_under_excels_numbers(alice: CheckedClient):
    page = alice.page(upload(alice, workbook(AN, NO_SUCH_DAY)))
    row = page.one("#rosters-changes .sheet tbody tr")
    assert words(row.select("th")[0]) == "3"
    assert words(page.all("#rosters-changes .sheet thead th")[0]) == "6A1"
    cell = row.select("td.wrong")[0]
    assert cell["data-label"] == "C Ngày sinh"
    assert str(cell.select("input[name=text]")[0]["value"]) == "31/02/2014"
    assert len(cell.select("small")) == 1
    assert "Phạm Văn Chi" in words(row)


def test_every_tab_of_a_dirty_roster_can_be_opened_alone_by_htmx(alice: CheckedClient):
    review = upload(alice, (WORKBOOKS / "11-dirty.xlsx").read_bytes())
    for tab, count in tabs(alice.page(review)).items():
        fragment = alice.fragment(f"{review}?show={tab}")
        assert not fragment.whole
        where = {"problems": "tbody tr:has(.wrong, .odd)", "repairs": ".repairs > li"}.get(tab, "tbody tr")
        rows = fragment.all(f"#rosters-changes {where}")
        assert rows
        assert len(rows) <= count


def test_a_long_part_goes_on_after_the_last_row_seen(alice: CheckedClient):
    people = [[n, f"Trần Văn {n % 7 * 'A'}n", "27/10/2014", "6A1", f"HS{n:03}", None] for n in range(1, 251)]
    page, seen = alice.page(upload(alice, workbook(*people)) + "?show=new"), 0
    while True:
        seen += len(page.all("#rosters-changes tbody tr"))
        onward = page.all("a[rel=next]")
        if not onward:
            break
        page = alice.page(str(onward[0]["href"]))
    assert seen == 250


def test_how_the_file_was_understood_is_told(alice: CheckedClient):
    page = alice.page(upload(alice, (WORKBOOKS / "02-class-sheets.xlsx").read_bytes()))
    understood = page.one("#rosters-understood")
    assert "6A1" in words(understood)
    assert "7" in words(understood)
    assert understood.select("details tbody tr")


def test_columns_that_are_not_kept_are_named(alice: CheckedClient):
    page = alice.page(upload(alice, (WORKBOOKS / "05-sector-export.xlsx").read_bytes()))
    assert "Dân tộc" in words(page.one("#rosters-understood dl"))
    assert "Kinh" not in page.html


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (b"", "trong.xlsx"),
        (b"%PDF-1.7 nothing", "danh-sach.xlsx"),
        (b"PK\x03\x04 cut off", "danh-sach.xlsx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "anh.png"),
        (workbook()[:-400], "danh-sach.xlsx"),
    ],
)
def test_a_file_that_cant_be_taken_gets_one_sentence_and_leaves_nothing(alice: CheckedClient, database: Flask, data: bytes, filename: str):
    answer = alice.post(ROSTERS, data={"workbook": (io.BytesIO(data), filename)})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.one("#workbook-wrong").text == page.one(".summary a").text != ""
    assert stored(database, Roster) == 0


def test_no_file_at_all_is_said_at_the_field(alice: CheckedClient):
    answer = alice.post(ROSTERS, data={})
    assert answer.status_code == 422
    assert Page(answer.text).one("#workbook-wrong")


def test_a_file_over_the_limit_is_refused_in_words(alice: CheckedClient, database: Flask):
    answer = alice.post(ROSTERS, data={"workbook": (io.BytesIO(bytes(MAX_UPLOAD_BYTES + 1)), "to.xlsx")})
    answer.request.environ["wsgi.input"].close()  # the test client's own temporary file
    assert answer.status_code == 422
    assert "30 MB" in words(Page(answer.text).one("#workbook-wrong"))
    assert stored(database, Roster) == 0


def test_the_limits_are_said_beforehand(alice: CheckedClient):
    limits = words(alice.page(ROSTERS).one("#workbook-limits"))
    assert all(told in limits for told in (".xlsx", "30 MB", "200.000"))


def test_a_review_that_people_have_overtaken_is_planned_again_and_only_what_differs_is_looked_at(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN, BINH))
    apply(alice, upload(alice, workbook([*AN[:5], "0912000999"])))
    answer = alice.post(f"{review}/application")
    page = Page(answer.text)
    assert answer.status_code == 409
    assert stored(database, Person) == 1
    assert len(page.all(".note.bad[role=alert]")) == 1
    assert tabs(page) == {"again": 1, "new": 1, "changed": 1}
    assert [words(row.select("td")[0]) for row in page.all("#rosters-changes tbody tr")] == ["6A1 2"]
    apply(alice, review)
    assert stored(database, Person) == 2


def test_what_people_changed_elsewhere_does_not_hold_up_a_review_in_which_all_rows_stay_as_seen(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN, BINH))
    apply(alice, upload(alice, workbook([1, "Vũ Thị Dung", "01/02/2014", "6A1", "HS09", None])))
    apply(alice, review)
    assert stored(database, Person) == 3


def test_a_stale_review_is_brought_up_to_date_in_its_place(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN))
    with database.app_context():
        make_person("minh-hoa", "dot-1", "Vũ Dung", "6A1")
    page = alice.page(review)
    assert page.all("form[action$=application]") == []
    answer = alice.post(str(page.one("form[action$=readings]")["action"]))
    assert answer.location == review
    page = alice.page(review)
    assert "mọi dòng vẫn cho kết quả như trước" in page.html
    assert page.one("form[action$=application]")


def test_a_button_of_an_older_review_imports_nothing(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN))
    old = alice.page(review).form("form[action$=application]")
    alice.post(f"{review}/readings")
    answer = alice.post(old.action, data=old.values)
    assert answer.status_code == 409
    assert stored(database, Person) == 0


def test_who_moves_to_another_class_stands_apart(alice: CheckedClient):
    apply(alice, upload(alice, workbook(AN, BINH)))
    page = alice.page(upload(alice, workbook([*AN[:3], "6A2", *AN[4:]], BINH)))
    assert tabs(page) == {"moved": 1, "same": 1}
    assert words(page.one("#rosters-changes td li s")) == "6A1"
    assert words(page.one("#rosters-changes td li b")) == "6A2"


def test_what_waits_and_what_is_overwritten_is_said_before_the_button(alice: CheckedClient):
    apply(alice, upload(alice, workbook(AN, BINH)))
    page = alice.page(upload(alice, workbook([*AN[:5], "0912000999"], BINH, NO_SUCH_DAY)))
    assert page.html.index("rosters-outcome") < page.html.index("/application")
    outcome = words(page.one("#rosters-outcome"))
    assert "6A1: 4" in outcome
    assert "Phạm Văn Chi" in words(alice.page(str(page.one("#rosters-outcome a[href*=waiting]")["href"])).one("#rosters-changes tbody"))
    assert "Điện thoại 1" in outcome


def test_where_only_rows_with_errors_tell_something_new_there_is_nothing_to_import_yet(alice: CheckedClient):
    assert "Chưa có gì để nhập: những dòng có thông tin mới còn chờ sửa." in alice.page(upload(alice, workbook(NO_SUCH_DAY))).text
    apply(alice, upload(alice, workbook(AN)))
    assert "tệp không có gì mới" in alice.page(upload(alice, workbook(AN))).text


def test_alike_findings_are_rolled_up_and_each_opens_its_rows(alice: CheckedClient):
    bad = [[n, f"Trần Văn {n * 'A'}n", "31/02/2014", "6A1", f"HS{n:03}", None] for n in range(1, 6)]
    page = alice.page(upload(alice, workbook(AN, *bad, BINH, [*NO_SUCH_DAY[:5], "1234"])))
    found = page.all(".findings li")
    assert ["C3–C7, C9" in words(line) for line in found] == [True, False]
    assert "F9" in words(found[1])
    rows = alice.page(str(found[1].select("a")[0]["href"])).all(".sheet tbody tr")
    assert [words(row.select("th")[0]) for row in rows] == ["9"]


def test_errors_stand_above_warnings(alice: CheckedClient):
    odd = [1, "Trần Văn An", "27/10/2014", "6A1", "HS01", "0912000111 / 0912000112"]
    page = alice.page(upload(alice, workbook(odd, BINH, NO_SUCH_DAY)))
    assert [words(row.select("th")[0]) for row in page.all(".sheet tbody tr")] == ["4", "2"]


def test_a_roster_is_applied_once(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN, BINH))
    apply(alice, review)
    again = alice.post(f"{review}/application")
    assert again.status_code == 409
    assert Page(again.text).one(".note[role=alert]")
    assert stored(database, Person) == 2


def test_a_review_put_away_is_not_applied_any_more(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN))
    assert alice.post(f"{review}/removal").location == ROSTERS
    assert alice.post(f"{review}/application").status_code == 409
    assert alice.page(review).all("#rosters-changes") == []
    assert stored(database, Person) == 0


def test_the_history_says_what_each_file_came_to(alice: CheckedClient):
    apply(alice, upload(alice, workbook(AN, BINH, NO_SUCH_DAY), "tuan-1.xlsx"))
    upload(alice, workbook(AN), "tuan-2.xlsx")
    rows = alice.page(ROSTERS).rows()
    assert [row[0] for row in rows[1:]] == ["tuan-2.xlsx", "tuan-1.xlsx"]
    assert rows[2][3:] == ["2", "0", "0", "0", "1"]


def test_the_list_of_rosters_asks_the_database_no_more_for_many_than_for_one(alice: CheckedClient, database: Flask):
    upload(alice, workbook(AN))
    few = len(asked_by(database, lambda: alice.get(ROSTERS)))
    for _ in range(3):
        upload(alice, workbook(AN, BINH))
    assert len(asked_by(database, lambda: alice.get(ROSTERS))) == few


def test_only_coordinators_import(alice: CheckedClient, make_client: Callable[[], CheckedClient]):
    review = upload(alice, workbook(AN))
    for email, status in ((BOB, 403), (GIANG, 403), (DIEP, 403), (CHARLIE, 404)):
        client = signed_in(make_client, email)
        assert client.get(ROSTERS).status_code == status
        assert client.get(review).status_code == status
        assert client.post(f"{review}/application").status_code == status


def test_a_roster_of_another_institution_is_not_there(alice: CheckedClient, make_client: Callable[[], CheckedClient]):
    number = upload(alice, workbook(AN)).rpartition("/")[2]
    charlie = signed_in(make_client, CHARLIE)
    for path in (f"{OTHER_HOME}/rosters/{number}", f"{OTHER_HOME}/rosters/9999"):
        assert charlie.get(path).status_code == 404
        assert charlie.post(f"{path}/application").status_code == 404
        assert charlie.post(f"{path}/removal").status_code == 404


def test_an_undone_roster_opens_on_what_it_had_brought_and_says_what_was_kept(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN, BINH, NO_SUCH_DAY))
    apply(alice, review)
    with database.app_context():
        record(SCHOOL, CAMPAIGN, stored_person(AN[1]), Event.DECLARED, date(2026, 11, 23))
    page = undo(alice, review)
    said = page.texts(".note.info")
    assert said[0].startswith("Alice đã hoàn tác lúc")
    assert page.texts("#rosters-stayed") == ["Được giữ lại vì đã có việc xảy ra sau đó: Trần Văn An (6A1)."]
    assert "Trần Văn An" in words(page.one("#rosters-changes tbody"))
    assert page.one("#rosters-changes .chips [aria-current]")["href"].endswith("show=new")


def test_an_undone_roster_of_which_nothing_stayed_says_so(alice: CheckedClient):
    review = upload(alice, workbook(AN, NO_SUCH_DAY))
    apply(alice, review)
    assert undo(alice, review).texts("#rosters-stayed") == ["Không phải giữ lại gì."]


def test_a_roster_whose_file_is_gone_does_not_open_on_cells_without_texts(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN, NO_SUCH_DAY))
    apply(alice, review)
    with clock.set_to(at(date(2027, 3, 1))), database.app_context(), transaction.writing():
        roster_files.purge(30)
    assert "Trần Văn An" in words(alice.page(review).one("#rosters-changes tbody"))
