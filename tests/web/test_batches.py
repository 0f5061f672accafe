"""The pages of batches: forms are picked by class or one by one, leave a batch with a reason, and either side's word hands them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock, transaction
from app.domain.registration import Event, State
from app.extensions import db
from app.models import Batch, LogEntry, RecordedEvent, Registration
from app.services import batches
from app.services.batches import BatchDraft, BatchMade
from app.web import picking
from tests import builders
from tests.builders import at, make_person, record
from tests.cast import (
    AGENCY,
    ALICE,
    BOB,
    CAMPAIGN,
    CHARLIE,
    DIEP,
    GIANG,
    HOME,
    OTHER_AGENCY,
    OTHER_HOME,
    OTHER_SCHOOL,
    SCHOOL,
    signed_in,
)
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
BATCHES = f"{HOME}/batches"
OFFICE = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/batches"
NAMES = (("Trần Bảo Ân", "6A1", 20), ("Lê Thị Ánh", "6A1", 14), ("Đỗ Văn An", "6A2", 18), ("Bùi An", None, 12))  # with the day of declaring
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


def with_form(name: str, unit: str | None = "6A1", declared: int = 18, school: str = SCHOOL) -> int:
    person = make_person(school, CAMPAIGN, name, unit)
    record(school, CAMPAIGN, person, Event.DECLARED, date(2026, 11, declared))
    record(school, CAMPAIGN, person, Event.FORM_RECEIVED, date(2026, 11, declared))
    return person


@pytest.fixture
def ids(scene: Flask) -> dict[str, int]:
    """Four people whose forms are at the school, and one who has only declared."""
    with scene.app_context():
        found = {name: with_form(name, unit, declared) for name, unit, declared in NAMES}
        found["Nguyễn Đức"] = make_person(SCHOOL, CAMPAIGN, "Nguyễn Đức", "6A2")
        record(SCHOOL, CAMPAIGN, found["Nguyễn Đức"], Event.DECLARED, date(2026, 11, 20))
    return found


@pytest.fixture
def alice(ids: dict[str, int], make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


def a_batch(app: Flask, *people: int, school: str = SCHOOL) -> int:
    with app.app_context(), transaction.writing():
        answer = batches.create(builders.scope_of(school, CAMPAIGN), people, BatchDraft(TODAY, "Alice", note="Một tập"))
    assert isinstance(answer, BatchMade)
    return answer.batch_id


def given(**more: Any) -> dict[str, Any]:
    return {"on": TODAY.isoformat(), "given_by": "Alice"} | more


def state(app: Flask, person: int) -> State:
    with app.app_context(), transaction.reading():
        here = builders.scope_of(SCHOOL, CAMPAIGN).institution_id
        return State(
            db.session.scalars(
                select(Registration.state).where(Registration.institution_id == here, Registration.person_id == person)
            ).one()
        )


def count(app: Flask, table: type[Batch | RecordedEvent]) -> int:
    with app.app_context(), transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def offered(page: Page) -> list[str]:
    return page.texts("#batches-waiting td label")


def in_batch(page: Page, part: str = "forms") -> list[str]:
    return page.texts(f"#batches-{part} td:first-child > a")


# Making one


def test_the_forms_that_wait_are_offered_the_most_urgent_first(alice: CheckedClient):
    page = alice.page(f"{BATCHES}/new")
    assert offered(page) == ["Lê Thị Ánh", "Đỗ Văn An", "Trần Bảo Ân"]
    assert page.form("#batches-new").values["given_by"] == "Alice"
    tones = [str(tag["class"][-1]) for tag in page.all("#batches-waiting td .tag")]
    assert tones == ["bad", "info", "info"]


def test_a_form_whose_last_day_is_past_is_not_offered_but_shown(alice: CheckedClient):
    assert alice.page(f"{BATCHES}/new").texts("#batches-overdue li > a") == ["Bùi An"]
    with clock.set_to(at(TODAY - timedelta(days=1))):  # when it was the last day
        page = alice.page(f"{BATCHES}/new")
    assert offered(page)[0] == "Bùi An"
    assert page.all("#batches-overdue") == []


def test_a_class_is_picked_by_a_link_and_all_its_forms_go_in_with_one_button(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    chip = next(tag for tag in alice.page(f"{BATCHES}/new").all("#batches-waiting .chips a") if words(tag) == "6A1 2")
    page = alice.page(str(chip["href"]))
    assert offered(page) == ["Lê Thị Ánh", "Trần Bảo Ân"]
    sent = page.form("#batches-new")
    answer = alice.post(sent.action, data=sent.values | {"everyone": str(page.one("#batches-make-all")["value"])})
    assert answer.status_code == 303
    assert in_batch(alice.page(answer.location)) == ["Lê Thị Ánh", "Trần Bảo Ân"]
    assert state(scene, ids["Lê Thị Ánh"]) is State.FORM_RECEIVED


def test_htmx_gets_the_list_of_a_class_alone(alice: CheckedClient):
    fragment = alice.fragment(f"{BATCHES}/new?unit=none")
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["batches-waiting"]
    assert offered(fragment) == offered(alice.page(f"{BATCHES}/new?unit=none"))


def test_only_those_ticked_go_in_and_the_others_wait_on(alice: CheckedClient, ids: dict[str, int]):
    answer = alice.post(BATCHES, data=given(person=[ids["Đỗ Văn An"], ids["Trần Bảo Ân"]], received_by="Diệp", note="hai tập"))
    page = alice.page(answer.location)
    assert in_batch(page) == ["Trần Bảo Ân", "Đỗ Văn An"]
    assert {"Alice", "Diệp", "hai tập", "23/11/2026"} <= set(page.texts(".facts dd"))
    assert offered(alice.page(f"{BATCHES}/new")) == ["Lê Thị Ánh"]


def test_who_cant_be_in_it_is_named_and_the_others_are(alice: CheckedClient, ids: dict[str, int]):
    answer = alice.post(BATCHES, data=given(person=[ids["Nguyễn Đức"], ids["Trần Bảo Ân"]]))
    page = alice.page(answer.location)
    assert in_batch(page) == ["Trần Bảo Ân"]
    assert "Nguyễn Đức" in words(page.one("#notice .warn"))


def test_where_nobody_is_left_nothing_is_made_and_everybody_named(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    a_batch(scene, ids["Trần Bảo Ân"])
    answer = alice.post(BATCHES, data=given(person=[ids["Nguyễn Đức"], ids["Trần Bảo Ân"]]))
    assert answer.status_code == 422
    assert Page(answer.text).texts("#batches-refused a") == ["Trần Bảo Ân", "Nguyễn Đức"]
    assert count(scene, Batch) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""},
        {"on": "gestern"},
        {"on": "2030-01-01"},
        {"given_by": "  "},
        {"given_by": "x" * 121},
        {"note": "x" * 2001},
        {"person": []},
        {"person": ["99999"]},
        {"everyone": "7"},
    ],
)
def test_a_batch_that_lacks_something_is_not_made_and_what_was_entered_stays(
    alice: CheckedClient, ids: dict[str, int], scene: Flask, wrong: dict[str, Any]
):
    answer = alice.post(BATCHES, data=given(person=[ids["Đỗ Văn An"]], received_by="Diệp") | wrong)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert words(page.one(".summary"))
    assert page.form("#batches-new").values["received_by"] == "Diệp"
    if "person" not in wrong:
        assert page.form("#batches-new").values["person"] == str(ids["Đỗ Văn An"])
    assert count(scene, Batch) == 0


def test_a_tick_of_another_class_is_held_when_the_form_comes_back(alice: CheckedClient, ids: dict[str, int]):
    both = [str(ids["Đỗ Văn An"]), str(ids["Trần Bảo Ân"])]
    unit = str(alice.page(f"{BATCHES}/new").one("#batches-waiting .chips a:-soup-contains('6A1')")["href"]).rpartition("unit=")[2]
    page = Page(alice.post(BATCHES, data=given(person=both, on="") | {"unit": unit}).text)
    assert [str(box["value"]) for box in page.all("#batches-new input[data-held]")] == both[:1]
    assert [str(box["value"]) for box in page.all("#batches-new input[data-row][checked]")] == both[1:]


def test_the_same_form_sent_twice_makes_one_batch(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    sent = given(person=[ids["Đỗ Văn An"]])
    assert [alice.post(BATCHES, data=sent).status_code for _ in range(2)] == [303, 422]
    assert count(scene, Batch) == 1


def test_of_very_many_forms_the_most_urgent_are_shown_and_all_can_go_in(alice: CheckedClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picking, "SHOWN", 2)
    page = alice.page(f"{BATCHES}/new")
    assert offered(page) == ["Lê Thị Ánh", "Đỗ Văn An"]
    sent = page.form("#batches-new")
    answer = alice.post(sent.action, data=sent.values | {"everyone": str(page.one("#batches-make-all")["value"])})
    assert len(in_batch(alice.page(answer.location))) == 3


# Looking at them


def test_the_list_leads_to_each_batch_and_says_how_many_forms_wait(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    a_batch(scene, ids["Trần Bảo Ân"], ids["Đỗ Văn An"])
    page = alice.page(BATCHES)
    (row,) = page.rows()[1:]
    assert row[1:4] == ["23/11/2026", "Alice", "2"]
    assert words(page.one("#batches-waiting-count b")) == "1"
    assert in_batch(alice.page(str(page.one("tbody a")["href"]))) == ["Trần Bảo Ân", "Đỗ Văn An"]


def test_an_empty_list_says_what_to_do(alice: CheckedClient):
    assert str(alice.page(BATCHES).one(".empty a")["href"]) == f"{BATCHES}/new"


def test_the_list_asks_as_much_for_many_batches_as_for_few(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    def asked(path: str) -> int:
        return len(asked_by(scene, lambda: alice.page(path)))

    first = a_batch(scene, ids["Trần Bảo Ân"])
    paths = (BATCHES, f"{BATCHES}/{first}", f"{BATCHES}/new")
    few = [asked(path) for path in paths]
    with scene.app_context():
        more = [with_form(f"Trần Văn Hai {n}", f"9A{n}") for n in range(12)]
    for person in more[:6]:
        a_batch(scene, person)
    large = a_batch(scene, *more[6:9])
    assert [asked(path) for path in (BATCHES, f"{BATCHES}/{large}", f"{BATCHES}/new")] == few


def test_an_onlooker_looks_and_presses_nothing(ids: dict[str, int], scene: Flask, make_client: Make):
    number = a_batch(scene, ids["Đỗ Văn An"])
    bob = signed_in(make_client, BOB)
    assert bob.page(BATCHES).all("#main form, a[href$='/new']") == []
    page = bob.page(f"{BATCHES}/{number}")
    assert in_batch(page) == ["Đỗ Văn An"]
    assert page.all("#main form, a[href*='/forms/']") == []
    assert bob.post(BATCHES, data=given(person=[ids["Trần Bảo Ân"]])).status_code == 403
    assert bob.post(f"{BATCHES}/{number}", data={"on": TODAY.isoformat()}).status_code == 403


def test_a_class_lead_sees_the_own_class_of_a_batch_and_prints_no_part_of_it(ids: dict[str, int], scene: Flask, make_client: Make):
    number = a_batch(scene, ids["Đỗ Văn An"], ids["Trần Bảo Ân"])
    others = a_batch(scene, ids["Bùi An"])
    giang = signed_in(make_client, GIANG)
    page = giang.page(f"{BATCHES}/{number}")
    assert in_batch(page) == ["Trần Bảo Ân"]
    assert giang.get(f"{BATCHES}/{others}").status_code == 404
    assert giang.post(f"{BATCHES}/{number}/minutes.pdf").status_code == 403
    assert giang.get(f"{BATCHES}/new").status_code == 403


def test_another_institutions_batch_is_not_there(ids: dict[str, int], scene: Flask, make_client: Make):
    number = a_batch(scene, ids["Đỗ Văn An"])
    charlie = signed_in(make_client, CHARLIE)
    for home in (HOME, OTHER_HOME):
        one = f"{home}/batches/{number}"
        assert charlie.get(one).status_code == 404
        assert charlie.post(one, data={"on": TODAY.isoformat()}).status_code == 404
        assert charlie.post(f"{one}/forms/{ids['Đỗ Văn An']}", data={"reason": "vì thử"}).status_code == 404
        assert charlie.post(f"{one}/minutes.pdf").status_code == 404
    assert state(scene, ids["Đỗ Văn An"]) is State.FORM_RECEIVED


def test_a_procedure_without_paper_has_nothing_to_hand_over(scene: Flask, make_client: Make):
    with scene.app_context():
        builders.make_campaign("giay-khong", AGENCY, procedure="eid-2025")
    client = signed_in(make_client, ALICE)
    home = f"/institutions/{SCHOOL}/campaigns/giay-khong/batches"
    assert client.page(f"{home}/new").all("#batches-make, #batches-make-all") == []
    assert client.page(home).one(".empty")


# Taking a form out


def test_a_form_is_taken_out_with_a_reason_and_stays_listed(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    number = a_batch(scene, ids["Đỗ Văn An"], ids["Trần Bảo Ân"])
    link = alice.page(f"{BATCHES}/{number}").all("#batches-forms a[href*='/forms/']")[1]
    form = alice.page(str(link["href"])).form("#main form")
    without = alice.post(form.action, data=form.values | {"reason": " "})
    assert without.status_code == 422
    assert words(Page(without.text).one(".summary"))
    answer = alice.post(form.action, data=form.values | {"reason": "thiếu chữ ký"})
    page = alice.page(answer.location)
    assert in_batch(page) == ["Trần Bảo Ân"]
    assert in_batch(page, "taken-out") == ["Đỗ Văn An"]
    assert "thiếu chữ ký" in words(page.one("#batches-taken-out"))
    again = alice.post(form.action, data=form.values | {"reason": "noch einmal"}, follow_redirects=True)
    assert words(Page(again.text).one("#notice .warn"))
    assert alice.get(form.action).status_code == 303
    assert offered(alice.page(f"{BATCHES}/new")) == ["Lê Thị Ánh", "Đỗ Văn An"]


def test_what_is_not_in_the_batch_cant_be_taken_out(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    number = a_batch(scene, ids["Đỗ Văn An"])
    path = f"{BATCHES}/{number}/forms/{ids['Trần Bảo Ân']}"
    assert alice.get(path).status_code == 404
    assert alice.post(path, data={"reason": "vì thử"}).status_code == 404


# Received and confirmed


def test_with_received_everybody_still_in_it_is_handed_in(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    number = a_batch(scene, ids["Đỗ Văn An"], ids["Trần Bảo Ân"])
    form = alice.page(f"{BATCHES}/{number}").form("#batches-receipt")
    assert form.values["on"] == TODAY.isoformat()
    before = count(scene, RecordedEvent)
    answer = alice.post(form.action, data=form.values, follow_redirects=True)
    page = Page(answer.text)
    assert words(page.one("#notice .good"))
    assert page.all("#batches-receipt, a[href*='/forms/']") == []
    assert {state(scene, ids[name]) for name in ("Đỗ Văn An", "Trần Bảo Ân")} == {State.HANDED_IN}
    again = alice.post(form.action, data=form.values, follow_redirects=True)
    assert words(Page(again.text).one("#notice .warn"))
    assert count(scene, RecordedEvent) == before + 2


def test_who_was_handed_in_by_somebody_else_is_named(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    number = a_batch(scene, ids["Đỗ Văn An"], ids["Trần Bảo Ân"])
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, ids["Đỗ Văn An"], Event.HANDED_IN, TODAY)
    page = Page(alice.post(f"{BATCHES}/{number}", data={"on": TODAY.isoformat()}, follow_redirects=True).text)
    assert "Đỗ Văn An" in words(page.one("#notice .warn"))
    assert "Trần Bảo Ân" not in words(page.one("#notice .warn"))


@pytest.mark.parametrize("on", ["", "hôm qua", "2026-11-24", "2026-11-22"])
def test_a_day_on_which_it_cant_have_been_received_is_told_by_the_field(alice: CheckedClient, ids: dict[str, int], scene: Flask, on: str):
    number = a_batch(scene, ids["Đỗ Văn An"])
    answer = alice.post(f"{BATCHES}/{number}", data={"on": on})
    assert answer.status_code == 422
    assert words(Page(answer.text).one("#on-wrong"))
    assert state(scene, ids["Đỗ Văn An"]) is State.FORM_RECEIVED


def test_the_office_sees_what_is_on_the_way_and_its_word_hands_everybody_in(ids: dict[str, int], scene: Flask, make_client: Make):
    a_batch(scene, ids["Đỗ Văn An"], ids["Trần Bảo Ân"])
    with scene.app_context():
        other = with_form("Vũ Gia Hân", None, 14, OTHER_SCHOOL)
    a_batch(scene, other, school=OTHER_SCHOOL)
    diep = signed_in(make_client, DIEP)
    page = diep.page(OFFICE)
    rows = page.rows()[1:]
    assert [row[2] for row in rows] == ["1", "2"]
    assert rows[0][0].startswith("Trường Tiểu học Sông Xanh")
    assert "3" in words(page.one("#batches-coming"))
    form = page.form(f"form[action^='{HOME}/']")
    answer = diep.post(form.action, data=form.values)
    assert (answer.status_code, answer.location) == (303, OFFICE)
    page = diep.page(OFFICE)
    assert words(page.one("#notice .good"))
    assert len(page.rows()) == 2
    assert state(scene, ids["Đỗ Văn An"]) is State.HANDED_IN


def test_the_office_confirms_on_the_batchs_own_page_too_and_only_once(ids: dict[str, int], scene: Flask, make_client: Make):
    number = a_batch(scene, ids["Đỗ Văn An"])
    diep = signed_in(make_client, DIEP)
    page = diep.page(f"{BATCHES}/{number}")
    assert page.all("#batches-receipt, a[href*='/forms/']") == []
    form = page.form("#batches-confirmation")
    answer = diep.post(form.action, data=form.values)
    assert answer.location == f"{BATCHES}/{number}"
    assert "Diệp" in words(diep.page(answer.location).one(".facts"))
    before = count(scene, RecordedEvent)
    again = diep.post(form.action, data={"back": "//elsewhere.example"})
    assert again.location == f"{BATCHES}/{number}"
    assert count(scene, RecordedEvent) == before


def test_only_the_office_confirms_and_only_in_its_subtree(alice: CheckedClient, ids: dict[str, int], scene: Flask, make_client: Make):
    number = a_batch(scene, ids["Đỗ Văn An"])
    assert alice.post(f"{BATCHES}/{number}/confirmation").status_code == 403
    assert alice.get(OFFICE).status_code == 404
    diep = signed_in(make_client, DIEP)
    assert diep.get(f"/agencies/{OTHER_AGENCY}/campaigns/{CAMPAIGN}/batches").status_code == 404
    assert diep.get(f"/agencies/{AGENCY}/campaigns/no-such/batches").status_code == 404
    assert diep.page(OFFICE).texts("tbody td:first-child a")
    assert state(scene, ids["Đỗ Văn An"]) is State.FORM_RECEIVED


def test_the_office_with_nothing_to_confirm_is_told_so(scene: Flask, make_client: Make):
    assert signed_in(make_client, DIEP).page(OFFICE).one(".empty")


# The minutes


def printed(answer: TestResponse) -> str:
    assert answer.mimetype == "application/pdf"
    document = pypdfium2.PdfDocument(BytesIO(answer.data))
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in document)
    finally:
        document.close()


def test_the_minutes_name_whom_they_hand_over_in_vietnamese_and_who_printed_them_is_written_down(
    alice: CheckedClient, ids: dict[str, int], scene: Flask
):
    number = a_batch(scene, ids["Đỗ Văn An"], ids["Trần Bảo Ân"])
    with scene.app_context(), transaction.writing():
        batches.take_out(builders.scope_of(SCHOOL, CAMPAIGN), number, ids["Đỗ Văn An"], "thiếu chữ ký")
    alice.post("/language", data={"language": "en"})
    answer = alice.post(f"{BATCHES}/{number}/minutes.pdf")
    assert answer.status_code == 303
    file = alice.get(answer.location)
    assert file.headers["Content-Disposition"].endswith(f"bien-ban-{SCHOOL}-{number}-20261123-0900.pdf")
    text = printed(file)
    for said in ("BHXH Long Vân", "Trần Bảo Ân", "còn 7 ngày", "Alice", "Một tập", "01 (một)", "Đỗ Văn An", "thiếu chữ ký"):
        assert said in text, said
    with scene.app_context(), transaction.reading():
        noted = db.session.execute(select(LogEntry.what, LogEntry.actor, LogEntry.count)).all()
    assert ("exported-minutes", "Alice", 2) in [tuple(row) for row in noted]


def test_the_minutes_are_fetched_within_a_minute_by_the_one_who_asked(
    alice: CheckedClient, ids: dict[str, int], scene: Flask, make_client: Make
):
    number, other = a_batch(scene, ids["Đỗ Văn An"]), a_batch(scene, ids["Trần Bảo Ân"])
    address = str(alice.post(f"{BATCHES}/{number}/minutes.pdf").location)
    assert alice.get(f"{BATCHES}/{number}/minutes.pdf").location == f"{BATCHES}/{number}"
    assert alice.get(address.replace(f"/{number}/", f"/{other}/")).status_code == 302
    assert signed_in(make_client, DIEP).get(address).status_code == 302
    assert words(alice.page(f"{BATCHES}/{number}").all("#notice .warn")[0])
