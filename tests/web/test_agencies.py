"""The officer's table: every institution of the subtree, in any order, with sums that are the rows'."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from app import clock
from app.domain.access import Role
from app.domain.registration import Event
from tests.builders import at, make_agency, make_campaign, make_institution, make_login, make_person, record
from tests.cast import ADMIN, AGENCY, ALICE, CAMPAIGN, DIEP, OTHER_AGENCY, OTHER_SCHOOL, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
TABLE = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}"
NAME, TOTAL, IN_SCOPE, DECLARED, GRANTED, IN_USE, PERCENT, LEFT, NEEDED, CHANGED = range(10)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def officer(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    """Diệp, who sees a school with 4 people (2 granted, 1 of them in use, 1 outside the target) and one without a roster."""
    with database.app_context():
        set_the_scene()
        people = [make_person(SCHOOL, CAMPAIGN, name, "6A1") for name in ("Trần An", "Lê Bình", "Đỗ Chi", "Vũ Dung")]
        record(SCHOOL, CAMPAIGN, people[0], Event.GRANTED, date(2026, 11, 20))
        record(SCHOOL, CAMPAIGN, people[1], Event.SIGNED_IN, date(2026, 11, 20))
        record(SCHOOL, CAMPAIGN, people[2], Event.EXCLUDED, date(2026, 11, 20), "không tham gia BHYT")
    return signed_in(make_client, DIEP)


def body(page: Page) -> list[list[str]]:
    return [[words(cell) for cell in row.select("td")] for row in page.all("#agencies-table tbody tr")]


def names(page: Page) -> list[str]:
    return page.texts("#agencies-table tbody td.name > a")


def foot(page: Page) -> list[str]:
    return page.texts("#agencies-table tfoot tr > *")


def test_the_agency_opens_on_its_newest_campaign(officer: CheckedClient):
    assert officer.get(f"/agencies/{AGENCY}").location == TABLE


def test_an_agency_without_a_campaign_is_told_how_to_begin(database: Flask, make_client: Callable[[], CheckedClient]):
    with database.app_context():
        make_agency("98000")
        make_login("officer@cast.example", "Nga", Role.OFFICER, "98000")
    page = signed_in(make_client, "officer@cast.example").page("/agencies/98000")
    assert {"/agencies/98000/institutions", "/agencies/98000/campaigns/new"} <= {str(link["href"]) for link in page.all("main a")}


def test_every_institution_stands_with_its_milestones_and_what_is_left(officer: CheckedClient):
    row = next(row for row in body(officer.page(TABLE)) if "Minh Họa" in row[NAME])
    assert row[TOTAL:PERCENT] == ["4", "3", "2", "2", "1"]
    assert (row[PERCENT], row[LEFT], row[NEEDED], row[CHANGED]) == ("66,6 %", "1", "1", "23/11/2026")


def test_who_has_sent_no_roster_is_shown_as_such_and_counts_as_worst(officer: CheckedClient):
    page = officer.page(TABLE)
    assert names(page) == ["Trường Tiểu học Sông Xanh", "Trường THCS Minh Họa"]
    first = page.all("#agencies-table tbody tr")[0]
    assert first.select_one(".tag.bad") is not None
    assert {words(cell) for cell in first.select("td.num")} == {"–"}


def test_sums_equal_the_rows_whatever_the_chip(officer: CheckedClient, database: Flask):
    with database.app_context():
        make_institution("dong-song", AGENCY, "Trường Dòng Sông")
        for name in ("Hồ Lan", "Hồ Mai"):
            make_person("dong-song", CAMPAIGN, name)
    for chip in ("all", "behind", "without-roster", "silent"):
        page = officer.page(f"{TABLE}?show={chip}")
        for column in (TOTAL, IN_SCOPE, DECLARED, GRANTED, IN_USE, LEFT, NEEDED):
            rows = [int(row[column].replace("–", "0")) for row in body(page)]
            assert not rows or int(foot(page)[column]) == sum(rows), (chip, column)


def test_the_rail_stands_for_the_whole_subtree_whatever_the_chip(officer: CheckedClient):
    whole = officer.page(TABLE).one(".figure > strong")
    assert whole == officer.page(f"{TABLE}?show=without-roster").one(".figure > strong")


def test_each_chip_shows_as_many_rows_as_it_says(officer: CheckedClient):
    with clock.set_to(at(date(2026, 12, 7))):
        for chip in officer.page(TABLE).all("#agencies-table .chips a"):
            count = int(words(chip).split()[-1])
            assert len(body(officer.page(str(chip["href"])))) == count


def test_who_is_below_todays_pace_is_behind(officer: CheckedClient):
    assert names(officer.page(f"{TABLE}?show=behind")) == []
    with clock.set_to(at(date(2026, 12, 28))):
        assert names(officer.page(f"{TABLE}?show=behind")) == ["Trường THCS Minh Họa"]


def test_who_recorded_nothing_for_a_week_is_silent(officer: CheckedClient):
    assert names(officer.page(f"{TABLE}?show=silent")) == []
    with clock.set_to(at(date(2026, 12, 1))):
        assert names(officer.page(f"{TABLE}?show=silent")) == ["Trường THCS Minh Họa"]


def test_names_come_in_vietnamese_order(officer: CheckedClient, database: Flask):
    with database.app_context():
        for number, name in enumerate(("Trường số 10", "Trường Đoàn Kết", "Trường số 2", "Trường Dân Lập", "Trường Ấp Bắc")):
            make_institution(f"s{number}", AGENCY, name)
    expected = ["Ấp Bắc", "Dân Lập", "Đoàn Kết", "số 2", "số 10", "THCS Minh Họa", "Tiểu học Sông Xanh"]
    assert names(officer.page(f"{TABLE}?sort=name")) == [f"Trường {name}" for name in expected]
    assert names(officer.page(f"{TABLE}?sort=-name")) == [f"Trường {name}" for name in reversed(expected)]


def test_every_head_sorts_and_sorts_the_other_way_on_the_second_click(officer: CheckedClient):
    heads = officer.page(TABLE).all("#agencies-table thead a")
    assert len(heads) == 10
    for head in heads:
        once = officer.page(str(head["href"]))
        again = officer.page(str(once.one(f"#{head['id']}")["href"]))
        assert names(once) == list(reversed(names(again))), head["id"]
        assert once.one("th[aria-sort]").select_one("a")["id"] == head["id"]


def test_an_order_that_there_is_not_means_worst_first(officer: CheckedClient):
    assert names(officer.page(f"{TABLE}?sort=nonsense&show=nonsense")) == names(officer.page(TABLE))


def test_each_number_of_the_legend_leads_to_rows_that_add_up_to_it(officer: CheckedClient):
    for key in officer.page(TABLE).all(".keys a"):
        page = officer.page(str(key["href"]).partition("#")[0])
        numbers = [int(words(small).split()[0]) for small in page.all("#agencies-table tbody .part")]
        assert sum(numbers) == int(words(key).split()[0])
        assert numbers == sorted(numbers, reverse=True)


def test_htmx_gets_the_table_alone(officer: CheckedClient):
    fragment = officer.fragment(f"{TABLE}?sort=name")
    assert not fragment.whole
    assert len(fragment.all("#agencies-table")) == 1


def test_the_name_leads_to_the_institutions_home(officer: CheckedClient):
    assert officer.page(TABLE).link("Trường THCS Minh Họa") == f"/institutions/{SCHOOL}/campaigns/{CAMPAIGN}"


def test_offices_below_are_reachable_and_add_up(officer: CheckedClient, database: Flask, make_client: Callable[[], CheckedClient]):
    with database.app_context():
        make_agency("9900401", "BHXH Phường Một", AGENCY)
        make_agency("9900402", "BHXH Phường Hai", AGENCY)
        make_institution("phuong", "9900401", "Trường Phường")
        make_person("phuong", CAMPAIGN, "Hồ Lan")
    page = officer.page(TABLE)
    assert page.link("BHXH Phường Một") == f"/agencies/9900401/campaigns/{CAMPAIGN}"
    assert page.link("BHXH Phường Hai") == "/agencies/9900402"
    below = officer.page(f"/agencies/9900401/campaigns/{CAMPAIGN}")
    assert names(below) == ["Trường Phường"]


def test_another_agencys_table_is_not_there(officer: CheckedClient):
    assert officer.get(f"/agencies/{OTHER_AGENCY}").status_code == 404
    assert officer.get(f"/agencies/{OTHER_AGENCY}/campaigns/dot-xa").status_code == 404
    assert officer.get(f"/agencies/{AGENCY}/campaigns/dot-xa").status_code == 404


def test_a_coordinator_has_no_agencys_table(officer: CheckedClient, make_client: Callable[[], CheckedClient]):
    assert signed_in(make_client, ALICE).get(TABLE).status_code == 404


def test_a_hundred_institutions_cost_as_many_queries_as_two(officer: CheckedClient, database: Flask):
    few = len(asked_by(database, lambda: officer.page(TABLE)))
    with database.app_context():
        for number in range(100):
            make_institution(f"s{number}", AGENCY)
    assert len(asked_by(database, lambda: officer.page(TABLE))) == few


def test_an_admin_adds_an_office_below(officer: CheckedClient, make_client: Callable[[], CheckedClient]):
    admin = signed_in(make_client, ADMIN)
    answer = admin.post(f"/agencies/{AGENCY}/agencies", data={"code": "9900409", "name": "BHXH Phường Mới"})
    assert answer.location == "/agencies/9900409"
    assert admin.get(answer.location).location == f"/agencies/9900409/campaigns/{CAMPAIGN}"
    assert officer.post(f"/agencies/{AGENCY}/agencies", data={"code": "x", "name": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("code", "name", "field"), [(AGENCY, "BHXH", "code"), ("có dấu", "BHXH", "code"), ("99", "", "name"), ("", "BHXH", "code")]
)
def test_what_is_wrong_with_a_new_office_is_said_at_its_field(
    officer: CheckedClient, make_client: Callable[[], CheckedClient], code: str, name: str, field: str
):
    answer = signed_in(make_client, ADMIN).post(f"/agencies/{AGENCY}/agencies", data={"code": code, "name": name})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.one(f"#{field}")["aria-invalid"] == "true"
    assert page.one(f"#{field}-wrong").text == page.one(f".summary a[href='#{field}']").text


def test_an_officer_names_the_agencys_contact_person(officer: CheckedClient):
    form = officer.page(f"/agencies/{AGENCY}/edit").form("main form")
    sent = form.values | {"contact_name": "Cô Vân", "contact_phone": "024 3827 1234", "contact_email": "van@bhxh.example"}
    assert officer.post(form.action, data=sent).status_code == 302
    assert "Cô Vân" in officer.page(TABLE).text
    bad = officer.post(form.action, data=sent | {"contact_email": "van"})
    assert bad.status_code == 422
    assert Page(bad.text).one("#contact_email")["aria-invalid"] == "true"


def test_a_campaign_from_above_shows_an_agency_only_its_own_institutions(database: Flask, make_client: Callable[[], CheckedClient]):
    with database.app_context():
        set_the_scene()
        make_campaign("tinh", "990")
    page = signed_in(make_client, DIEP).page(f"/agencies/{AGENCY}/campaigns/tinh")
    assert sorted(names(page)) == ["Trường THCS Minh Họa", "Trường Tiểu học Sông Xanh"]
    assert OTHER_SCHOOL in page.html
