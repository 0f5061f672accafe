"""Institutions are added by their agency; each keeps its own name and contact person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import make_institution
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, FAR_SCHOOL, OTHER_AGENCY, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page

LIST = f"/agencies/{AGENCY}/institutions"
NEW = {"code": "hoa-mai", "name": "Mầm non Hoa Mai", "kind": "school", "agency_code": AGENCY, "contact_name": "Cô Mai"}


@pytest.fixture
def sign_in(database: Flask, make_client: Callable[[], CheckedClient]) -> Callable[[str], CheckedClient]:
    with database.app_context():
        set_the_scene()
    return lambda email: signed_in(make_client, email)


def names(page: Page) -> list[str]:
    return page.texts("#institutions-list tbody td:first-child a")


def test_an_officer_sees_the_institutions_of_the_agency_and_no_others(sign_in: Callable[[str], CheckedClient]):
    assert names(sign_in(DIEP).page(LIST)) == ["Trường THCS Minh Họa", "Trường Tiểu học Sông Xanh"]


def test_institutions_are_found_without_marks(sign_in: Callable[[str], CheckedClient]):
    officer = sign_in(DIEP)
    assert names(officer.page(f"{LIST}?q=song+xanh")) == ["Trường Tiểu học Sông Xanh"]
    assert names(officer.fragment(f"{LIST}?q=MINH-hoa")) == ["Trường THCS Minh Họa"]
    assert names(officer.page(f"{LIST}?q=nirgends")) == []


def test_a_new_institution_takes_part_where_all_do(sign_in: Callable[[str], CheckedClient]):
    officer = sign_in(DIEP)
    answer = officer.post(LIST, data=NEW)
    assert answer.location == "/institutions/hoa-mai/members"
    assert "Mầm non Hoa Mai" in officer.page(f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}").text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": SCHOOL}, "code"),
        ({"code": "a b"}, "code"),
        ({"name": " "}, "name"),
        ({"kind": ""}, "kind"),
        ({"agency_code": OTHER_AGENCY}, "agency_code"),
    ],
)
def test_what_is_wrong_with_a_new_institution_is_said_at_its_field(
    sign_in: Callable[[str], CheckedClient], change: dict[str, str], field: str
):
    officer = sign_in(DIEP)
    answer = officer.post(LIST, data=NEW | change)
    assert answer.status_code == 422
    assert [tag["id"] for tag in Page(answer.text).all(".control.invalid .wrong")] == [f"{field}-wrong"]
    assert "Hoa Mai" not in officer.page(LIST).text


def test_only_officers_add_institutions(sign_in: Callable[[str], CheckedClient]):
    assert sign_in(ALICE).post(LIST, data=NEW).status_code == 404
    assert sign_in(DIEP).post(f"/agencies/{OTHER_AGENCY}/institutions", data=NEW).status_code == 404


def test_the_front_door_leads_to_the_newest_campaign(sign_in: Callable[[str], CheckedClient]):
    assert sign_in(BOB).get(f"/institutions/{SCHOOL}").location == f"/institutions/{SCHOOL}/campaigns/{CAMPAIGN}"


def test_an_institution_without_a_campaign_is_told_so(sign_in: Callable[[str], CheckedClient], database: Flask):
    with database.app_context():
        make_institution("cho", "990", "Trường Chờ")
    page = sign_in("admin@cast.example").page("/institutions/cho")
    assert page.h1 == "Trường Chờ"
    assert "BHXH 990" in page.text


@pytest.mark.parametrize("email", [ALICE, DIEP])
def test_coordinator_and_officer_name_the_contact_person(sign_in: Callable[[str], CheckedClient], email: str):
    client = sign_in(email)
    form = client.page(f"/institutions/{SCHOOL}/edit").form("main form")
    answer = client.post(
        form.action, data=form.values | {"name": "Trường THCS Minh Họa 2", "contact_name": "Thầy Long", "contact_phone": "0912 000 111"}
    )
    page = client.page(answer.location)
    assert page.form("main form").values["contact_name"] == "Thầy Long"
    assert page.form("main form").values["name"] == "Trường THCS Minh Họa 2"


def test_a_name_is_needed(sign_in: Callable[[str], CheckedClient]):
    answer = sign_in(ALICE).post(f"/institutions/{SCHOOL}", data={"name": ""})
    assert answer.status_code == 422
    assert Page(answer.text).one("#name")["aria-invalid"] == "true"


def test_who_looks_on_or_belongs_elsewhere_changes_nothing(sign_in: Callable[[str], CheckedClient]):
    assert sign_in(BOB).get(f"/institutions/{SCHOOL}/edit").status_code == 403
    assert sign_in(BOB).post(f"/institutions/{SCHOOL}", data={"name": "x"}).status_code == 403
    assert sign_in(CHARLIE).get(f"/institutions/{SCHOOL}/edit").status_code == 404
    assert sign_in(DIEP).get(f"/institutions/{FAR_SCHOOL}").status_code == 404
