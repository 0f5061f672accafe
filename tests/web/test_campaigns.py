"""A campaign is made from a letter, its dates are worked out, and institutions are picked; one from above can only be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app import clock, transaction
from app.domain.registration import Event
from app.domain.slots import Hours
from app.domain.standing import Goal
from app.services import desks
from app.services.desks import DeskDraft
from tests.builders import at, make_campaign, make_institution, make_person, record, scope_of
from tests.cast import AGENCY, ALICE, CAMPAIGN, DIEP, OTHER_AGENCY, OTHER_SCHOOL, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page

PLACE = f"/agencies/{AGENCY}"
TERMS = f"{PLACE}/campaigns/{CAMPAIGN}"
LETTER: dict[str, Any] = {
    "code": "239-2026",
    "dispatch_number": "239/BHXH-TT",
    "dispatch_on": "2026-11-10",
    "issued_by": "BHXH Long Vân",
    "scope": "100 % học sinh đang tham gia BHYT",
    "basis": "Công văn 239/BHXH-TT",
    "goal": "in-use",
    "target": "98",
    "starts_on": "2026-11-16",
    "deadline_on": "2026-12-20",
    "deadline_included": "before",
    "deadline_phrase": "trước ngày 20/12/2026",
    "procedure": "paper-2021",
    "paper_days": "10",
    "receiving_code": AGENCY,
    "contact_name": "Cô Vân",
    "contact_phone": "02438271234",
    "takes_all": "y",
}


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(date(2026, 11, 23))):
        yield


@pytest.fixture
def officer(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, DIEP)


def wrong_fields(html: str) -> set[str]:
    return {str(tag["id"]) for tag in Page(html).all("[aria-invalid=true]")} | {
        str(tag["id"]).removesuffix("-wrong") for tag in Page(html).all(".control.invalid .wrong")
    }


def test_a_letter_becomes_a_campaign(officer: CheckedClient):
    answer = officer.post(f"{PLACE}/campaigns", data=LETTER)
    assert answer.location == f"{PLACE}/campaigns/239-2026"
    text = officer.page(f"{PLACE}/campaigns/239-2026/terms").text
    for told in (
        "239/BHXH-TT",
        "10/11/2026",
        "100 % học sinh",
        "98",
        "20/12/2026",
        "trước ngày 20/12/2026",
        "Cô Vân",
        "Thứ Sáu, 18/12/2026",
    ):
        assert told in text, told


def test_all_institutions_take_part_when_the_letter_says_all(officer: CheckedClient, database: Flask):
    officer.post(f"{PLACE}/campaigns", data=LETTER)
    assert "Trường THCS Minh Họa" in officer.page(f"{PLACE}/campaigns/239-2026").text
    with database.app_context():
        make_institution("moi", AGENCY, "Trường Mới")
    assert "Trường Mới" in officer.page(f"{PLACE}/campaigns/239-2026").text


def test_institutions_are_picked_when_not_all_take_part(officer: CheckedClient):
    answer = officer.post(f"{PLACE}/campaigns", data=LETTER | {"takes_all": ""})
    assert answer.location == f"{PLACE}/campaigns/239-2026/institutions"
    page = officer.page(answer.location)
    assert page.all("input[name=institution][checked]") == []
    saved = officer.post(answer.location, data={"institution": [SCHOOL]})
    table = officer.page(saved.location)
    assert "Trường THCS Minh Họa" in table.text
    assert "Trường Tiểu học Sông Xanh" not in table.text


def test_who_has_planned_a_desk_stays_and_is_named(officer: CheckedClient, database: Flask):
    with database.app_context(), transaction.writing():
        draft = DeskDraft("Hội trường", date(2026, 11, 25), Hours("08:00", "11:00", 30, 5))
        assert isinstance(desks.create(scope_of(SCHOOL, CAMPAIGN), draft), int)
    assert officer.post(f"{TERMS}/institutions", data={"institution": [OTHER_SCHOOL]}).status_code < 400
    assert SCHOOL in officer.page(TERMS).one("#notice").text


def test_who_has_people_stays_and_is_named(officer: CheckedClient, database: Flask):
    with database.app_context():
        make_person(SCHOOL, CAMPAIGN, "Trần An")
    officer.post(f"{TERMS}/institutions", data={"institution": [OTHER_SCHOOL]})
    page = officer.page(TERMS)
    assert SCHOOL in page.one("#notice").text
    assert "Trường THCS Minh Họa" in page.one("#agencies-table").text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": CAMPAIGN}, "code"),
        ({"code": "có dấu"}, "code"),
        ({"code": "new"}, "code"),
        ({"deadline_on": ""}, "deadline_on"),
        ({"deadline_on": "31/31/2026"}, "deadline_on"),
        ({"deadline_on": "2026-11-01"}, "deadline_on"),
        ({"target": "101"}, "target"),
        ({"target": "viel"}, "target"),
        ({"receiving_code": "77777"}, "receiving_code"),
        ({"contact_email": "van"}, "contact_email"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(officer: CheckedClient, change: dict[str, str], field: str):
    answer = officer.post(f"{PLACE}/campaigns", data=LETTER | change)
    assert answer.status_code == 422
    assert wrong_fields(answer.text) == {field}
    assert [a["href"] for a in Page(answer.text).all(".summary a")] == [f"#{field}"]
    assert "239/BHXH-TT" not in officer.page(f"{PLACE}/campaigns").text


@pytest.mark.parametrize(
    ("deadline", "included", "safe"),
    [("2026-12-20", "before", "18/12/2026"), ("2026-12-18", "included", "18/12/2026"), ("2026-12-18", "before", "17/12/2026")],
)
def test_the_safe_day_is_shown_while_the_dates_are_typed(officer: CheckedClient, deadline: str, included: str, safe: str):
    fragment = officer.fragment(f"{PLACE}/dates?deadline_on={deadline}&deadline_included={included}&starts_on=2026-12-14")
    assert not fragment.whole
    assert safe in fragment.one("#campaigns-dates").text


@pytest.mark.parametrize("query", ["", "deadline_on=", "deadline_on=x", "deadline_on=2026-12-20&deadline_included=z"])
def test_dates_half_typed_are_no_error(officer: CheckedClient, query: str):
    assert officer.fragment(f"{PLACE}/dates?{query}").one("#campaigns-dates")


def test_the_terms_can_be_changed(officer: CheckedClient):
    form = officer.page(f"{TERMS}/edit").form("main form")
    answer = officer.post(form.action, data=form.values | {"deadline_on": "2026-12-11", "deadline_included": "included"})
    assert answer.location == f"{TERMS}/terms"
    assert "11/12/2026" in officer.page(answer.location).text


def test_the_form_sent_as_it_stands_changes_nothing_even_after_the_first_step(officer: CheckedClient, database: Flask):
    with database.app_context():
        record(SCHOOL, CAMPAIGN, make_person(SCHOOL, CAMPAIGN, "Trần An"), Event.DECLARED, date(2026, 11, 20))
    before = officer.page(f"{TERMS}/terms").text
    form = officer.page(f"{TERMS}/edit").form("main form")
    assert officer.post(form.action, data=form.values).status_code == 302
    assert officer.page(f"{TERMS}/terms").text.replace("Đã lưu.", "").replace("Saved.", "").split() == before.split()


def test_the_form_shows_the_campaign_as_it_is(officer: CheckedClient, database: Flask):
    with database.app_context():
        make_campaign(
            "dien-tu", AGENCY, procedure="eid-2025", goal=Goal.IN_USE, target=95, deadline_included=True, dispatch_number="7/BHXH"
        )
    values = officer.page(f"{PLACE}/campaigns/dien-tu/edit").form("main form").values
    told = {name: values[name] for name in ("procedure", "goal", "target", "deadline_included", "dispatch_number", "receiving_code")}
    assert told == {
        "procedure": "eid-2025",
        "goal": "in-use",
        "target": "95",
        "deadline_included": "included",
        "dispatch_number": "7/BHXH",
        "receiving_code": AGENCY,
    }


def test_the_procedure_stays_once_a_step_is_recorded(officer: CheckedClient, database: Flask):
    with database.app_context():
        record(SCHOOL, CAMPAIGN, make_person(SCHOOL, CAMPAIGN, "Trần An"), Event.DECLARED, date(2026, 11, 20))
    form = officer.page(f"{TERMS}/edit").form("main form")
    answer = officer.post(form.action, data=form.values | {"procedure": "eid-2025"})
    assert answer.status_code == 422
    assert wrong_fields(answer.text) == {"procedure"}


def test_a_campaign_from_above_can_be_looked_at_and_not_changed(officer: CheckedClient, database: Flask):
    with database.app_context():
        make_campaign("tinh", "990")
    page = officer.page(f"{PLACE}/campaigns/tinh/terms")
    assert f"{PLACE}/campaigns/tinh/edit" not in page.html
    assert "tinh" in officer.page(f"{PLACE}/campaigns").text
    for path in ("edit", "institutions"):
        assert officer.get(f"{PLACE}/campaigns/tinh/{path}").status_code == 403
    assert officer.post(f"{PLACE}/campaigns/tinh", data=LETTER).status_code == 403
    assert officer.post(f"{PLACE}/campaigns/tinh/institutions", data={"institution": [SCHOOL]}).status_code == 403


def test_another_agencys_campaigns_are_not_there(officer: CheckedClient):
    for path in ("terms", "edit", "institutions"):
        assert officer.get(f"/agencies/{OTHER_AGENCY}/campaigns/dot-xa/{path}").status_code == 404
        assert officer.get(f"{PLACE}/campaigns/dot-xa/{path}").status_code == 404
    assert officer.post(f"/agencies/{OTHER_AGENCY}/campaigns", data=LETTER).status_code == 404


def test_a_coordinator_makes_no_campaign(officer: CheckedClient, make_client: Callable[[], CheckedClient]):
    assert signed_in(make_client, ALICE).get(f"{PLACE}/campaigns/new").status_code == 404
