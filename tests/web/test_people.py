"""The list of people: found without marks, filtered by the address alone, recorded for many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.domain.registration import Event
from app.extensions import db
from app.models import RecordedEvent
from app.queries import people
from app.services import registrations
from tests.builders import at, make_person, record
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, GIANG, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
PEOPLE = f"{HOME}/people"
EVENTS = f"{HOME}/events"


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def ids(scene: Flask) -> dict[str, int]:
    """Five people of three classes, one of them with an account, one outside the target."""
    found = {}
    with scene.app_context():
        for name, unit, code in (
            ("Trần Bảo Ân", "6A1", "0100000001"),
            ("Lê Thị Ánh", "6A1", "0100000002"),
            ("Đỗ Văn An", "6A2", "0100000003"),
            ("Nguyễn Đình Đức", "6A2", "0100000004"),
            ("Bùi An", None, "0100000005"),
        ):
            found[name] = make_person(SCHOOL, CAMPAIGN, name, unit, bhxh_code=code)
        record(SCHOOL, CAMPAIGN, found["Lê Thị Ánh"], Event.GRANTED, date(2026, 11, 20))
        record(SCHOOL, CAMPAIGN, found["Bùi An"], Event.EXCLUDED, date(2026, 11, 20), "nghỉ việc")
    return found


@pytest.fixture
def alice(ids: dict[str, int], make_client: Callable[[], CheckedClient]) -> CheckedClient:
    return signed_in(make_client, ALICE)


def names(page: Page) -> list[str]:
    return page.texts("#people-rows td > a")


def chips(page: Page) -> dict[str, int]:
    return {text.rpartition(" ")[0]: int(text.rpartition(" ")[2]) for text in page.texts("#people-table .chips a")}


def recorded(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(RecordedEvent)) or 0


def test_people_stand_in_the_order_of_their_given_names(alice: CheckedClient):
    assert names(alice.page(PEOPLE)) == ["Bùi An", "Đỗ Văn An", "Lê Thị Ánh", "Trần Bảo Ân", "Nguyễn Đình Đức"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("duc", ["Nguyễn Đình Đức"]),
        ("DINH duc", ["Nguyễn Đình Đức"]),
        ("ánh", ["Lê Thị Ánh"]),
        ("0100000003", ["Đỗ Văn An"]),
        ("bao an", ["Trần Bảo Ân"]),
        ("%", []),
        ("không ai", []),
    ],
)
def test_search_needs_no_marks_and_finds_numbers(alice: CheckedClient, search: str, found: list[str]):
    assert names(alice.page(PEOPLE, query_string={"q": search})) == found


def test_htmx_gets_the_same_part_that_the_page_includes(alice: CheckedClient):
    fragment = alice.fragment(PEOPLE, query_string={"q": "an"})
    assert not fragment.whole
    assert names(fragment) == names(alice.page(PEOPLE, query_string={"q": "an"}))
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["people-table"]


def test_what_was_typed_and_chosen_stands_in_the_address(alice: CheckedClient):
    typed = alice.get(f"{PEOPLE}?q=an&unit=&standing=unheard-of", headers={"HX-Request": "true", "HX-Trigger": "people-filter"})
    assert typed.headers["HX-Replace-Url"] == f"{PEOPLE}?q=an"
    clicked = alice.get(f"{PEOPLE}?left=1", headers={"HX-Request": "true"})
    assert clicked.headers["HX-Push-Url"] == f"{PEOPLE}?left=1"


def test_every_chip_leads_to_as_many_people_as_it_says(alice: CheckedClient):
    page = alice.page(PEOPLE)
    assert len(chips(page)) > 5
    for link in page.all("#people-table .chips a"):
        assert len(names(alice.page(str(link["href"])))) == int(words(link).rpartition(" ")[2]), link


def test_chips_keep_the_search_and_the_class(alice: CheckedClient):
    page = alice.page(PEOPLE, query_string={"q": "an", "unit": "none"})
    assert names(page) == ["Bùi An"]
    assert all("q=an" in str(link["href"]) and "unit=none" in str(link["href"]) for link in page.all("#people-table .chips a"))


def test_a_filter_that_no_chip_has_is_shown_as_one(alice: CheckedClient):
    page = alice.page(PEOPLE, query_string={"reached": "granted"})
    assert names(page) == ["Lê Thị Ánh"]
    assert words(page.one("#people-table .chips a[aria-current]")).endswith(" 1")


def test_each_class_is_offered_with_how_many_match(alice: CheckedClient):
    page = alice.page(PEOPLE, query_string={"q": "an"})
    assert page.texts("#people-unit option")[1:] == ["6A1 (2)", "6A2 (1)", "Không có lớp, phòng ban (1)"]


def test_nobody_found_is_said_with_a_way_back(alice: CheckedClient):
    assert str(alice.page(PEOPLE, query_string={"q": "zzz"}).one(".empty a")["href"]) == PEOPLE


def test_a_long_list_goes_on_page_by_page(alice: CheckedClient, monkeypatch: pytest.MonkeyPatch):
    whole = names(alice.page(PEOPLE))
    monkeypatch.setattr(people.people_page, "__defaults__", (None, 2))
    seen, href = [], PEOPLE
    while href:
        page = alice.page(href)
        seen.append(names(page))
        following = page.all("#people-pager a[rel=next]")
        href = str(following[0]["href"]) if following else ""
    assert [name for some in seen for name in some] == whole
    assert list(map(len, seen)) == [2, 2, 1]


def test_the_search_page_works_without_javascript(alice: CheckedClient):
    form = alice.page(PEOPLE, query_string={"standing": "to-start"}).one("#people-filter")
    assert (form["method"], form["action"]) == ("get", PEOPLE)


# Recording for many


def test_one_event_is_recorded_for_all_who_are_ticked(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    before = recorded(scene)
    answer = alice.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": [ids["Đỗ Văn An"], ids["Nguyễn Đình Đức"]]})
    page = Page(answer.text)
    assert answer.status_code == 200
    assert "2 người" in words(page.one("#people-result"))
    assert recorded(scene) == before + 2
    assert names(alice.page(PEOPLE, query_string={"standing": "paper-due"})) == ["Đỗ Văn An", "Nguyễn Đình Đức"]


def test_those_it_does_not_fit_are_named_with_the_reason_and_the_others_done(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    before = recorded(scene)
    answer = alice.post(EVENTS, data={"event": "granted", "on": "2026-11-22", "person": list(ids.values())})
    said = words(Page(answer.text).one("#people-result"))
    assert "3 người" in said
    assert "Lê Thị Ánh" in said
    assert "Bùi An" in said
    assert recorded(scene) == before + 3


def test_everybody_whom_the_filter_means_can_be_recorded(alice: CheckedClient, scene: Flask):
    before = recorded(scene)
    alice.post(f"{EVENTS}?standing=to-start", data={"event": "declared", "on": "2026-11-22", "everyone": "3"})
    assert recorded(scene) == before + 3


def test_very_many_are_recorded_some_at_a_time(alice: CheckedClient, scene: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registrations, "AT_ONCE", 2)
    answer = alice.post(EVENTS, data={"event": "granted", "on": "2026-11-22", "everyone": "5"})
    said = words(Page(answer.text).one("#people-result"))
    assert "cho 3 người" in said
    assert "cho 2 người" in said


def test_everybody_is_not_recorded_when_it_is_not_those_who_were_seen(alice: CheckedClient, scene: Flask):
    before = recorded(scene)
    answer = alice.post(f"{EVENTS}?standing=to-start", data={"event": "declared", "on": "2026-11-22", "everyone": "2"})
    assert answer.status_code == 422
    assert recorded(scene) == before


@pytest.mark.parametrize(
    "sent",
    [
        {"event": "declared", "on": "2026-11-22"},  # nobody ticked
        {"event": "", "on": "2026-11-22", "person": "1"},
        {"event": "taken-back", "on": "2026-11-22", "person": "1"},
        {"event": "declared", "on": "gestern", "person": "1"},
        {"event": "declared", "on": "2027-01-01", "everyone": "3"},
        {"event": "rejected", "on": "2026-11-22", "everyone": "3"},  # without a reason
    ],
)
def test_a_bulk_that_lacks_something_records_nothing_and_says_what(alice: CheckedClient, scene: Flask, sent: dict[str, Any]):
    before = recorded(scene)
    answer = alice.post(f"{EVENTS}?standing=to-start", data=sent)
    assert answer.status_code == 422
    assert "Chưa ghi" in words(Page(answer.text).one("#people-result"))
    assert recorded(scene) == before


def test_a_date_typed_by_hand_will_do(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    before = recorded(scene)
    alice.post(EVENTS, data={"event": "declared", "on": "22/11/2026", "person": ids["Đỗ Văn An"]})
    assert recorded(scene) == before + 1


def test_a_bulk_keeps_the_filter_and_answers_htmx_with_the_list(alice: CheckedClient, ids: dict[str, int]):
    answer = alice.post(
        f"{EVENTS}?unit=none", data={"event": "readmitted", "on": "2026-11-22", "person": ids["Bùi An"]}, headers={"HX-Request": "true"}
    )
    page = Page(answer.text)
    assert not page.whole
    assert names(page) == ["Bùi An"]


def test_loading_the_answer_again_leads_to_the_list(alice: CheckedClient):
    assert alice.get(f"{EVENTS}?standing=to-start").location == f"{PEOPLE}?standing=to-start"


def test_a_class_teacher_sees_and_records_the_own_class_only(ids: dict[str, int], make_client: Callable[[], CheckedClient], scene: Flask):
    giang = signed_in(make_client, GIANG)
    assert names(giang.page(PEOPLE)) == ["Lê Thị Ánh", "Trần Bảo Ân"]
    before = recorded(scene)
    giang.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": [ids["Trần Bảo Ân"], ids["Đỗ Văn An"]]})
    assert recorded(scene) == before + 1


def test_an_onlooker_can_not_choose_record_or_take_out(ids: dict[str, int], make_client: Callable[[], CheckedClient]):
    bob = signed_in(make_client, BOB)
    page = bob.page(PEOPLE)
    assert page.all("input[name=person], .bar, form[action*=workbook]") == []
    assert bob.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": ids["Đỗ Văn An"]}).status_code == 403


def test_another_institutions_people_are_not_there(ids: dict[str, int], make_client: Callable[[], CheckedClient]):
    charlie = signed_in(make_client, CHARLIE)
    assert charlie.get(PEOPLE).status_code == 404
    assert charlie.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": ids["Đỗ Văn An"]}).status_code == 404


def test_the_list_asks_as_much_for_many_people_as_for_few(alice: CheckedClient, scene: Flask):
    def asked() -> int:
        return len(asked_by(scene, lambda: alice.page(PEOPLE)))

    few = asked()
    with scene.app_context():
        for number in range(20):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn Hai {number}", f"9A{number}")
    assert asked() == few


@pytest.mark.parametrize(("query", "offered"), [("?standing=to-start", ["declared"]), ("?q=an&standing=to-start", ["declared"]), ("", [])])
def test_the_list_of_a_kind_of_work_offers_what_settles_it(alice: CheckedClient, query: str, offered: list[str]):
    chosen = alice.page(f"{HOME}/people{query}").all("#bulk-event option[selected]")
    assert [option["value"] for option in chosen] == offered
