"""A cell is corrected where it stands and judged at once; a repair can be refused; what waited goes in later, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app import clock, transaction
from app.extensions import db
from app.models import Institution, Person, RosterCorrection, RosterFile
from tests.builders import at, make_person
from tests.cast import ALICE, BOB, CHARLIE, OTHER_HOME, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by
from tests.web.test_rosters import AN, BINH, NO_SUCH_DAY, apply, stored, tabs, upload, workbook

SHORT = [4, "Vũ Văn Đạt", "02/03/2014", "6A1", "HS04", "912000444"]  # its phone lost the zero
CELL = {"sheet": "6A1", "row": "4", "column": "C"}


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(date(2026, 11, 23))):
        yield


@pytest.fixture
def alice(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


@pytest.fixture
def review(alice: CheckedClient) -> str:
    return upload(alice, workbook(AN, BINH, NO_SUCH_DAY))


def correct(client: CheckedClient, review: str, text: str, **more: str) -> Page:
    answer = client.post(f"{review}/corrections", data=CELL | {"text": text} | more)
    assert answer.status_code == 302, Page(answer.text).texts("[role=alert]")
    return client.page(answer.location)


def test_a_corrected_cell_is_judged_at_once_and_its_row_waits_no_more(alice: CheckedClient, review: str):
    page = alice.page(review)
    form = page.form("#rosters-changes td form")
    assert {name: form.values[name] for name in CELL} == CELL
    page = correct(alice, review, "28/02/2014")
    assert tabs(page) == {"new": 3, "corrected": 1}
    assert "28/02/2014" in words(alice.page(f"{review}?show=new").one("#rosters-changes tbody"))


def test_what_is_still_wrong_is_said_in_the_cell(alice: CheckedClient, review: str):
    page = correct(alice, review, "30/02/2014")
    assert tabs(page)["waiting"] == 1
    cell = page.one("#rosters-changes td.wrong")
    assert cell.select("input[name=text]")[0]["value"] == "30/02/2014"


def test_htmx_gets_the_review_alone_with_its_new_numbers(alice: CheckedClient, review: str):
    answer = alice.post(f"{review}/corrections", data=CELL | {"text": "28/02/2014", "show": "problems"}, headers={"HX-Request": "true"})
    page = Page(answer.text)
    assert answer.status_code == 200
    assert not page.whole
    assert tabs(page) == {"problems": 0, "new": 3, "corrected": 1}
    assert "3" in words(page.one("form[action$=application] button"))
    assert page.one("[role=status]")


def test_a_correction_is_kept_with_who_and_when_and_can_be_taken_back(alice: CheckedClient, review: str):
    correct(alice, review, "28/02/2014")
    page = alice.page(f"{review}?show=corrected")
    row = page.one("#rosters-changes tbody tr")
    assert all(told in words(row) for told in ("6A1 C4", "31/02/2014", "28/02/2014", "Alice"))
    form = page.form("#rosters-changes tbody form")
    answer = alice.post(form.action, data=form.values)
    assert tabs(alice.page(answer.location.partition("?")[0])) == {"problems": 1, "new": 2, "waiting": 1}


def test_what_is_imported_is_what_was_typed(alice: CheckedClient, review: str, database: Flask):
    correct(alice, review, "28/02/2014")
    apply(alice, review)
    with database.app_context(), transaction.reading():
        assert db.session.scalar(select(Person.birth_date).where(Person.full_name == "Phạm Văn Chi")) == date(2014, 2, 28)


@pytest.mark.parametrize(
    "cell",
    [
        {"row": "2"},  # nothing was found in it
        {"row": "99999"},
        {"sheet": "no such sheet"},
        {"column": "Z"},
        {"column": "C4"},
        {"row": "four"},
        {"text": "x" * 201},
    ],
)
def test_only_cells_of_rows_with_findings_can_be_corrected_and_only_with_a_short_text(
    alice: CheckedClient, review: str, database: Flask, cell: dict[str, str]
):
    answer = alice.post(f"{review}/corrections", data=CELL | {"text": "28/02/2014"} | cell)
    assert answer.status_code == 409
    assert Page(answer.text).one("[role=alert]")
    assert stored(database, RosterCorrection) == 0


def test_nothing_is_corrected_when_the_file_is_gone(alice: CheckedClient, review: str, database: Flask):
    with database.app_context(), transaction.writing():
        db.session.execute(delete(RosterFile))
    assert alice.post(f"{review}/corrections", data=CELL | {"text": "28/02/2014"}).status_code == 409


def test_nothing_is_corrected_in_a_review_that_is_out_of_date(alice: CheckedClient, review: str, database: Flask):
    with database.app_context():
        make_person("minh-hoa", "dot-1", "Vũ Dung", "6A1")
    answer = alice.post(f"{review}/corrections", data=CELL | {"text": "28/02/2014"})
    assert answer.status_code == 409
    assert Page(answer.text).one("form[action$=readings]")
    assert stored(database, RosterCorrection) == 0


def test_nothing_is_corrected_in_a_roster_that_was_imported(alice: CheckedClient, review: str, database: Flask):
    apply(alice, review)
    assert alice.post(f"{review}/corrections", data=CELL | {"text": "28/02/2014"}).status_code == 409


def test_corrections_outlive_bringing_a_review_up_to_date(alice: CheckedClient, review: str, database: Flask):
    correct(alice, review, "28/02/2014")
    with database.app_context():
        make_person("minh-hoa", "dot-1", "Vũ Dung", "6A1")
    alice.post(f"{review}/readings")
    assert tabs(alice.page(review))["new"] == 3


def test_only_coordinators_of_the_institution_correct(alice: CheckedClient, review: str, make_client: Callable[[], CheckedClient]):
    number = review.rpartition("/")[2]
    for email, address, status in ((BOB, review, 403), (CHARLIE, review, 404), (CHARLIE, f"{OTHER_HOME}/rosters/{number}", 404)):
        client = signed_in(make_client, email)
        for path, data in (
            ("corrections", CELL | {"text": "28/02/2014"}),
            ("corrections/removal", CELL),
            ("refusals", {"field": "phone", "code": "zero-restored"}),
            ("refusals/removal", {"field": "phone", "code": "zero-restored"}),
            ("understanding", {}),
            ("understanding/removal", {}),
            ("continuations", {}),
        ):
            assert client.post(f"{address}/{path}", data=data).status_code == status, path


def test_who_waited_goes_in_later_alone_as_a_roster_of_its_own(alice: CheckedClient, review: str, database: Flask):
    page = apply(alice, review)
    assert stored(database, Person) == 2
    answer = alice.post(str(page.one("form[action$=continuations]")["action"]))
    onward = str(answer.location)
    assert onward != review
    assert tabs(alice.page(onward)) == {"problems": 1, "same": 2, "waiting": 1}
    page = correct(alice, onward, "28/02/2014")
    assert tabs(page) == {"new": 1, "same": 2, "corrected": 1}
    apply(alice, onward)
    assert stored(database, Person) == 3


def test_going_on_twice_leads_to_one_roster(alice: CheckedClient, review: str):
    apply(alice, review)
    assert alice.post(f"{review}/continuations").location == alice.post(f"{review}/continuations").location
    assert alice.page(review).all("form[action$=continuations]") == []


def test_there_is_no_going_on_where_nothing_waits_or_nothing_was_imported(alice: CheckedClient, review: str):
    assert alice.post(f"{review}/continuations").status_code == 409
    other = upload(alice, workbook(AN))
    apply(alice, other)
    assert alice.post(f"{other}/continuations").status_code == 409


def test_repairs_are_listed_by_kind_and_can_be_refused_and_taken_again(alice: CheckedClient):
    review = upload(alice, workbook(AN, SHORT))
    page = alice.page(f"{review}?show=repairs")
    kind = page.one(".repairs li")
    assert all(told in words(kind) for told in ("1 ×", "912000444", "0912000444"))
    form = page.form(".repairs form")
    alice.post(form.action, data=form.values)
    assert tabs(alice.page(review)) == {"problems": 1, "new": 2}
    form = alice.page(f"{review}?show=repairs").form(".repairs form")
    assert form.action.endswith("/refusals/removal")
    alice.post(form.action, data=form.values)
    assert tabs(alice.page(review)) == {"new": 2, "repairs": 1}


def test_a_refused_value_is_left_out(alice: CheckedClient, database: Flask):
    review = upload(alice, workbook(AN, SHORT))
    alice.post(f"{review}/refusals", data={"field": "phone", "code": "zero-restored"})
    apply(alice, review)
    with database.app_context(), transaction.reading():
        assert db.session.scalar(select(Person.phone).where(Person.full_name == "Vũ Văn Đạt")) is None


def test_only_a_repair_that_was_made_can_be_refused(alice: CheckedClient, review: str):
    assert alice.post(f"{review}/refusals", data={"field": "phone", "code": "zero-restored"}).status_code == 409
    assert alice.post(f"{review}/refusals", data={"field": "phone"}).status_code == 409


def test_a_review_asks_the_database_no_more_for_many_rows_than_for_few(alice: CheckedClient, database: Flask):
    few = upload(alice, workbook(AN, NO_SUCH_DAY))
    many = upload(
        alice, workbook(*([n, f"Trần Văn {n % 26 * 'a'}n", "31/02/2014", "6A1", f"HS{n:03}", "912000111"] for n in range(1, 250)))
    )
    for show in ("", "?show=problems", "?show=problems&group=0", "?show=waiting", "?show=repairs", "?show=corrected"):
        counts = [len(asked_by(database, lambda path=path: alice.get(path))) for path in (f"{few}{show}", f"{many}{show}")]
        assert counts[0] == counts[1], show


def test_a_review_page_is_no_longer_for_many_rows(alice: CheckedClient):
    sizes = []
    for people in (250, 1_000):
        rows = ([n, f"Trần Văn {n}", "31/02/2014", "6A1", f"HS{n:04}", None] for n in range(1, people + 1))
        sizes.append(len(alice.get(upload(alice, workbook(*rows))).data))
    assert sizes[1] < 1.05 * sizes[0]


def test_people_who_change_while_a_cell_is_judged_are_noticed(alice: CheckedClient, review: str, database: Flask):
    with database.app_context(), transaction.writing():
        db.session.execute(update(Institution).where(Institution.code == "minh-hoa").values(people_mark=Institution.people_mark + 1))
    assert alice.post(f"{review}/corrections", data=CELL | {"text": "28/02/2014"}).status_code == 409
