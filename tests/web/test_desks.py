"""Registration desks: planned before the day, and on it a counter that finds everybody and loses nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.registration import Event, Proof, State
from app.extensions import db
from app.models import Desk, DeskPerson, DeskVisitor, RecordedEvent
from app.queries import campaigns, people
from app.queries.people import PersonView
from app.services.guardians import link_guardians
from imports.values import GuardianRead
from tests.builders import at, make_person, record, scope_of
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
DESKS = f"{HOME}/desks"
PLAN = {"place": "Hội trường", "on": "2026-11-23", "opens": "08:00", "closes": "09:00", "slot_minutes": "30", "per_slot": "2", "note": ""}
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@dataclass(frozen=True, slots=True)
class Ids:
    an: int
    binh: int
    chi: int
    be: int
    mother: int


@pytest.fixture
def ids(scene: Flask) -> Ids:
    """Three people of two classes, one of whom has declared, and a child who waits for the mother's account."""
    with scene.app_context():
        an = make_person(
            SCHOOL,
            CAMPAIGN,
            "Trần An",
            "6A1",
            birth_date=date(2001, 2, 1),
            personal_id="079201012345",
            bhxh_code="0154777327",
            has_card=True,
        )
        binh = make_person(SCHOOL, CAMPAIGN, "Đỗ Bình", "6A1", birth_date=date(2001, 5, 3), phone="0912000111", has_card=True)
        chi = make_person(SCHOOL, CAMPAIGN, "Hà Chi", "6A2", personal_id="079301012377", has_card=True)
        be = make_person(SCHOOL, CAMPAIGN, "Lê Bé", "6A2", birth_date=date(2015, 5, 3), has_card=False)
        with transaction.writing():
            mine = scope_of(SCHOOL, CAMPAIGN)
            link_guardians(
                mine, campaigns.campaign(mine), None, [(be, (GuardianRead("mother", "Võ Thị Mẹ", "0912000222", "079180012345"),))]
            )
        record(SCHOOL, CAMPAIGN, binh, Event.DECLARED, date(2026, 11, 20))
    return Ids(an, binh, chi, be, known(scene, be).guardians[0].id)


@pytest.fixture
def alice(ids: Ids, make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


@pytest.fixture
def desk(alice: CheckedClient) -> str:
    answer = alice.post(DESKS, data=PLAN)
    assert answer.status_code == 303
    return str(answer.location)


def known(app: Flask, number: int) -> PersonView:
    with app.app_context(), transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        found = people.person(scope, campaigns.campaign(scope), number)
    assert found is not None
    return found


def counted(app: Flask, table: type[RecordedEvent] | type[Desk] | type[DeskPerson] | type[DeskVisitor]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def search(client: CheckedClient, desk: str, text: str) -> Page | str:
    """The page of those who were found, or where the only one is shown."""
    answer = client.post(f"{desk}/counter", data={"q": text})
    assert answer.status_code in {200, 303}
    return str(answer.location) if answer.status_code == 303 else Page(answer.text)


def found_by(client: CheckedClient, desk: str, text: str) -> list[str]:
    page = search(client, desk, text)
    assert isinstance(page, Page), f"led to {page}"
    return page.texts("#desks-found tbody td:first-child")


def counts(page: Page) -> list[int]:
    """Expected, came, recorded today, noted apart."""
    return [int(words(tag)) for tag in page.all("#desks-counts b")]


def slots(page: Page) -> dict[str, list[str]]:
    bodies = page.all("#desks-expected tbody")
    return {words(body.select("th")[0]).split()[0]: [words(cell) for cell in body.select("td:first-child")] for body in bodies}


# Before the day


def test_a_desk_is_planned_and_listed(alice: CheckedClient, desk: str):
    page = alice.page(DESKS)
    assert page.link("Hội trường") == desk
    assert alice.page(desk).h1 == "Hội trường"
    assert list(slots(alice.page(desk))) == ["08:00", "08:30"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("place", ""),
        ("on", ""),
        ("on", "31/02/2026"),
        ("on", "1926-11-23"),
        ("opens", "acht"),
        ("closes", "07:00"),
        ("closes", "25:00"),
        ("slot_minutes", "4"),
        ("slot_minutes", "121"),
        ("slot_minutes", "x"),
        ("per_slot", "0"),
        ("per_slot", "201"),
        ("place", "x" * 201),
    ],
)
def test_a_plan_that_cant_be_comes_back_with_one_sentence_at_its_field(alice: CheckedClient, field: str, text: str):
    answer = alice.post(DESKS, data=PLAN | {field: text})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert [str(link["href"]) for link in page.all(".summary a")] == [f"#{field}"]
    assert alice.page(DESKS).all("tbody tr") == []


def test_too_many_places_are_said_in_numbers(alice: CheckedClient):
    answer = alice.post(DESKS, data=PLAN | {"slot_minutes": "5", "per_slot": "200"})
    assert answer.status_code == 422
    assert "2000" in words(Page(answer.text).one(".summary"))


def test_times_may_be_written_as_people_do(alice: CheckedClient):
    assert alice.post(DESKS, data=PLAN | {"opens": "7h30", "on": "23/11/2026"}).status_code == 303


def test_slots_are_filled_by_class_and_who_does_not_fit_is_named(alice: CheckedClient, desk: str):
    alice.post(f"{desk}/edit", data=PLAN | {"per_slot": "1"})
    page = alice.page(str(alice.post(f"{desk}/expected", data={"unit": "", "who": "left"}).location))
    assert slots(page) == {"08:00": ["Trần An"], "08:30": ["Lê Bé"]}
    assert "Đỗ Bình, Hà Chi" in words(page.one("#notice .warn"))


def test_who_has_declared_is_not_among_those_who_have_not_started(alice: CheckedClient, desk: str):
    unit = alice.page(desk).one("#unit option:-soup-contains('6A1')")["value"]
    page = alice.page(str(alice.post(f"{desk}/expected", data={"unit": unit, "who": "not-started"}).location))
    assert slots(page) == {"08:00": ["Trần An"], "08:30": []}


def test_one_who_is_expected_can_be_removed(alice: CheckedClient, desk: str, ids: Ids):
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})
    form = alice.page(desk).form(f"form[action$='/expected/{ids.an}/removal']")
    assert alice.post(form.action).status_code == 303
    assert "Trần An" not in alice.page(desk).one("#desks-expected").text
    assert alice.page(str(alice.post(form.action).location)).all("#notice .warn")


def test_a_desk_that_wont_be_held_is_cancelled_with_whom_it_expects(alice: CheckedClient, desk: str, scene: Flask):
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})
    form = alice.page(f"{desk}/edit").form("form[action$='/removal']")
    assert [alice.post(form.action).status_code for _ in range(2)] == [303, 404]
    assert alice.get(desk).status_code == 404
    assert (counted(scene, Desk), counted(scene, DeskPerson)) == (0, 0)


@pytest.mark.parametrize("how", ["arrival", "visitor"])
def test_a_desk_to_which_somebody_came_stays(alice: CheckedClient, desk: str, scene: Flask, ids: Ids, how: str):
    if how == "arrival":
        alice.post(f"{desk}/people/{ids.an}/arrival")
    else:
        alice.post(f"{desk}/visitors", data={"full_name": "Võ Khách", "birth_date": "", "phone": "", "note": ""})
    page = alice.page(str(alice.post(f"{desk}/removal").location))
    assert words(page.one("#notice .warn"))
    assert counted(scene, Desk) == 1


@pytest.mark.parametrize("sent", [{"unit": "x", "who": "left"}, {"unit": "99999", "who": "left"}, {"unit": "", "who": "x"}])
def test_odd_choices_fill_nothing(alice: CheckedClient, desk: str, scene: Flask, sent: dict[str, str]):
    assert alice.post(f"{desk}/expected", data=sent).status_code == 422
    assert counted(scene, DeskPerson) == 0


def test_other_hours_move_only_whom_they_must_and_say_so(alice: CheckedClient, desk: str):
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})
    answer = alice.post(f"{desk}/edit", data=PLAN | {"opens": "08:30", "closes": "09:30"})
    page = alice.page(str(answer.location))
    assert slots(page) == {"08:30": ["Đỗ Bình", "Hà Chi"], "09:00": ["Trần An", "Lê Bé"]}
    assert page.all("#notice .warn")
    assert alice.post(f"{desk}/edit", data=PLAN | {"per_slot": "1"}).status_code == 422


# The counter


@pytest.mark.parametrize("text", ["079201012345||Trần An|01022001|Nam|Số 1|01012021\n", "079201012345", "0154777327", "GD4790154777327"])
def test_a_card_or_number_opens_the_person_at_once(alice: CheckedClient, desk: str, ids: Ids, text: str):
    assert search(alice, desk, text) == f"{desk}/people/{ids.an}"
    page = alice.page(f"{desk}/people/{ids.an}")
    assert page.h1 == "Trần An"
    assert page.form("#desks-presses form:has(.main-act)").values["event"] == "declared"


def test_a_name_without_marks_lists_whom_it_can_mean(alice: CheckedClient, desk: str, ids: Ids):
    assert found_by(alice, desk, "be") == ["Lê Bé"]
    assert found_by(alice, desk, "vo thi") == ["Võ Thị Mẹ"]
    assert found_by(alice, desk, "xyz") == []


@pytest.mark.parametrize("text", ["", "   ", "|", "x" * 600, "%", "079201012345" * 20])
def test_nothing_that_is_typed_breaks_the_counter(alice: CheckedClient, desk: str, text: str):
    assert isinstance(search(alice, desk, text), Page)


def test_no_number_of_a_card_gets_into_an_address(alice: CheckedClient, desk: str):
    page = alice.page(f"{desk}/counter")
    form = page.one("form[data-counter]")
    assert (form["method"], form["action"]) == ("post", f"{desk}/counter")
    led = search(alice, desk, "079201012345||Trần An|01022001|Nam")
    assert isinstance(led, str)
    assert "079201012345" not in led
    unknown = search(alice, desk, "079201099999||Trần Không|01022001|Nam")
    assert isinstance(unknown, Page)
    addresses = [str(value) for tag in unknown.soup.find_all(True) for name in ("href", "action") if (value := tag.get(name))]
    assert [address for address in addresses if "079201099999" in address] == []


def test_a_search_waits_for_nobody_who_writes(alice: CheckedClient, desk: str, scene: Flask, ids: Ids):
    asked = asked_by(scene, lambda: search(alice, desk, "079201012345"))
    assert [one for one in asked if re.match(r"\s*(INSERT|UPDATE|DELETE|BEGIN IMMEDIATE)", one.statement)] == []


def press(client: CheckedClient, desk: str, person: int, what: Event) -> str:
    """Record by the button of the person's page; answers where it leads."""
    page = client.page(f"{desk}/people/{person}")
    form = next(form for form in page.all("#desks-presses form") if form.select(f"input[name=event][value={what}]"))
    values = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    answer = client.post(str(form["action"]), data=values)
    assert answer.status_code == 303
    return str(answer.location)


def test_one_press_records_and_leads_back_to_the_empty_box(alice: CheckedClient, desk: str, ids: Ids, scene: Flask):
    page = alice.page(press(alice, desk, ids.an, Event.DECLARED))
    box = page.one("#desk-q")
    assert box.has_attr("autofocus")
    assert not box.get("value")
    assert "Trần An" in words(page.one("#notice .good"))
    assert counts(page) == [0, 1, 1, 0]
    assert known(scene, ids.an).facts.declared_on == TODAY


def test_every_button_shows_its_own_key_and_none_needs_a_reason(alice: CheckedClient, desk: str, ids: Ids):
    page = alice.page(f"{desk}/people/{ids.binh}")
    buttons = page.all("#desks-presses button[data-key]")
    keys = [str(button["data-key"]) for button in buttons]
    assert keys == [*map(str, range(1, len(keys))), "0"]
    assert [words(button.select("kbd")[0]) for button in buttons] == keys
    assert [str(button["accesskey"][0]) for button in buttons] == keys
    offered = [str(field["value"]) for field in page.all("#desks-presses input[name=event]")]
    assert offered[0] == "form-received"
    assert {"rejected", "excluded"} & set(offered) == set()


def test_what_is_recorded_here_was_seen_here(alice: CheckedClient, desk: str, ids: Ids, scene: Flask):
    press(alice, desk, ids.an, Event.SIGNED_IN)
    assert known(scene, ids.an).facts.used_proof is Proof.SEEN


def test_a_file_number_can_be_given_with_the_declaration(alice: CheckedClient, desk: str, ids: Ids, scene: Flask):
    form = alice.page(f"{desk}/people/{ids.an}").form("#desks-presses form:has(.main-act)")
    alice.post(form.action, data=form.values | {"file_number": "G22-1"})
    assert known(scene, ids.an).facts.file_number == "G22-1"


def test_a_wrong_key_can_be_taken_back(alice: CheckedClient, desk: str, ids: Ids, scene: Flask):
    press(alice, desk, ids.an, Event.DECLARED)
    press(alice, desk, ids.an, Event.TAKEN_BACK)
    assert known(scene, ids.an).facts.state is State.TO_START


def test_the_second_of_two_at_once_is_told(alice: CheckedClient, desk: str, ids: Ids, scene: Flask, make_client: Make):
    giang = signed_in(make_client, GIANG)
    form = alice.page(f"{desk}/people/{ids.an}").form("#desks-presses form:has(.main-act)")
    assert giang.post(form.action, data=form.values).status_code == 303
    answer = alice.post(form.action, data=form.values)
    assert answer.status_code == 409
    assert "Giang" in words(Page(answer.text).one("#desks-person [role=alert]"))
    assert counted(scene, RecordedEvent) == 2  # with Bình's declaration
    assert alice.get(form.action, follow_redirects=True).request.path == f"{desk}/people/{ids.an}"


@pytest.mark.parametrize(
    "sent",
    [
        {"event": "form-received", "revision": "0"},
        {"event": "rejected", "revision": "0"},
        {"event": "", "revision": "0"},
        {"event": "unheard-of", "revision": "0"},
        {"event": "declared"},
        {"event": "declared", "revision": "x"},
    ],
)
def test_what_cant_be_recorded_is_said_and_leaves_nothing(alice: CheckedClient, desk: str, ids: Ids, scene: Flask, sent: dict[str, str]):
    answer = alice.post(f"{desk}/people/{ids.an}/events", data=sent)
    assert answer.status_code == 422
    assert Page(answer.text).one("#desks-person [role=alert]")
    assert counted(scene, RecordedEvent) == 1
    assert counted(scene, DeskPerson) == 0


def test_that_somebody_came_can_be_noted_alone_and_counts_once(alice: CheckedClient, desk: str, ids: Ids):
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})
    for _ in range(2):
        assert alice.post(f"{desk}/people/{ids.an}/arrival").location == f"{desk}/counter?last={ids.an}"
    assert counts(alice.page(f"{desk}/counter")) == [4, 1, 0, 0]
    assert "09:00" in words(alice.page(f"{desk}/people/{ids.an}").one(".head"))


def test_a_childs_page_records_for_the_guardian_whom_it_waits_for(alice: CheckedClient, desk: str, ids: Ids, scene: Flask):
    form = alice.page(f"{desk}/people/{ids.be}").form("#desks-presses form:has(.main-act)")
    assert form.action == f"{desk}/people/{ids.mother}/events"
    answer = alice.post(form.action, data=form.values)
    assert answer.location == f"{desk}/counter?last={ids.be}"
    assert known(scene, ids.mother).facts.state is State.DECLARED
    assert known(scene, ids.be).facts.state is State.TO_START
    page = alice.page(str(answer.location))
    assert "Võ Thị Mẹ" in words(page.one("#notice .good"))
    assert page.link("Lê Bé") == f"{desk}/people/{ids.be}"


def test_a_guardian_is_found_by_telephone_and_shows_the_children(alice: CheckedClient, desk: str, ids: Ids):
    assert search(alice, desk, "0912 000 222") == f"{desk}/people/{ids.mother}"
    assert alice.page(f"{desk}/people/{ids.mother}").link("Lê Bé") == f"{desk}/people/{ids.be}"


def test_papers_are_noted_at_the_desk(alice: CheckedClient, desk: str, ids: Ids):
    here = f"{desk}/people/{ids.an}"
    assert alice.post(f"{here}/papers/portrait", data={"verdict": "blurred"}).location == here
    assert alice.page(here).all("#desks-papers .tag.bad")
    assert alice.post(f"{here}/papers").location == here
    assert len(alice.page(here).all("#desks-papers .tag.good")) == 3
    assert alice.post(f"{here}/papers/portrait", data={"verdict": ""}).status_code == 422
    assert alice.post(f"{here}/papers/signed-form", data={"verdict": "seen"}).status_code == 409
    assert alice.post(f"{here}/papers/unheard-of", data={"verdict": "seen"}).status_code == 404
    assert counts(alice.page(f"{desk}/counter"))[1] == 1


# On no roster


def test_who_is_on_no_roster_is_noted_apart_with_what_the_card_says(alice: CheckedClient, desk: str, scene: Flask):
    page = search(alice, desk, "079201099999||Trần Không|01022001|Nam|Số 1|01012021")
    assert isinstance(page, Page)
    form = page.form("#desks-visitor")
    assert (form.values["full_name"], form.values["birth_date"]) == ("Trần Không", "01/02/2001")
    sent = form.values | {"phone": "0912 000 999", "note": "nói là lớp 6A9"}
    for _ in range(2):  # a double click
        assert alice.post(form.action, data=sent).location == f"{desk}/counter"
    rows = alice.page(desk).texts("#desks-visitors tbody tr")
    assert len(rows) == 1
    assert "Trần Không" in rows[0]
    assert "nói là lớp 6A9" in rows[0]
    assert counts(alice.page(f"{desk}/counter")) == [0, 0, 0, 1]
    assert "079201099999" not in alice.get(desk).text


@pytest.mark.parametrize(
    ("field", "text"), [("full_name", ""), ("full_name", "???"), ("birth_date", "31/02/2011"), ("phone", "12"), ("note", "x" * 401)]
)
def test_a_note_that_cant_be_kept_comes_back_with_its_message(alice: CheckedClient, desk: str, scene: Flask, field: str, text: str):
    answer = alice.post(f"{desk}/visitors", data={"full_name": "Ba", "birth_date": "", "phone": "", "note": "", field: text})
    assert answer.status_code == 422
    assert [str(link["href"]) for link in Page(answer.text).all(".summary a")] == [f"#{field}"]
    assert counted(scene, DeskVisitor) == 0


def test_a_note_is_deleted_once_it_was_seen_to(alice: CheckedClient, desk: str, scene: Flask):
    alice.post(f"{desk}/visitors", data={"full_name": "Trần Không"})
    form = alice.page(desk).form("#desks-visitors form")
    assert alice.post(form.action).status_code == 303
    assert alice.page(str(alice.post(form.action).location)).all("#notice .warn")
    assert counted(scene, DeskVisitor) == 0


# Who may


def test_an_onlooker_sees_the_desks_but_neither_counter_nor_visitors(desk: str, alice: CheckedClient, ids: Ids, make_client: Make):
    alice.post(f"{desk}/visitors", data={"full_name": "Trần Không"})
    bob = signed_in(make_client, BOB)
    page = bob.page(desk)
    assert "Trần Không" not in page.text
    assert page.all("#main form, a[href*=counter]") == []
    assert bob.get(f"{desk}/counter").status_code == 403
    assert bob.post(f"{desk}/people/{ids.an}/arrival").status_code == 403
    assert bob.post(DESKS, data=PLAN).status_code == 403


def test_a_class_lead_works_at_the_counter_for_the_own_class(desk: str, alice: CheckedClient, ids: Ids, make_client: Make):
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})
    giang = signed_in(make_client, GIANG)
    assert slots(giang.page(desk)) == {"08:00": ["Trần An"], "08:30": ["Đỗ Bình"]}
    assert search(giang, desk, "0154777327") == f"{desk}/people/{ids.an}"
    assert isinstance(search(giang, desk, "079301012377"), Page)
    assert giang.get(f"{desk}/people/{ids.chi}").status_code == 404
    assert giang.post(f"{desk}/people/{ids.chi}/arrival").status_code == 404
    assert giang.post(f"{desk}/people/{ids.chi}/events", data={"event": "declared", "revision": "0"}).status_code == 404
    assert giang.post(f"{desk}/expected", data={"unit": "", "who": "left"}).status_code == 403


def test_an_officer_records_at_the_counter_but_does_not_plan(desk: str, ids: Ids, make_client: Make):
    diep = signed_in(make_client, DIEP)
    assert diep.get(f"{desk}/people/{ids.an}").status_code == 200
    assert diep.get(f"{desk}/edit").status_code == 403


def test_another_institutions_desks_are_not_there(desk: str, ids: Ids, make_client: Make):
    charlie = signed_in(make_client, CHARLIE)
    theirs = desk.replace(HOME, HOME.replace("minh-hoa", "song-xanh"))
    for path in ("", "/counter", "/edit", f"/people/{ids.an}", "/visitors/new"):
        assert charlie.get(f"{desk}{path}").status_code == 404
        assert charlie.get(f"{theirs}{path}").status_code == 404
    assert charlie.post(f"{theirs}/visitors", data={"full_name": "Ba"}).status_code == 404
    assert charlie.post(f"{theirs}/expected", data={"unit": "", "who": "left"}).status_code == 404
    assert charlie.post(f"{theirs}/edit", data=PLAN).status_code == 404


# Many


def test_pages_ask_as_much_for_many_people_as_for_few(alice: CheckedClient, desk: str, scene: Flask, ids: Ids):
    alice.post(f"{desk}/edit", data=PLAN | {"per_slot": "100"})
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})

    def asked() -> list[int]:
        looks = [
            lambda: alice.page(DESKS),
            lambda: alice.page(desk),
            lambda: alice.page(f"{desk}/counter"),
            lambda: search(alice, desk, "tran"),
        ]
        return [len(asked_by(scene, look)) for look in looks]

    few = asked()
    with scene.app_context():
        for number in range(20):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn Hai {number}", f"9A{number}")
    alice.post(f"{desk}/expected", data={"unit": "", "who": "left"})
    alice.post(DESKS, data=PLAN)
    assert asked() == few


def test_a_burst_of_three_hundred_at_four_counters_loses_none(alice: CheckedClient, desk: str, scene: Flask, make_client: Make):
    with scene.app_context():
        crowd = [make_person(SCHOOL, CAMPAIGN, f"Trần Văn {number}") for number in range(300)]
    wrong: list[int] = []

    def counter(client: CheckedClient, some: list[int]) -> None:
        with clock.set_to(at(TODAY)):
            for person in some:
                status = client.post(f"{desk}/people/{person}/events", data={"event": "declared", "revision": "0"}).status_code
                if status != 303:
                    wrong.append(status)

    clients = [signed_in(make_client, ALICE) for _ in range(4)]
    threads = [threading.Thread(target=counter, args=(client, crowd[n::4])) for n, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert counts(alice.page(f"{desk}/counter")) == [0, 300, 300, 0]
    assert counted(scene, RecordedEvent) == 301  # with Bình's declaration
