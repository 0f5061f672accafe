"""The pages of guardians: listed with their children, recorded for many, added to a child by hand and taken off again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.registration import Event, Proof
from app.domain.standing import Standing
from app.extensions import db
from app.models import RecordedEvent
from app.queries import campaigns, guardians, people
from app.queries.people import PersonView
from app.services.guardians import link_guardians
from imports import GuardianRead
from tests.builders import at, make_person, record, scope_of
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, GIANG, HOME, OTHER_HOME, OTHER_SCHOOL, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
LIST = f"{HOME}/guardians"
EVENTS = f"{LIST}/events"
HA = GuardianRead("mother", "Trần Thu Hà", "0912000111", None)
NAM = GuardianRead("father", "Lê Văn Nam", "0912000222", None)
LIEN = GuardianRead("mother", "Đỗ Thị Liên", "0912000333", None)
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def ids(scene: Flask) -> dict[str, int]:
    """An and Bình are Hà's, in two classes; Bình is Nam's as well; Chi is Liên's, who has an account."""
    found = {}
    with scene.app_context():
        for name, unit, parents in (("Lê An", "6A1", [HA]), ("Lê Bình", "6A2", [HA, NAM]), ("Đỗ Chi", "6A2", [LIEN])):
            found[name] = child(name, unit, *parents)
    for name, parent in (("Lê An", "Trần Thu Hà"), ("Lê Bình", "Lê Văn Nam"), ("Đỗ Chi", "Đỗ Thị Liên")):
        found[parent] = next(one.id for one in known(scene, found[name]).guardians if one.full_name == parent)
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, found["Đỗ Thị Liên"], Event.GRANTED, date(2026, 11, 20))
    return found


def child(name: str, unit: str, *parents: GuardianRead, school: str = SCHOOL) -> int:
    number = make_person(school, CAMPAIGN, name, unit, birth_date=date(2015, 3, 1))
    with transaction.writing():
        scope = scope_of(school, CAMPAIGN)
        link_guardians(scope, campaigns.campaign(scope), 1, [(number, parents)])
    return number


def known(app: Flask, number: int, school: str = SCHOOL) -> PersonView:
    with app.app_context(), transaction.reading():
        scope = scope_of(school, CAMPAIGN)
        found = people.person(scope, campaigns.campaign(scope), number)
    assert found is not None
    return found


@pytest.fixture
def alice(ids: dict[str, int], make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


def names(page: Page) -> list[str]:
    return [
        words(link)
        for link in page.all("tbody tr > td.wide:nth-of-type(2) > a:first-child, tbody tr > td.wide:first-child > a:first-child")
    ]


def shared_phones(page: Page) -> int:
    """The tag stands beside the telephone."""
    return len(page.all("tbody .dial ~ .tag.warn"))


def work_of(client: CheckedClient, named: str) -> Tag:
    """The line of todays work that leads to a list so narrowed."""
    return client.page(HOME).one(f"#home-work li:has(a[href*='{named}='])")


def recorded(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(RecordedEvent)) or 0


def test_each_guardian_stands_once_with_all_their_children(alice: CheckedClient, ids: dict[str, int]) -> None:
    page = alice.page(LIST)
    assert names(page) == ["Trần Thu Hà", "Đỗ Thị Liên", "Lê Văn Nam"]
    first = page.all("tbody tr")[0]
    assert [words(link) for link in first.select("li a")] == ["Lê An", "Lê Bình"]
    assert str(first.select("td.wide a")[0]["href"]) == f"{HOME}/people/{ids['Trần Thu Hà']}"
    assert "Kê khai trên cổng" in words(first.select("small")[0])
    for link in page.all("tbody a[href^='/']"):
        assert alice.get(str(link["href"])).status_code == 200


def test_only_those_can_be_shown_for_whom_children_wait(alice: CheckedClient) -> None:
    assert names(alice.page(f"{LIST}?blocking=1")) == ["Trần Thu Hà", "Lê Văn Nam"]
    page = alice.page(LIST)
    for link in page.all(".chips a"):
        assert len(alice.page(str(link["href"])).all("tbody tr")) == int(words(link).rpartition(" ")[2])


def test_whose_own_form_presses_is_shown_apart(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    """Todays work counts them, for their children wait as long as they do."""
    assert alice.page(HOME).all("#home-work a[href*='pressing']") == []
    alice.post(EVENTS, data={"event": "declared", "on": "2026-11-10", "person": [ids["Trần Thu Hà"]]})  # lapsed
    link = alice.page(HOME).one("#home-work li.bad:has(a[href*='pressing'])")
    assert words(link.select("b")[0]) == "1"
    page = alice.page(f"{LIST}?pressing=1")
    assert names(page) == ["Trần Thu Hà"]
    for chip in page.all(".chips a"):
        assert len(alice.page(str(chip["href"])).all("tbody tr")) == int(words(chip).rpartition(" ")[2])
    assert alice.page(f"{LIST}?pressing=1&q=nam").all("tbody tr") == []


def test_children_who_wait_stand_once_in_todays_work(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    """By their guardians, with how many children wait; and by themselves only where nobody is noted as guardian."""
    waiting = words(work_of(alice, "blocking"))
    assert waiting.startswith("2")
    assert "(2 " in waiting
    assert alice.page(HOME).all("#home-work a[href*='blocked-guardian'], #home-work a[href*='no_guardian']") == []
    with scene.app_context():
        child("Vũ Giang", "6A1")
    line = work_of(alice, "no_guardian")
    assert words(line.select("b")[0]) == "1"
    listed = alice.page(str(line.select("a")[0]["href"]))
    assert listed.texts("#people-rows td:not(.pick):has(a) > a") == ["Vũ Giang"]


def test_htmx_gets_the_part_that_the_page_includes(alice: CheckedClient) -> None:
    fragment = alice.fragment(f"{LIST}?blocking=1")
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["guardians-table"]


@pytest.mark.parametrize(("search", "found"), [("ha", ["Trần Thu Hà"]), ("LE van", ["Lê Văn Nam"]), ("an", []), ("%", [])])
def test_guardians_are_found_by_name(alice: CheckedClient, search: str, found: list[str]) -> None:
    assert names(alice.page(LIST, query_string={"q": search})) == found


def test_no_number_stays_in_the_address(alice: CheckedClient) -> None:
    answer = alice.get(LIST, query_string={"q": "Hà 0912000111", "blocking": "1"})
    assert answer.status_code == 302
    assert "0912" not in answer.location
    assert "blocking=1" in answer.location
    page = alice.page(answer.location)
    assert names(page) == ["Trần Thu Hà"]
    assert words(page.one(".note.warn"))


def test_a_shared_phone_is_pointed_out(alice: CheckedClient, scene: Flask) -> None:
    assert shared_phones(alice.page(LIST)) == 0
    with scene.app_context():
        child("Vũ Giang", "6A1", GuardianRead("mother", "Vũ Thị Yến", HA.phone, None))
    assert shared_phones(alice.page(LIST)) == 2


def test_a_long_list_goes_on_page_by_page(alice: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guardians.guardians_page.__kwdefaults__ is not None
    monkeypatch.setitem(guardians.guardians_page.__kwdefaults__, "size", 2)
    first = alice.page(LIST)
    second = alice.page(str(first.one("a[rel=next]")["href"]))
    assert names(first) + names(second) == ["Trần Thu Hà", "Đỗ Thị Liên", "Lê Văn Nam"]
    assert second.all("a[rel=next]") == []


# Recording for many


def test_one_event_for_many_guardians_unlocks_their_children(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    ticked = [ids["Trần Thu Hà"], ids["Lê Văn Nam"]]
    answer = alice.post(EVENTS, data={"event": "granted", "on": "2026-11-22", "person": ticked, "proof": "seen"})
    assert answer.status_code == 200
    assert "2" in words(Page(answer.text).one("#guardians-result"))
    assert known(scene, ids["Lê An"]).standing is Standing.TO_START
    assert known(scene, ids["Lê Văn Nam"]).facts.granted_proof is Proof.SEEN
    assert names(alice.page(f"{LIST}?blocking=1")) == []


def test_what_was_recorded_for_many_is_taken_back_for_all_of_them(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    data = {"event": "granted", "on": "2026-11-22", "person": [ids["Trần Thu Hà"], ids["Lê Văn Nam"]]}
    form = Page(alice.post(EVENTS, data=data).text).form("#guardians-result form")
    answer = alice.post(form.action, data=form.values)
    assert (answer.status_code, answer.location) == (303, LIST)
    assert "2" in words(alice.page(LIST).one(".note.good"))
    assert known(scene, ids["Lê An"]).standing is Standing.BLOCKED_GUARDIAN


def test_taking_back_for_all_leads_back_to_the_same_list_and_names_who_moved_on(
    alice: CheckedClient, ids: dict[str, int], scene: Flask
) -> None:
    data = {"event": "declared", "on": "2026-11-22", "person": [ids["Trần Thu Hà"], ids["Lê Văn Nam"]]}
    form = Page(alice.post(f"{EVENTS}?blocking=1", data=data).text).form("#guardians-result form")
    alice.post(EVENTS, data={"event": "granted", "on": "2026-11-22", "person": [ids["Lê Văn Nam"]]})
    answer = alice.post(form.action, data=form.values)
    assert (answer.status_code, answer.location) == (303, f"{LIST}?blocking=1")
    said = words(alice.page(answer.location).one(".note.warn"))
    assert "Lê Văn Nam" in said
    assert "Trần Thu Hà" not in said
    alice.post(form.action, data=form.values)
    assert words(alice.page(LIST).one(".note.warn")), "a second click is told that it was taken back already"


def test_those_it_does_not_fit_are_named_and_the_others_done(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    before = recorded(scene)
    answer = alice.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": [ids["Trần Thu Hà"], ids["Đỗ Thị Liên"]]})
    said = words(Page(answer.text).one("#guardians-result"))
    assert "Đỗ Thị Liên" in said
    assert "Trần Thu Hà" not in said
    assert recorded(scene) == before + 1


@pytest.mark.parametrize(
    "sent",
    [
        {"event": "declared", "on": "2026-11-22"},  # nobody ticked
        {"event": "", "on": "2026-11-22", "person": "1"},
        {"event": "taken-back", "on": "2026-11-22", "person": "1"},
        {"event": "declared", "on": "gestern", "person": "1"},
        {"event": "declared", "on": "2027-01-01"},
        {"event": "rejected", "on": "2026-11-22"},  # without a reason
    ],
)
def test_what_lacks_something_records_nothing_and_says_what(
    alice: CheckedClient, ids: dict[str, int], scene: Flask, sent: dict[str, Any]
) -> None:
    before = recorded(scene)
    whom = {"person": ids["Trần Thu Hà"]} if sent["on"] == "2027-01-01" or sent["event"] == "rejected" else {}
    answer = alice.post(f"{EVENTS}?blocking=1", data=whom | sent)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert words(page.one("#guardians-result"))
    assert len(page.all("tbody tr")) == 2, "the filter stays"
    assert recorded(scene) == before


def test_loading_the_answer_again_leads_to_the_list(alice: CheckedClient) -> None:
    assert alice.get(f"{EVENTS}?blocking=1").location == f"{LIST}?blocking=1"


# By hand


def add(client: CheckedClient, number: int, **typed: str) -> Any:
    form = client.page(f"{HOME}/people/{number}/guardians/new").form("main form[action$=new]")
    return client.post(form.action, data=form.values | typed)


def test_a_guardian_is_added_to_a_child_and_judged_as_a_rosters_cell(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    answer = add(alice, ids["Đỗ Chi"], full_name="  vũ thị   YẾN ", relation="mother", phone="0912.000.444", personal_id="001185000011")
    assert (answer.status_code, answer.location) == (303, f"{HOME}/people/{ids['Đỗ Chi']}")
    added = next(one for one in known(scene, ids["Đỗ Chi"]).guardians if one.id not in ids.values())
    assert (added.full_name, added.relation, added.phone) == ("Vũ Thị Yến", "mother", "0912000444")
    assert added.state == "to-start"


def test_somebody_known_becomes_this_childs_guardian_too(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    add(alice, ids["Lê An"], full_name="Đỗ Thị Liên", phone="0912000333")
    assert ids["Đỗ Thị Liên"] in {one.id for one in known(scene, ids["Lê An"]).guardians}
    assert known(scene, ids["Lê An"]).standing is Standing.TO_START


def test_a_shared_phone_is_taken_and_said(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    answer = add(alice, ids["Đỗ Chi"], full_name="Vũ Thị Yến", phone="0912000111")
    assert answer.status_code == 303
    said = " ".join(alice.page(answer.location).texts(".note.warn"))
    assert "Trần Thu Hà" in said
    assert len(known(scene, ids["Đỗ Chi"]).guardians) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"full_name": "Vũ Thị Yến", "phone": "12"}, "phone"),
        ({"full_name": "Vũ Thị Yến", "personal_id": "123"}, "personal_id"),
        ({"full_name": "Vũ Thị Yến", "personal_id": "001185000029"}, "personal_id"),  # it is Nam's
        ({"full_name": "Vũ Thị Yến", "relation": "cousin"}, "relation"),
    ],
)
def test_what_cant_be_taken_is_said_by_its_field_and_nobody_is_added(
    alice: CheckedClient, ids: dict[str, int], scene: Flask, typed: dict[str, str], field: str
) -> None:
    with scene.app_context(), transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        link_guardians(scope, campaigns.campaign(scope), 1, [(ids["Lê Bình"], (NAM._replace(personal_id="001185000029"),))])
    answer = add(alice, ids["Đỗ Chi"], **typed)
    assert answer.status_code == 422
    assert words(Page(answer.text).one(f"#{field}-wrong"))
    assert len(known(scene, ids["Đỗ Chi"]).guardians) == 1


def test_a_guardian_is_taken_off_a_child_once(alice: CheckedClient, ids: dict[str, int], scene: Flask) -> None:
    page = alice.page(f"{HOME}/people/{ids['Lê An']}/guardians/new")
    form = page.form("main form[action$=removal]")
    for _ in range(2):
        assert alice.post(form.action, data=form.values).status_code == 303
    assert known(scene, ids["Lê An"]).guardians == ()
    assert len(known(scene, ids["Lê Bình"]).guardians) == 2


def test_a_guardian_has_no_guardians(alice: CheckedClient, ids: dict[str, int]) -> None:
    assert alice.get(f"{HOME}/people/{ids['Trần Thu Hà']}/guardians/new").status_code == 404


# Who sees what


def test_a_class_teacher_sees_guardians_of_the_own_class_with_the_own_children(
    ids: dict[str, int], make_client: Make, scene: Flask
) -> None:
    giang = signed_in(make_client, GIANG)
    page = giang.page(LIST)
    assert names(page) == ["Trần Thu Hà"]
    assert "Lê Bình" not in page.text
    before = recorded(scene)
    giang.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": [ids["Trần Thu Hà"], ids["Lê Văn Nam"]]})
    assert recorded(scene) == before + 1
    assert giang.get(f"{HOME}/people/{ids['Lê An']}/guardians/new").status_code == 403


def test_an_onlooker_reads_and_changes_nothing(ids: dict[str, int], make_client: Make) -> None:
    bob = signed_in(make_client, BOB)
    assert bob.page(LIST).all("input[name=person], .bar") == []
    assert bob.post(EVENTS, data={"event": "declared", "on": "2026-11-22", "person": ids["Trần Thu Hà"]}).status_code == 403
    assert bob.post(f"{HOME}/people/{ids['Lê An']}/guardians/new", data={"full_name": "x"}).status_code == 403


def test_another_institutions_guardians_are_not_there(ids: dict[str, int], make_client: Make, scene: Flask) -> None:
    with scene.app_context():
        child("Lê Minh", "3B", HA, school=OTHER_SCHOOL)
    charlie = signed_in(make_client, CHARLIE)
    assert charlie.get(LIST).status_code == 404
    page = charlie.page(f"{OTHER_HOME}/guardians")
    assert names(page) == ["Trần Thu Hà"]
    assert "Lê An" not in page.text
    last = max(ids.values())
    assert charlie.post(f"{OTHER_HOME}/people/{last}/guardians/new", data={"full_name": "x"}).status_code == 404
    assert charlie.post(f"{OTHER_HOME}/people/{ids['Lê Bình']}/guardians/{ids['Trần Thu Hà']}/removal").status_code in {303, 404}
    assert len(known(scene, ids["Lê Bình"]).guardians) == 2


@pytest.mark.parametrize("email", [ALICE, GIANG])
def test_the_list_asks_as_much_for_many_guardians_as_for_few(ids: dict[str, int], make_client: Make, scene: Flask, email: str) -> None:
    client = signed_in(make_client, email)

    def asked() -> int:
        return len(asked_by(scene, lambda: client.page(LIST)))

    few = asked()
    with scene.app_context():
        for number in range(15):
            child(f"Trần Văn {number}", "6A1", GuardianRead(None, f"Trần Hai {number}", f"0913{number:06}", None), LIEN)
    assert asked() == few
