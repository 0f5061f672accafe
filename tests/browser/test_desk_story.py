"""A registration desk, end to end: planned, filled, and worked at with a card reader and the keyboard alone; also on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from app import clock, transaction
from app.demo.filling import CAMPAIGN
from app.domain.registration import State
from app.domain.slots import Hours
from app.extensions import db
from app.models import Person, Registration, Unit
from app.queries import operators
from app.services import desks
from app.services.desks import DeskDraft
from tests.browser.conftest import NARROW, OpenPage, Served
from tests.browser.visits import AN, HOME, SCHOOL, sign_in

Check = Callable[[Page], None]
Keep = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Pupil:
    id: int
    full_name: str
    personal_id: str
    born: date

    @property
    def line(self) -> str:
        """What a reader types from the card, without the Enter at its end."""
        return f"{self.personal_id}||{self.full_name}|{self.born:%d%m%Y}|Nam|Số 1, Phường 2|01012021"


@pytest.fixture
def pupils(live_server: Served) -> list[Pupil]:
    """Pupils of 6A1 who have not started."""
    with live_server.app.app_context(), transaction.reading():
        scope = operators.in_campaign(SCHOOL, CAMPAIGN)
        mine = Person.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id
        statement = (
            select(Person)
            .join(Registration, (Registration.institution_id == Person.institution_id) & (Registration.person_id == Person.id))
            .join(Unit, (Unit.institution_id == Person.institution_id) & (Unit.id == Person.unit_id))
            .where(*mine, Unit.name == "6A1", Registration.state == State.TO_START)
            .order_by(Person.sort_key)
        )
        return [Pupil(p.id, p.full_name, p.personal_id or "", p.birth_date or date.min) for p in db.session.scalars(statement)]


@pytest.fixture
def desk(live_server: Served) -> str:
    """A desk of today."""
    with live_server.app.app_context(), transaction.writing():
        draft = DeskDraft("Hội trường tầng 1", clock.today(), Hours("08:00", "11:00", 30, 10), "Mang theo thẻ căn cước.")
        return f"{HOME}/desks/{desks.create(operators.in_campaign(SCHOOL, CAMPAIGN), draft)}"


def count(page: Page, place: int) -> int:
    """Expected, came, recorded today, noted apart."""
    return int(page.locator("#desks-counts b").nth(place).inner_text())


def test_a_desk_is_planned_and_filled_and_its_list_can_be_printed(page: Page, axe: Check, screenshot: Keep):
    sign_in(page, AN, f"{HOME}/desks")
    page.locator(".head .main-act").click()
    page.locator("[name=place]").fill("Hội trường tầng 1")
    page.locator("[name=on]").fill(clock.today().isoformat())
    axe(page)
    screenshot(page, "desk-new")
    page.locator("form .main-act").click()
    page.locator("#unit").select_option(label="6A1")
    page.locator("[name=who]").nth(1).check()
    page.locator("#desks-expected .main-act").click()
    expect(page.locator("#notice .good")).to_be_visible()
    expected = count(page, 0)
    assert expected > 10
    expect(page.locator("#desks-expected tbody tr:not(.slot)")).to_have_count(expected)
    axe(page)
    screenshot(page, "desk-filled")
    page.locator("#desks-expected .as-link").first.click()
    expect(page.locator("#desks-expected tbody tr:not(.slot)")).to_have_count(expected - 1)
    page.emulate_media(media="print")
    expect(page.locator("#desks-expected table")).to_be_visible()
    for hidden in (".side", "#desks-visitors", "#desks-expected form", ".head .button"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_a_card_and_one_key_are_all_it_takes(page: Page, desk: str, pupils: list[Pupil], axe: Check, screenshot: Keep):
    sign_in(page, AN, f"{desk}/counter")
    box = page.locator("#desk-q")
    expect(box).to_be_focused()
    axe(page)
    screenshot(page, "desk-counter")
    for number, pupil in enumerate(pupils[:2], 1):
        page.keyboard.type(pupil.line)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(pupil.full_name)
        axe(page)
        screenshot(page, f"desk-person-{number}")
        page.keyboard.press("1")
        expect(page.locator("#notice .good")).to_be_visible()
        expect(box).to_be_focused()
        expect(box).to_have_value("")
    assert count(page, 1) >= 2
    assert count(page, 2) >= 2
    assert pupils[0].personal_id not in page.url


def test_what_a_reader_types_on_somebodys_page_records_nothing_and_finds_the_next(page: Page, desk: str, pupils: list[Pupil]):
    """The line begins with digits, and those are keys there."""
    sign_in(page, AN, f"{desk}/people/{pupils[0].id}")
    expect(page.locator("#desks-person")).to_be_focused()
    page.keyboard.type(pupils[1].line, delay=5)
    expect(page.locator("#desk-q")).to_have_value(pupils[1].line)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(pupils[1].full_name)
    page.keyboard.press("Escape")
    expect(page.locator("#desk-q")).to_be_focused()
    assert [count(page, place) for place in (1, 2)] == [0, 0]


def test_a_reader_and_keys_are_heard_before_the_rest_of_the_page_is_there(page: Page, desk: str, pupils: list[Pupil]):
    """On an old laptop a page is shown long before its scripts have run; and a click beside everything takes the focus away."""
    sign_in(page, AN, f"{desk}/counter")
    keyboard, held = page.keyboard, list[Route]()
    page.route("**/htmx.min.js*", lambda route: held.append(route))  # the deferred scripts wait for it, and the page's focus for them
    page.goto(f"{desk}/people/{pupils[0].id}", wait_until="commit")
    expect(page.locator("h1")).to_have_text(pupils[0].full_name)
    page.evaluate("document.activeElement.blur()")
    keyboard.type(pupils[1].line, delay=5)
    expect(page.locator("#desk-q")).to_have_value(pupils[1].line)
    page.evaluate("document.activeElement.blur()")
    keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/counter$"))
    assert held, "the page was whole already"
    page.unroute_all()
    assert [count(page, place) for place in (1, 2)] == [0, 0]


def test_keys_press_nothing_while_somebody_types_in_a_field(page: Page, desk: str, pupils: list[Pupil]):
    sign_in(page, AN, f"{desk}/people/{pupils[0].id}")
    page.locator("#desk-q").click()
    page.keyboard.type("12")
    expect(page.locator("#desk-q")).to_have_value("12")
    expect(page.locator("h1")).to_have_text(pupils[0].full_name)


def test_who_is_on_no_roster_is_noted_apart_on_a_phone(phone: Page, desk: str, axe: Check, screenshot: Keep):
    sign_in(phone, AN, f"{desk}/counter")
    phone.keyboard.type("079301999999||Nguyễn Thị Không Có|01022011|Nữ|Số 1|01012021")
    phone.keyboard.press("Enter")
    expect(phone.locator("#desks-visitor [name=full_name]")).to_have_value("Nguyễn Thị Không Có")
    axe(phone)
    screenshot(phone, "desk-nobody")
    phone.locator("#desks-visitor [name=note]").fill("nói là lớp 6A9")
    phone.locator("#desks-visitor .main-act").click()
    expect(phone.locator("#desk-q")).to_be_focused()
    assert count(phone, 3) == 1
    phone.goto(desk)
    expect(phone.locator("#desks-visitors tbody")).to_contain_text("Nguyễn Thị Không Có")
    axe(phone)
    screenshot(phone, "desk-phone")
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_counter_works_without_javascript(open_page: OpenPage, desk: str, pupils: list[Pupil]):
    page = open_page(NARROW, java_script_enabled=False)
    sign_in(page, AN, f"{desk}/counter")
    page.locator("#desk-q").fill(pupils[0].line)
    page.locator("#desks-search .button").click()
    expect(page.locator("h1")).to_have_text(pupils[0].full_name)
    page.locator("#desks-presses .main-act").first.click()
    expect(page.locator("#notice .good")).to_be_visible()
    assert count(page, 1) >= 1
