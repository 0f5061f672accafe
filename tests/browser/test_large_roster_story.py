"""A large roster: its bar moves, the page may be closed, and it can be stopped."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app import transaction
from app.demo.filling import CAMPAIGN
from app.domain.runs import RunState
from app.extensions import db
from app.jobs import rosters as background
from app.models import Institution, Person, RosterRun
from app.queries import operators
from app.queries.runs import Claimed
from app.services import roster_steps, rosters, runs
from tests.bench import workbook
from tests.browser.conftest import NARROW, OpenPage, Served
from tests.browser.visits import AN, DIRTY, EMPTY_HOME, HOME, KINDERGARTEN, MAI, SCHOOL, number, sign_in

ROWS = 20_000
LONG = 60_000  # milliseconds: the machine may be busy with other things
NEARLY = re.compile(r"^(33|66)$")  # all has been read, nothing is written yet
Check, Keep = Callable[[Page], None], Callable[..., None]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "danh-sach-lon.xlsx"
    workbook.write(path, ROWS)
    return path


@pytest.fixture(autouse=True)
def impatient(live_server: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages wait for nothing; at the end of a test nothing is under way any more."""
    monkeypatch.setitem(live_server.app.config, "ROSTER_PATIENCE", 0.0)
    yield
    with live_server.app.app_context():
        background.of(live_server.app).wait()


@contextmanager
def held_up(served: Served) -> Iterator[Callable[[], None]]:
    """From when the file is being read, somebody else keeps the database to themselves, until told to let go: what is read can't be written
    yet, so there is time to look."""
    let_go, held = threading.Event(), threading.Event()

    def hold() -> None:
        with served.app.app_context():
            path = db.engine.url.database
            end = time.monotonic() + 20
            while time.monotonic() < end and not _is_running():
                time.sleep(0.005)
        other = sqlite3.connect(str(path), isolation_level=None, timeout=20)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        let_go.wait(LONG / 1000)
        other.execute("ROLLBACK")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    yield let_go.set
    let_go.set()
    thread.join()


def _is_running() -> bool:
    with transaction.reading():
        return db.session.scalar(select(RosterRun.state)) == RunState.RUNNING


def send(page: Page, path: Path) -> None:
    page.goto(f"{EMPTY_HOME}/rosters")
    page.get_by_label("Thả tệp").set_input_files(path)
    page.get_by_role("button", name="Tải lên").click()


@pytest.fixture
def another_at_it(live_server: Served, tmp_path: Path) -> Claimed:
    """A file that another process is reading, or so it says."""
    path = tmp_path / "danh-sach-truong.xlsx"
    workbook.write(path, 300)
    with live_server.app.app_context(), transaction.writing():
        scope = operators.in_campaign(KINDERGARTEN, CAMPAIGN)
        run = runs.claim(scope.institution_id, roster_steps.receive(scope, path.name, path.read_bytes()))
    assert run is not None
    return run


def test_the_bar_moves_by_itself_and_leads_on(another_at_it: Claimed, live_server: Served, any_page: Page, axe: Check, screenshot: Keep):
    sign_in(any_page, MAI, f"/sign-in?next={EMPTY_HOME}/rosters")
    beat(live_server, another_at_it, "judged", 12_000)
    any_page.get_by_role("link", name="danh-sach-truong.xlsx").click()
    bar = any_page.locator("#rosters-progress progress")
    expect(bar).to_have_attribute("value", "53", timeout=LONG)
    any_page.get_by_role("button", name="Dừng").focus()
    beat(live_server, another_at_it, "written", 5_000)
    expect(bar).to_have_attribute("value", "75", timeout=LONG)
    expect(any_page.locator("#rosters-progress .far")).to_contain_text("5.000 trong 20.000 dòng")
    expect(any_page.locator("#rosters-said")).to_have_text("Đang ghi các dòng.")
    expect(any_page.get_by_role("button", name="Dừng")).to_be_focused()
    axe(any_page)
    assert any_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    screenshot(any_page, "progress")
    with live_server.app.app_context(), transaction.writing():
        runs.let_go(another_at_it)  # and whoever looks takes it up
    expect(any_page.locator("h1")).to_have_text("Xem lại trước khi nhập", timeout=LONG)
    expect(any_page.locator("#rosters-outcome")).to_contain_text("300")


def beat(served: Served, run: Claimed, stage: str, done: int) -> None:
    with served.app.app_context(), transaction.writing():
        assert runs.beat(run, stage, done, ROWS)


def test_a_large_roster_goes_on_while_the_page_is_closed(open_page: OpenPage, live_server: Served, large: Path):
    page = open_page()
    sign_in(page, MAI)
    with held_up(live_server) as let_go:
        send(page, large)
        expect(page).to_have_url(re.compile(r"/run$"))
        expect(page.locator("#rosters-progress progress")).to_have_attribute("value", NEARLY, timeout=LONG)
        page.close()
        let_go()
    with live_server.app.app_context():
        background.of(live_server.app).wait()
    page = open_page()
    sign_in(page, MAI, f"/sign-in?next={EMPTY_HOME}/rosters")
    page.get_by_role("link", name=large.name).click()
    assert number(page.locator("#rosters-outcome").text_content()) == ROWS
    page.get_by_role("button", name="Nhập 20.000").click()
    expect(page.locator(".note.good")).to_be_visible(timeout=LONG)
    assert people_of_kindergarten(live_server) == ROWS


def test_a_large_roster_is_stopped_and_leaves_nothing(page: Page, live_server: Served, large: Path, axe: Check, screenshot: Keep):
    sign_in(page, MAI)
    with held_up(live_server) as let_go:
        send(page, large)
        expect(page.locator("#rosters-progress progress")).to_have_attribute("value", NEARLY, timeout=LONG)
        threading.Timer(1.0, let_go).start()
        page.get_by_role("button", name="Dừng").click()
        expect(page.locator(".note.info")).to_have_text("Việc đọc tệp đã được dừng. Chưa nhập gì.", timeout=LONG)
    axe(page)
    screenshot(page, "stopped")
    page.goto(f"{EMPTY_HOME}/rosters")
    expect(page.locator(".tag", has_text="đã dừng")).to_be_visible()
    assert people_of_kindergarten(live_server) == 0


def test_a_correction_that_takes_long_leads_to_its_progress_and_back_without_asking(page: Page):
    sign_in(page, AN, f"{HOME}/rosters")
    page.locator("input[type=file]").set_input_files(DIRTY)
    page.locator("main form.upload button").click()
    cell = page.get_by_label("C12")
    expect(cell).to_be_visible(timeout=LONG)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    cell.fill("28/02/2012")
    with page.expect_navigation(url=re.compile("/run$")):
        cell.press("Enter")
    expect(page.locator("#rosters-changes td.wrong").first).to_be_visible(timeout=LONG)
    expect(page.get_by_label("C12")).to_have_count(0)
    assert asked == []


def test_strangers_are_asked_about_before_anybody_goes_in(
    live_server: Served, any_page: Page, axe: Check, screenshot: Keep, tmp_path: Path
):
    path = tmp_path / "nguoi-la.xlsx"
    workbook.write(path, 60)
    with live_server.app.app_context(), transaction.writing():
        rosters.receive(operators.in_campaign(SCHOOL, CAMPAIGN), path.name, path.read_bytes())
    sign_in(any_page, AN, f"/sign-in?next={HOME}/rosters")
    any_page.get_by_role("link", name=path.name).click()
    expect(any_page.locator("#rosters-doubts")).to_contain_text("chỉ có 0 người")
    axe(any_page)
    assert any_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    screenshot(any_page, "doubts")
    any_page.get_by_role("button", name="Đúng tệp này").click()
    expect(any_page.get_by_role("button", name="Nhập 60")).to_be_visible()


def test_without_javascript_the_page_looks_again_by_itself(another_at_it: Claimed, live_server: Served, open_page: OpenPage):
    page = open_page(NARROW, java_script_enabled=False)
    sign_in(page, MAI, f"/sign-in?next={EMPTY_HOME}/rosters")
    page.get_by_role("link", name="danh-sach-truong.xlsx").click()
    expect(page.locator("#rosters-progress progress")).to_be_visible()
    expect(page.get_by_role("link", name="Xem lại")).to_be_visible()
    with live_server.app.app_context(), transaction.writing():
        runs.let_go(another_at_it)
    expect(page.locator("h1")).to_have_text("Xem lại trước khi nhập", timeout=LONG)


def people_of_kindergarten(served: Served) -> int:
    with served.app.app_context(), transaction.reading():
        here = select(Institution.id).where(Institution.code == KINDERGARTEN).scalar_subquery()
        return db.session.scalar(select(func.count()).select_from(Person).where(Person.institution_id == here)) or 0
