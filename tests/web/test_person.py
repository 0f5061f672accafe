"""One person's page: the next step in one click, what was recorded, taken back, and two who record at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from app import clock, transaction
from app.domain.registration import Event
from app.queries import campaigns, people
from app.queries.people import PersonView
from tests.builders import at, make_person, make_unit, record, scope_of
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Form, Page, words

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def an(scene: Flask) -> int:
    """Trần An of 6A1, who declared on 20/11."""
    with scene.app_context():
        number = make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1", birth_date=date(2014, 5, 3), bhxh_code="0123456789", phone="0912000111")
        record(SCHOOL, CAMPAIGN, number, Event.DECLARED, date(2026, 11, 20))
    return number


@pytest.fixture
def alice(an: int, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    return signed_in(make_client, ALICE)


def page_of(number: int) -> str:
    return f"{HOME}/people/{number}"


def known(app: Flask, number: int) -> PersonView:
    with app.app_context(), transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        found = people.person(scope, campaigns.campaign(scope), number)
    assert found is not None
    return found


def next_step(page: Page) -> Form:
    return page.form("#people-steps > form")


def test_the_next_step_is_one_click_with_todays_date(alice: CheckedClient, an: int, scene: Flask):
    form = next_step(alice.page(page_of(an)))
    assert (form.values["event"], form.values["on"]) == ("form-received", "2026-11-23")
    answer = alice.post(form.action, data=form.values)
    assert (answer.status_code, answer.location) == (303, page_of(an))
    assert known(scene, an).facts.form_received_on == TODAY
    assert next_step(alice.page(page_of(an))).values["event"] == "handed-in"


def test_the_day_of_the_next_step_can_be_another(alice: CheckedClient, an: int, scene: Flask):
    form = next_step(alice.page(page_of(an)))
    alice.post(form.action, data=form.values | {"on": "2026-11-21"})
    assert known(scene, an).facts.form_received_on == date(2026, 11, 21)


def test_the_steps_show_what_is_done_what_is_now_and_what_to_do(alice: CheckedClient, an: int):
    page = alice.page(page_of(an))
    assert [tag.get("class", [None])[0] for tag in page.all(".steps li")] == ["done", "now", None, None, None]
    assert "30/11/2026" in words(page.one(".steps .now"))  # the last day for the form


def test_others_are_offered_if_and_only_if_they_are_possible(alice: CheckedClient, an: int):
    offered = [str(option["value"]) for option in alice.page(page_of(an)).all("#people-steps details option")]
    assert offered[1] == "form-received"
    assert {"rejected", "granted", "excluded"} <= set(offered)
    assert not {"code-issued", "readmitted", "taken-back", "declared"} & set(offered)


def test_what_was_recorded_tells_who_and_when(alice: CheckedClient, an: int):
    alice.post(f"{page_of(an)}/events", data={"event": "rejected", "on": "2026-11-22", "reason": "ảnh mờ", "revision": "1"})
    first = words(alice.page(page_of(an)).all(".timeline li")[0])
    assert "22/11/2026" in first
    assert "ảnh mờ" in first
    assert "Alice" in first
    assert "23/11/2026 09:00" in first


def test_the_last_step_can_be_taken_back_and_both_stay_in_the_history(alice: CheckedClient, an: int, scene: Flask):
    form = alice.page(page_of(an)).form(".timeline form")
    assert form.values["event"] == "taken-back"
    alice.post(form.action, data=form.values)
    page = alice.page(page_of(an))
    assert len(page.all(".timeline li")) == 2
    assert page.texts(".timeline .undone")
    assert known(scene, an).facts.state == "to-start"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"event": "rejected", "on": "2026-11-22"}, "reason"),
        ({"event": "granted", "on": "2026-11-24"}, "on"),
        ({"event": "granted", "on": "2026-11-19"}, "on"),
        ({"event": "granted", "on": ""}, "on"),
        ({"event": "readmitted", "on": "2026-11-22"}, "event"),
        ({"event": "declared", "on": "2026-11-22"}, "event"),
    ],
)
def test_a_refusal_is_a_sentence_by_its_field_and_records_nothing(
    alice: CheckedClient, an: int, scene: Flask, sent: dict[str, str], field: str
):
    answer = alice.post(f"{page_of(an)}/events", data=sent | {"revision": "1"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert words(page.one(f"#{field}-wrong"))
    assert str(page.one(".summary a")["href"]) == f"#{field}"
    assert page.one("#people-steps details").has_attr("open")
    assert known(scene, an).revision == 1


def test_an_event_that_there_is_none_is_refused(alice: CheckedClient, an: int):
    assert alice.post(f"{page_of(an)}/events", data={"event": "x", "on": "2026-11-22", "revision": "1"}).status_code == 422


def test_who_is_second_is_told_who_was_faster_and_sees_how_it_is_now(alice: CheckedClient, an: int, scene: Flask):
    form = next_step(alice.page(page_of(an)))
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, an, Event.HANDED_IN, date(2026, 11, 22))
    answer = alice.post(form.action, data=form.values)
    page = Page(answer.text)
    assert answer.status_code == 409
    note = words(page.one(".note.warn"))
    assert "dòng lệnh" in note
    assert "22/11/2026" in note
    assert next_step(page).values["event"] == "granted"
    assert known(scene, an).revision == 2


def test_loading_a_refused_answer_again_leads_to_the_person(alice: CheckedClient, an: int):
    assert alice.get(f"{page_of(an)}/events").location == page_of(an)


def test_htmx_gets_the_page_without_its_frame(alice: CheckedClient, an: int):
    fragment = alice.fragment(page_of(an))
    assert not fragment.whole
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["people-person"]
    form = next_step(fragment)
    answer = alice.post(form.action, data=form.values, headers={"HX-Request": "true"}, follow_redirects=True)
    assert words(Page(answer.text).one(".note.good"))


def test_whom_to_ask_and_the_receiving_office_are_named(alice: CheckedClient, an: int):
    said = words(alice.page(page_of(an)).one("#people-details"))
    assert "[99004] BHXH Long Vân" in said
    assert "1900 9068" in said


@pytest.mark.parametrize(("said", "kept"), [("", "99004"), (" 00104 ", "00104")])
def test_a_declaration_names_the_campaigns_office_or_the_one_that_is_said(alice: CheckedClient, scene: Flask, said: str, kept: str):
    """Who works in one district may declare where they live."""
    with scene.app_context():
        number = make_person(SCHOOL, CAMPAIGN, "Lê Bình", "6A1", birth_date=date(1990, 5, 3))
    sent = {"event": "declared", "on": "2026-11-22", "revision": "0", "office": said, "file_number": "G12.7", "way": "batch"}
    assert alice.post(f"{page_of(number)}/events", data=sent).status_code == 303
    assert known(scene, number).facts.office == kept
    page = alice.page(page_of(number))
    assert kept in words(page.one("#people-details .facts"))
    assert kept in words(page.one(".timeline li"))


def test_an_onlooker_reads_but_records_nothing(an: int, make_client: Callable[[], CheckedClient]):
    bob = signed_in(make_client, BOB)
    page = bob.page(page_of(an))
    assert page.all("main form, main a[href$='/edit']") == []
    assert bob.post(f"{page_of(an)}/events", data={"event": "granted", "on": "2026-11-22", "revision": "1"}).status_code == 403
    assert bob.get(f"{page_of(an)}/edit").status_code == 403


def test_the_officer_records_what_the_office_decided_but_edits_nothing(an: int, make_client: Callable[[], CheckedClient], scene: Flask):
    diep = signed_in(make_client, DIEP)
    assert diep.post(f"{page_of(an)}/events", data={"event": "granted", "on": "2026-11-22", "revision": "1"}).status_code == 303
    assert known(scene, an).facts.state == "granted"
    assert diep.get(f"{page_of(an)}/edit").status_code == 403


def test_who_is_not_of_the_class_or_the_school_finds_nobody_here(an: int, make_client: Callable[[], CheckedClient], scene: Flask):
    with scene.app_context():
        other = make_person(SCHOOL, CAMPAIGN, "Lê Bình", "6A2")
    assert signed_in(make_client, GIANG).get(page_of(other)).status_code == 404
    assert signed_in(make_client, GIANG).get(page_of(an)).status_code == 200
    assert signed_in(make_client, CHARLIE).get(page_of(an)).status_code == 404
    assert signed_in(make_client, ALICE).get(page_of(99999)).status_code == 404


# Details


def edit_form(client: CheckedClient, number: int) -> Form:
    return client.page(f"{page_of(number)}/edit").form("#people-form form")


def test_details_are_shown_as_they_are_and_kept_as_typed(alice: CheckedClient, an: int, scene: Flask):
    form = edit_form(alice, an)
    assert (form.values["birth_date"], form.values["bhxh_code"]) == ("03/05/2014", "0123456789")
    answer = alice.post(form.action, data=form.values | {"full_name": "Trần Bảo An", "phone": "0912 000 222", "birth_date": "4/5/2014"})
    assert (answer.status_code, answer.location) == (303, page_of(an))
    person = known(scene, an)
    assert (person.full_name, person.phone, person.birth_date) == ("Trần Bảo An", "0912000222", date(2014, 5, 4))
    assert person.unit == "6A1"


@pytest.mark.parametrize(
    ("field", "text"),
    [("full_name", ""), ("birth_date", "31/02/2014"), ("bhxh_code", "12"), ("personal_id", "7.9E+11"), ("phone", "12"), ("email", "an@")],
)
def test_what_a_roster_would_not_take_the_form_does_not_take_either(alice: CheckedClient, an: int, scene: Flask, field: str, text: str):
    form = edit_form(alice, an)
    answer = alice.post(form.action, data=form.values | {field: text})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert words(page.one(f"#{field}-wrong"))
    assert page.one(f"#{field}").get("value", "") == text  # what was typed stays
    assert known(scene, an).person_revision == 1


def test_odd_but_possible_values_are_kept_and_told(alice: CheckedClient, an: int, scene: Flask):
    form = edit_form(alice, an)
    alice.post(form.action, data=form.values | {"personal_id": "001305000001"})  # a birth year of 2005, and a girl's
    assert known(scene, an).personal_id == "001305000001"
    assert alice.page(page_of(an)).texts("#notice .warn")


def test_a_number_that_somebody_else_has_is_refused_with_the_name(alice: CheckedClient, an: int, scene: Flask):
    with scene.app_context():
        make_person(SCHOOL, CAMPAIGN, "Lê Bình", "6A2", bhxh_code="0999999999")
    form = edit_form(alice, an)
    answer = alice.post(form.action, data=form.values | {"bhxh_code": "0999999999"})
    assert answer.status_code == 422
    assert "Lê Bình · 6A2" in words(Page(answer.text).one("#bhxh_code-wrong"))


def test_two_who_edit_at_once_do_not_overwrite_each_other(alice: CheckedClient, an: int, scene: Flask):
    slow = edit_form(alice, an)
    quick = edit_form(alice, an)
    alice.post(quick.action, data=quick.values | {"phone": "0912000333"})
    answer = alice.post(slow.action, data=slow.values | {"phone": "0912000444"})
    page = Page(answer.text)
    assert answer.status_code == 409
    assert page.form("#people-form form").values["phone"] == "0912000333"
    assert known(scene, an).phone == "0912000333"


def test_somebody_is_added_by_hand(alice: CheckedClient, scene: Flask):
    with scene.app_context():
        unit = make_unit(SCHOOL, "6A1")
    form = alice.page(f"{HOME}/people/new").form("#people-form form")
    answer = alice.post(form.action, data=form.values | {"full_name": "ngô thị mới", "unit_id": str(unit)})
    assert answer.status_code == 303
    person = known(scene, int(answer.location.rpartition("/")[2]))
    assert (person.full_name, person.unit, person.standing) == ("Ngô Thị Mới", "6A1", "to-start")


def test_a_class_of_another_institution_can_not_be_chosen(alice: CheckedClient):
    form = alice.page(f"{HOME}/people/new").form("#people-form form")
    assert alice.post(form.action, data=form.values | {"full_name": "Ngô Mới", "unit_id": "987654"}).status_code == 422


def test_a_form_that_claims_to_have_seen_what_never_was_is_not_taken(scene: Flask, make_client: Callable[[], CheckedClient]) -> None:
    with scene.app_context():
        binh = make_person(SCHOOL, CAMPAIGN, "Lê Bình", "6A1")
    sent = {"event": "declared", "on": "2026-11-23", "revision": "7"}
    assert signed_in(make_client, ALICE).post(f"{HOME}/people/{binh}/events", data=sent).status_code == 404
