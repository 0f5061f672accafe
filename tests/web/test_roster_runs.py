"""A large roster goes on while nobody looks: the page shows how far it is, leads on when it is done, and stops it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from app import clock, transaction
from app.extensions import db
from app.jobs import rosters as background
from app.models import LogEntry, Roster, RosterRun
from app.queries import operators
from app.services import roster_files, roster_steps, runs
from tests.cast import ALICE, CAMPAIGN, HOME, OTHER_SCHOOL, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.unit.imports.books import finished

ROSTERS = f"{HOME}/rosters"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def app(database: Flask) -> Iterator[Flask]:
    """The application with the cast; what is under way at the end of a test comes to its end."""
    with database.app_context():
        set_the_scene()
    yield database
    background.of(database).wait()


@pytest.fixture
def alice(app: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    return signed_in(make_client, ALICE)


def workbook(
    people: int = 2, *, first: int = 1, unit: str = "6A1", title: str = "", name: str = "Trần Văn", day: str = "27/10/2014"
) -> bytes:
    book = Workbook()
    if title:
        book.active.append([title])
    book.active.append(["STT", "Họ và tên", "Ngày sinh", "Lớp", "Mã học sinh"])
    for n in range(first, first + people):
        book.active.append([n, f"{name} {'ABCDEGHIKLMNOPQRSTUVXY'[n % 22]}n", day if n == first else "27/10/2014", unit, f"HS{n:04}"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(client: CheckedClient, data: bytes, filename: str = "lop.xlsx") -> str:
    answer = client.post(ROSTERS, data={"workbook": (io.BytesIO(data), filename)})
    assert answer.status_code == 302, Page(answer.text).texts(".wrong")
    return str(answer.location)


def let_in(client: CheckedClient, review: str) -> str:
    return str(client.post(f"{review}/application").location)


@contextmanager
def somebody_at(app: Flask, school: str = SCHOOL) -> Iterator[Callable[[], None]]:
    """A process that is at another file of the school, until it is told that it may end."""
    with app.app_context(), transaction.writing():
        scope = operators.in_campaign(school, CAMPAIGN)
        roster_id = roster_steps.receive(scope, "truoc.xlsx", workbook())
        run = runs.claim(scope.institution_id, roster_id)
    assert run is not None

    def give_back() -> None:
        with app.app_context():
            with transaction.writing():
                runs.let_go(run)
            background.start(run.scope.institution_id, roster_id)
            background.of(app).wait()

    yield give_back


def test_what_takes_long_is_shown_by_its_progress_and_leads_on_by_itself(alice: CheckedClient, app: Flask) -> None:
    with somebody_at(app) as give_back:
        address = send(alice, workbook())
        assert address.endswith("/run")
        page = alice.page(address)
        assert "truoc.xlsx" in words(page.one("#rosters-progress"))
        assert page.one("progress[aria-labelledby]")
        assert page.one("#rosters-progress")["hx-trigger"] == "every 1s"
        assert page.one("noscript meta[http-equiv=refresh]")
        fragment = alice.fragment(str(page.one("#rosters-progress")["hx-get"]))
        assert "truoc.xlsx" in words(fragment.one("#rosters-progress"))
        give_back()
    polled = alice.get(address, headers=HTMX)
    assert (polled.status_code, polled.headers["HX-Redirect"]) == (200, address.removesuffix("/run"))
    assert alice.get(address).location == address.removesuffix("/run")
    assert alice.page(address.removesuffix("/run")).one("form[action$=application]")


def test_the_roster_itself_leads_to_its_progress_meanwhile(alice: CheckedClient, app: Flask) -> None:
    with somebody_at(app) as give_back:
        address = send(alice, workbook())
        assert alice.get(address.removesuffix("/run")).location == address
        assert [row[2] for row in alice.page(ROSTERS).rows()[1:]] == ["đang đọc", "đang đọc"]
        give_back()


def test_how_far_it_is_is_told_by_stage_and_rows(alice: CheckedClient, app: Flask) -> None:
    with app.app_context(), transaction.writing():
        scope = operators.in_campaign(SCHOOL, CAMPAIGN)
        roster_id = roster_steps.receive(scope, "lon.xlsx", workbook())
        run = runs.claim(scope.institution_id, roster_id)
        assert run is not None
        assert runs.beat(run, "judged", 12000, 20000)
    page = alice.page(f"{ROSTERS}/{roster_id}/run")
    assert page.one("progress")["value"] == "53"
    assert "12.000 trong 20.000 dòng" in words(page.one("#rosters-progress"))
    assert [words(step) for step in page.all(".stages li")] == ["✓ Đọc (xong)", "Kiểm tra", "Ghi"]
    same = alice.fragment(f"{ROSTERS}/{roster_id}/run?seen=judged")
    assert same.all("#rosters-said") == []
    moved = alice.fragment(f"{ROSTERS}/{roster_id}/run?seen=read")
    assert words(moved.one("#rosters-said[hx-swap-oob]")) == "Đang kiểm tra các dòng."


def test_stopping_leaves_nothing_and_the_file_can_be_read_all_the_same(alice: CheckedClient, app: Flask) -> None:
    with somebody_at(app) as give_back:
        address = send(alice, workbook())
        review = alice.post(str(alice.page(address).one("form[action$=stop]")["action"])).location
        page = alice.page(review)
        assert "đã được dừng" in words(page.one(".note.info"))
        assert page.all("form[action$=application]") == []
        give_back()
    again = alice.post(str(page.one("form[action$=readings]")["action"])).location
    assert alice.page(again).one("form[action$=application]")


def test_a_stop_that_comes_too_late_changes_nothing(alice: CheckedClient) -> None:
    review = send(alice, workbook())
    assert alice.post(f"{review}/run/stop").location == review
    assert alice.page(review).one("form[action$=application]")


def test_what_is_under_way_is_not_put_away_or_begun_twice(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook())
    with somebody_at(app) as give_back:
        assert let_in(alice, review).endswith("/run")
        assert alice.post(f"{review}/application").status_code == 409
        assert alice.post(f"{review}/removal").status_code == 409
        give_back()
    assert alice.page(review).one(".note.good")


def test_a_correction_that_takes_long_goes_on_and_shows_its_progress(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook(day="31/02/2014"))
    cell = {"sheet": "Sheet", "row": "2", "column": "C", "text": "28/02/2014"}
    with somebody_at(app) as give_back:
        assert alice.post(f"{review}/corrections", data=cell).location == f"{review}/run"
        assert alice.post(f"{review}/corrections", data=cell, headers=HTMX).status_code == 409, "one after the other"
        assert "Đang đọc lại tệp" in words(alice.page(f"{review}/run").one("main"))
        give_back()
    assert "28/02/2014" in words(alice.page(f"{review}?show=corrected").one("#rosters-changes"))
    assert wishes_kept(app) == []
    with somebody_at(app) as give_back:
        answer = alice.post(f"{review}/corrections/removal", data=cell, headers=HTMX)
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"{review}/run")
        assert alice.post(f"{review}/run/stop").location == review
        give_back()
    assert "Việc đọc lại đã được dừng" in words(alice.page(review).one(".note.info"))
    assert "28/02/2014" in words(alice.page(f"{review}?show=corrected").one("#rosters-changes"))
    assert wishes_kept(app) == []


def test_another_meaning_of_the_columns_and_the_waiting_rows_go_on_alike(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook(3, day="31/02/2014"))
    with somebody_at(app) as give_back:
        form = alice.page(f"{review}/understanding").form("form[action$='/understanding']")
        assert alice.post(form.action, data=form.values | {"field-0-C": "-"}).location == f"{review}/run"
        give_back()
    with somebody_at(app) as give_back:
        assert alice.post(f"{review}/understanding/removal").location == f"{review}/run"
        give_back()
    let_in(alice, send(alice, workbook(2, first=50), "khac.xlsx"))
    alice.post(f"{review}/readings")
    let_in(alice, review)
    with somebody_at(app) as give_back:
        assert alice.post(f"{review}/continuations").location == f"{review}/run"
        give_back()
    onward = alice.page(review).all("main a[href*='/rosters/']")
    assert any(str(link["href"]).rpartition("/")[2].isdigit() for link in onward)
    assert alice.post(f"{review}/continuations").location != review


def test_a_header_row_pointed_out_leads_to_its_columns_also_when_the_reading_took_long(alice: CheckedClient, app: Flask) -> None:
    book = load_workbook(io.BytesIO(workbook(3)))
    book.active.insert_rows(2)
    for column, text in enumerate(["STT", "Họ tên", "Năm sinh", "Lớp", "Mã HS"], 1):
        book.active.cell(2, column, text)
    review = send(alice, finished(book))
    with somebody_at(app) as give_back:
        form = alice.page(f"{review}/understanding").form("form[action$='/understanding']")
        run = str(alice.post(form.action, data=form.values | {"header-0": "2"}).location)
        assert "look=columns" in str(alice.page(run).one("#rosters-progress")["hx-get"])
        give_back()
    onward = alice.get(run, headers=HTMX).headers["HX-Redirect"]
    page = alice.page(onward)
    assert "Năm sinh" in words(page.one("table"))
    assert "Vui lòng xem các cột." in words(page.one(".note.info"))


def test_a_header_row_that_was_not_read_after_all_is_not_said_to_be(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook(3))
    with somebody_at(app) as give_back:
        form = alice.page(f"{review}/understanding").form("form[action$='/understanding']")
        run = str(alice.post(form.action, data=form.values | {"header-0": "2"}).location)
        alice.post(f"{review}/run/stop")
        give_back()
    page = alice.page(str(alice.get(run).location))
    assert "Vui lòng xem các cột." not in page.html
    assert "đã được dừng" in words(page.one(".note.info"))


def test_what_does_not_fit_the_file_is_said_and_leaves_the_review_alone(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook())
    form = alice.page(f"{review}/understanding").form("form[action$='/understanding']")
    without = {name: value for name, value in form.values.items() if name != "taken-0"}
    with somebody_at(app) as give_back:
        assert alice.post(form.action, data=without).location == f"{review}/run"
        give_back()
    assert alice.page(review).one("[role=alert]")
    assert alice.page(f"{review}/understanding").one("[role=alert]")
    assert alice.page(review).one("form[action$=application]")


def leave_its_only_sheet_out(client: CheckedClient, review: str) -> Any:
    """What can't be, as nobody would be left."""
    form = client.page(f"{review}/understanding").form("form[action$='/understanding']")
    return client.post(form.action, data={name: value for name, value in form.values.items() if name != "taken-0"})


def test_a_change_that_failed_at_once_is_told_once(alice: CheckedClient) -> None:
    review = send(alice, workbook())
    answer = leave_its_only_sheet_out(alice, review)
    assert (answer.status_code, len(Page(answer.text).all("[role=alert]"))) == (422, 1)
    assert [alice.page(page).all("[role=alert]") for page in (review, f"{review}/understanding")] == [[], []]


def test_a_correction_that_was_refused_is_told_once(alice: CheckedClient) -> None:
    review = send(alice, workbook(2, day="31/02/2014"))
    let_in(alice, send(alice, workbook(2, first=50), "khac.xlsx"))
    answer = alice.post(f"{review}/corrections", data={"sheet": "Sheet", "row": "2", "column": "C", "text": "28/02/2014"})
    assert (answer.status_code, len(Page(answer.text).all("[role=alert]"))) == (409, 1)
    assert alice.page(review).all("[role=alert]") == []


def test_a_change_that_failed_unseen_is_told_until_somebody_closes_it_or_changes_something_else(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook(3, day="31/02/2014"))
    for closes in (True, False):
        with somebody_at(app) as give_back:
            assert leave_its_only_sheet_out(alice, review).location == f"{review}/run"
            give_back()
        assert alice.page(review).one("[role=alert]")
        if closes:
            form = alice.page(review).form("form[action$='/run/removal']")
            assert alice.post(form.action).location == review
        else:
            alice.post(f"{review}/corrections", data={"sheet": "Sheet", "row": "2", "column": "C", "text": "28/02/2014"})
        assert alice.page(review).all("[role=alert]") == []
    assert alice.page(review).one("form[action$=application]")


def test_why_a_file_was_never_read_and_what_is_under_way_cant_be_closed(alice: CheckedClient, app: Flask) -> None:
    with somebody_at(app) as give_back:
        review = send(alice, workbook()).removesuffix("/run")
        alice.post(f"{review}/run/removal")
        assert alice.get(review).location == f"{review}/run"
        alice.post(f"{review}/run/stop")
        alice.post(f"{review}/run/removal")
        give_back()
    assert "đã được dừng" in words(alice.page(review).one(".note.info"))


def wishes_kept(app: Flask) -> list[str]:
    with app.app_context(), transaction.reading():
        return list(db.session.scalars(select(RosterRun.wish).where(RosterRun.wish.is_not(None))))


def test_a_file_that_turns_out_unreadable_later_says_so_on_its_page(alice: CheckedClient, app: Flask) -> None:
    with somebody_at(app) as give_back:
        address = send(alice, b"%PDF-1.7 nothing", "danh-sach.xlsx")
        give_back()
    page = alice.page(address.removesuffix("/run"))
    assert "danh-sach.xlsx" in words(page.one(".note.bad[role=alert]"))
    assert page.all("form[action$=readings]") == []


def test_whoever_looks_takes_up_what_was_left(alice: CheckedClient, app: Flask) -> None:
    with app.app_context(), transaction.writing():
        roster_id = roster_steps.receive(operators.in_campaign(SCHOOL, CAMPAIGN), "bo-roi.xlsx", workbook())
    alice.get(f"{ROSTERS}/{roster_id}/run")
    background.of(app).wait()
    assert alice.page(f"{ROSTERS}/{roster_id}").one("form[action$=application]")


def test_a_roster_of_another_institution_has_no_progress_here(alice: CheckedClient, app: Flask) -> None:
    with somebody_at(app, OTHER_SCHOOL):
        assert alice.get(f"{ROSTERS}/1/run").status_code == 404
        assert alice.post(f"{ROSTERS}/1/run/stop").status_code == 404
        assert alice.post(f"{ROSTERS}/1/confirmation").status_code == 404


def test_the_same_content_again_says_when_and_by_whom_whatever_its_name(alice: CheckedClient) -> None:
    data = workbook()
    let_in(alice, send(alice, data, "tuan-1.xlsx"))
    page = alice.page(send(alice, data, "tuan-2.xlsx"))
    said = words(page.one("#rosters-doubts"))
    assert "Alice" in said
    assert "tuan-1.xlsx" in said
    assert page.all("form[action$=confirmation]") == [], "there is nothing to import, so nothing is asked"


def test_the_same_content_again_is_asked_about_where_it_would_overwrite_something(alice: CheckedClient, app: Flask) -> None:
    data = workbook()
    let_in(alice, send(alice, data))
    let_in(alice, send(alice, workbook(name="Lê Thị"), "sua.xlsx"))
    review = send(alice, data)
    page = alice.page(review)
    assert page.all("form[action$=application]") == []
    assert alice.post(f"{review}/application").status_code == 409
    alice.post(str(page.one("form[action$=confirmation]")["action"]))
    confirmed = alice.page(review)
    assert "Alice" in words(confirmed.one("main"))
    assert alice.page(let_in(alice, review)).one(".note.good")
    with app.app_context(), transaction.reading():
        assert db.session.scalars(select(LogEntry.actor).where(LogEntry.what == "confirmed-roster")).all() == ["Alice"]
        assert db.session.scalars(select(Roster.confirmed_by).where(Roster.confirmed_at.is_not(None))).all() == ["Alice"]


def test_strangers_are_asked_about(alice: CheckedClient) -> None:
    let_in(alice, send(alice, workbook(40)))
    page = alice.page(send(alice, workbook(40, first=1000, name="Hoàng Thị"), "khac.xlsx"))
    assert "chỉ có 0 người" in words(page.one("#rosters-doubts"))
    assert page.one("form[action$=confirmation]")
    assert page.all("form[action$=application]") == []


def test_another_institutions_title_is_asked_about(alice: CheckedClient) -> None:
    page = alice.page(send(alice, workbook(title="TRƯỜNG TIỂU HỌC SÔNG XANH")))
    assert "Trường Tiểu học Sông Xanh" in words(page.one("#rosters-doubts"))
    assert page.one("form[action$=confirmation]")


def test_a_class_that_is_new_here_is_no_stranger(alice: CheckedClient) -> None:
    let_in(alice, send(alice, workbook(40)))
    page = alice.page(send(alice, workbook(40, first=1000, unit="6A9", name="Hoàng Thị"), "lop-moi.xlsx"))
    assert page.all("#rosters-doubts") == []


def test_a_page_waits_for_what_is_done_soon(alice: CheckedClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "ROSTER_PATIENCE", 0.0)
    address = send(alice, workbook(300))
    background.of(app).wait()
    assert alice.page(address.removesuffix("/run")).one("form[action$=application]")
    with app.app_context(), transaction.reading():
        assert db.session.scalars(select(RosterRun.state)).all() == ["done"]


def test_the_page_says_since_when_the_file_is_gone_and_what_is_no_longer_possible(alice: CheckedClient, app: Flask) -> None:
    review = send(alice, workbook())
    assert alice.page(review).all("#rosters-file-gone") == []
    with app.app_context(), transaction.writing():
        roster_files.forget_file(operators.in_campaign(SCHOOL, CAMPAIGN), 1)
    said = words(alice.page(review).one("#rosters-file-gone"))
    assert f"Tệp đã được xóa ngày {clock.today():%d/%m/%Y}" in said
    assert "không thể đọc lại" in said
    assert alice.post(f"{review}/readings").status_code == 409
