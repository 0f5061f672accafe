"""The coordinator's home: today's work, the rail, the classes, and every number a way to the people behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from bs4 import Tag
from flask import Flask

from app import clock, transaction
from app.domain.registration import Event
from app.domain.standing import Goal
from app.queries import operators
from app.services import places
from app.services.places import ContactGiven
from tests.builders import at, make_campaign, make_person, record
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, OTHER_HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
IN_USE_CAMPAIGN = "dot-su-dung"
Browser = Callable[[str], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def school(scene: Flask, make_client: Callable[[], CheckedClient]) -> Browser:
    """A school of twelve people, one or two in each standing; answers a browser in which somebody has signed in."""
    with scene.app_context():
        fill_the_school()
    return lambda who: signed_in(make_client, who)


def fill_the_school() -> None:
    def someone(name: str, unit: str | None, *events: tuple[Event, int], reason: str | None = None) -> None:
        number = make_person(SCHOOL, CAMPAIGN, name, unit)
        for happened, day in events:
            record(SCHOOL, CAMPAIGN, number, happened, date(2026, 11, day), reason)

    someone("Trần An", "6A1", (Event.DECLARED, 13))  # due today
    someone("Lê Bình", "6A1", (Event.DECLARED, 14))  # due tomorrow
    someone("Đỗ Chi", "6A1", (Event.DECLARED, 16))  # due in three days
    someone("Vũ Dung", "6A1", (Event.DECLARED, 20))  # has a week
    someone("Mai Đạt", "6A2", (Event.DECLARED, 10))  # lapsed
    someone("Ngô Giang", "6A2", (Event.REJECTED, 19), reason="ảnh mờ")
    someone("Hồ Hà", "6A2", (Event.CODE_MISSING, 19))
    someone("Lý Hiền", "6A2", (Event.DECLARED, 10), (Event.HANDED_IN, 12))  # with BHXH for too long
    someone("Tạ Khoa", "6A2", (Event.GRANTED, 19))
    someone("Phan Lan", "6A2", (Event.SIGNED_IN, 19))
    someone("Cao Minh", None)
    someone("Bùi Nga", None, (Event.EXCLUDED, 19), reason="nghỉ việc")


def work(page: Page) -> dict[str, int]:
    """Today's work: what is said, and for how many."""
    return {words(line.select_one("span")): number(line.select_one("b")) for line in page.all("#home-work li")}


def number(tag: Tag | None) -> int:
    assert tag is not None
    return int(words(tag).replace(".", ""))


def listed(client: CheckedClient, href: str) -> list[str]:
    return client.page(href).texts("#people-rows td:not(.pick):has(a) > a")


def test_todays_work_is_told_the_most_pressing_first(school: Browser):
    lines = school(ALICE).page(HOME).all("#home-work li")
    assert [(number(line.select_one("b")), line["class"]) for line in lines] == [
        (2, ["bad"]),  # by tomorrow
        (1, ["bad"]),  # lapsed
        (1, ["bad"]),  # rejected
        (1, ["warn"]),  # in three days
        (1, ["warn"]),  # BHXH is late
        (1, ["warn"]),  # no code
        (1, ["plain"]),  # not started
    ]


def test_rejections_come_with_their_reasons(school: Browser):
    assert any(text.endswith("ảnh mờ (1)") for text in work(school(ALICE).page(HOME)))


def test_every_number_leads_to_exactly_as_many_people(school: Browser):
    """Tile = list: today's work, the rail's parts, the figures, the classes."""
    client = school(ALICE)
    page = client.page(HOME)
    links = [link for link in page.all("#main a[href*='/people']") if link.select_one("b") or words(link).replace(".", "").isdigit()]
    assert len(links) > 15
    for link in links:
        shown = number(link.select_one("b") or link)
        assert len(listed(client, str(link["href"]))) == shown, link


def test_the_rail_counts_everybody_in_scope_once(school: Browser):
    parts = [number(b) for b in school(ALICE).page(HOME).all(".keys b")]
    assert parts == [1, 1, 5, 3, 1]


def test_the_head_says_until_when_and_how_many_days_are_left(school: Browser):
    text = words(school(ALICE).page(HOME).one("header.head"))
    assert "trước ngày 30/12/2026" in text
    assert "29/12/2026" in text  # the safe day
    assert "còn 26 ngày làm việc" in text


def test_classes_stand_worst_first(school: Browser):
    rows = school(ALICE).page(HOME).all("#home-units tbody tr")
    assert [words(row.select_one("td")) for row in rows] == ["6A1", "Không có lớp, phòng ban", "6A2"]


def test_a_class_leads_to_its_people_and_to_those_who_are_left(school: Browser):
    client = school(ALICE)
    row = client.page(HOME).all("#home-units tbody tr")[0]
    links = [str(link["href"]) for link in row.select("a")]
    assert [len(listed(client, href)) for href in links] == [4, 4]


def test_a_class_teacher_sees_the_own_class_only(school: Browser):
    page = school(GIANG).page(HOME)
    assert page.texts("#home-units tbody td:first-child") == ["6A1"]
    assert sum(number(b) for b in page.all(".keys b")) == 4
    assert sum(work(page).values()) == 3


def test_before_the_first_roster_the_coordinator_is_told_to_upload_it(scene: Flask, make_client: Callable[[], CheckedClient]):
    page = signed_in(make_client, ALICE).page(HOME)
    assert str(page.one(".empty a")["href"]) == f"{HOME}/rosters"
    assert signed_in(make_client, BOB).page(HOME).all(".empty a") == []


def test_when_everybody_is_done_it_says_so(scene: Flask, make_client: Callable[[], CheckedClient]):
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1"), Event.GRANTED, TODAY)
    page = signed_in(make_client, ALICE).page(HOME)
    assert page.all("#home-work li") == []
    assert "100 %" in page.one(".figure strong").text.replace("\xa0", " ")


def test_who_has_not_signed_in_is_work_only_where_use_is_the_goal(scene: Flask, make_client: Callable[[], CheckedClient]):
    with scene.app_context():
        make_campaign(IN_USE_CAMPAIGN, AGENCY, goal=Goal.IN_USE)
        for campaign in (CAMPAIGN, IN_USE_CAMPAIGN):
            record(SCHOOL, campaign, make_person(SCHOOL, campaign, "Trần An"), Event.GRANTED, TODAY)
    client = signed_in(make_client, ALICE)
    assert work(client.page(HOME)) == {}
    assert list(work(client.page(f"/institutions/{SCHOOL}/campaigns/{IN_USE_CAMPAIGN}")).values()) == [1]


def test_whom_to_ask_on_both_sides_is_named(school: Browser, database: Flask):
    with database.app_context(), transaction.writing():
        scope = operators.in_campaign(SCHOOL, CAMPAIGN)
        places.update_institution(scope.within, "Trường THCS Minh Họa", ContactGiven("Cô Hạnh", "0912000111"))
        places.update_agency(operators.agency(AGENCY), "BHXH Long Vân", ContactGiven("Anh Tuấn", "02438271234"))
    said = words(school(ALICE).page(HOME).one("#home-progress"))
    assert "Cô Hạnh" in said
    assert "Anh Tuấn" in said


def test_an_onlooker_sees_the_numbers_but_takes_nothing_out(school: Browser):
    page = school(BOB).page(HOME)
    assert page.all("form[action$='/workbook']") == []
    assert page.all("#home-work li")


@pytest.mark.parametrize("who", [CHARLIE])
def test_another_institutions_home_is_not_there(school: Browser, who: str):
    assert school(who).get(HOME).status_code == 404
    assert school(who).get(OTHER_HOME).status_code == 200


def test_the_officer_may_look_in(school: Browser):
    assert sum(work(school(DIEP).page(HOME)).values()) == 8


def test_the_home_asks_the_database_a_few_questions_however_many_tiles_it_has(school: Browser, database: Flask):
    client = school(ALICE)
    asked = [one.statement for one in asked_by(database, lambda: client.page(HOME)) if one.statement.startswith("SELECT")]
    about_people = [statement for statement in asked if "FROM registrations" in statement]
    assert len(about_people) == 4  # the tally by class, forms by day, what stands beside the way, reasons
    assert len(asked) <= 24
