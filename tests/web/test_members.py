"""Letting people in by a link, helping them with a new password, taking their role away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from tests.builders import PASSWORD
from tests.cast import ADMIN, AGENCY, ALICE, BOB, DIEP, HOME, OTHER_SCHOOL, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page

MEMBERS, INVITATIONS = f"/institutions/{SCHOOL}/members", f"/institutions/{SCHOOL}/invitations"
MINH = {"name": "Minh", "email": "minh@cast.example", "role": "viewer"}
NEW = {"password": "bốn từ liền nhau", "again": "bốn từ liền nhau"}
MakeClient = Callable[[], CheckedClient]


@pytest.fixture
def alice(database: Flask, make_client: MakeClient) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


def link_shown(page: Page) -> str:
    return str(page.one("#link")["value"]).removeprefix("http://localhost")


def invite(client: CheckedClient, **typed: str | list[str]) -> str:
    answer = client.post(INVITATIONS, data=MINH | typed)
    assert answer.status_code == 302
    return link_shown(client.page(answer.location))


def forms_for(client: CheckedClient, name: str, members: str = MEMBERS) -> list[str]:
    """Where the forms beside a member's name lead."""
    rows = [row for row in client.page(members).all("tbody tr") if row.select_one("b").text == name]
    assert len(rows) == 1
    return [str(form["action"]) for form in rows[0].select("form")]


def membership(client: CheckedClient, name: str) -> str:
    """The address under which the page keeps a member."""
    return forms_for(client, name)[0].rpartition("/")[0]


def test_an_invited_person_chooses_a_password_and_is_in(alice: CheckedClient, client: CheckedClient):
    link = invite(alice)
    assert "Trường THCS Minh Họa" in client.page(link).text
    answer = client.post(link, data={"name": "Minh Anh", **NEW})
    assert answer.status_code == 302
    assert client.get(HOME).status_code == 200
    assert ["Minh Anh minh@cast.example", "Người xem"] in [cells[:2] for cells in alice.page(MEMBERS).rows()]


def test_the_link_is_shown_once_only(alice: CheckedClient):
    invite(alice)
    assert alice.page(MEMBERS).all("#link") == []


def test_a_link_works_once(alice: CheckedClient, make_client: MakeClient):
    link = invite(alice)
    make_client().post(link, data={"name": "Minh", **NEW})
    assert "không còn dùng được" in make_client().page(link, status=404).h1


def test_a_link_holds_for_seven_days(alice: CheckedClient, client: CheckedClient):
    link = invite(alice)
    with clock.set_to(clock.now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == 404
        assert client.post(link, data={"name": "Minh", **NEW}).status_code == 404


def test_who_has_an_account_joins_with_the_password_they_have(alice: CheckedClient, make_client: MakeClient):
    charlie = "charlie@cast.example"
    link = invite(alice, email=charlie)
    stranger = make_client()
    assert "đã có tài khoản" in stranger.post(link, data={"name": "X", **NEW}).text
    assert stranger.post(link, data={"name": "X", "password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert stranger.get(HOME).status_code == 200
    assert stranger.get(f"/institutions/{OTHER_SCHOOL}/members").status_code == 200


def test_a_class_lead_needs_a_class(alice: CheckedClient):
    answer = alice.post(INVITATIONS, data=MINH | {"role": "unit-lead"})
    assert answer.status_code == 422
    assert "Vai trò này cần ít nhất một lớp hoặc phòng ban." in answer.text
    units = {tag.find_next("label").text: str(tag["value"]) for tag in alice.page(MEMBERS).all("input[name=units]")}
    assert set(units) == {"6A1", "6A2"}
    assert invite(alice, role="unit-lead", units=[units["6A2"]])


def test_a_coordinator_cant_make_an_officer_or_an_administrator(alice: CheckedClient):
    for role in ("officer", "admin"):
        assert alice.post(INVITATIONS, data=MINH | {"role": role}).status_code == 422


def test_another_institutions_classes_cant_be_given_away(alice: CheckedClient, make_client: MakeClient):
    charlie = signed_in(make_client, "charlie@cast.example")
    theirs = str(charlie.page(f"/institutions/{OTHER_SCHOOL}/members").one("input[name=units]")["value"])
    own = {str(tag["value"]) for tag in alice.page(MEMBERS).all("input[name=units]")}
    foreign = theirs if theirs not in own else "999"
    assert alice.post(INVITATIONS, data=MINH | {"role": "unit-lead", "units": [foreign]}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": " "}, "Hãy nhập họ và tên."),
        ({"email": ""}, "Hãy nhập địa chỉ thư điện tử."),
        ({"email": "minh"}, "Đây không phải là địa chỉ thư điện tử."),
        ({"role": ""}, "Hãy chọn vai trò."),
    ],
)
def test_an_invitation_says_what_it_lacks(alice: CheckedClient, typed: dict[str, str], message: str):
    answer = alice.post(INVITATIONS, data=MINH | typed)
    assert answer.status_code == 422
    assert [message] == Page(answer.text).texts(".summary li")


def test_a_reset_link_gives_a_new_password_and_ends_old_sign_ins(alice: CheckedClient, make_client: MakeClient):
    bob = signed_in(make_client, BOB)
    answer = alice.post(f"{membership(alice, 'Bob')}/reset-link")
    link = link_shown(alice.page(answer.location))
    fresh = make_client()
    assert "name" not in fresh.page(link).form("main form").values
    assert fresh.post(link, data=NEW).status_code == 302
    assert bob.get(HOME).status_code == 302
    assert fresh.get(HOME).status_code == 200


def test_a_role_taken_away_ends_the_access_at_once(alice: CheckedClient, make_client: MakeClient):
    bob = signed_in(make_client, BOB)
    assert bob.get(HOME).status_code == 200
    alice.post(f"{membership(alice, 'Bob')}/removal")
    assert "Bob không còn vai trò ở đây." in alice.page(MEMBERS).text
    assert bob.get(HOME).status_code == 404


def test_a_name_is_never_taken_for_html(alice: CheckedClient, client: CheckedClient):
    client.post(invite(alice), data={"name": "<i>Minh</i>", **NEW})
    alice.post(f"{membership(alice, '<i>Minh</i>')}/removal")
    page = alice.page(MEMBERS)
    assert "<i>Minh</i> không còn vai trò ở đây." in page.text
    assert page.all("i") == []


def test_nobody_takes_away_their_own_role(alice: CheckedClient, make_client: MakeClient):
    officer = signed_in(make_client, DIEP)
    mine = membership(officer, "Alice")
    assert forms_for(alice, "Alice") == []
    alice.post(f"{mine}/removal")
    assert alice.get(HOME).status_code == 200


def test_who_looks_on_may_not_invite(alice: CheckedClient, make_client: MakeClient):
    bob = signed_in(make_client, BOB)
    assert bob.get(MEMBERS).status_code == 403
    assert MEMBERS not in bob.get(HOME).text


def test_an_office_invites_a_colleague(alice: CheckedClient, make_client: MakeClient):
    officer = signed_in(make_client, DIEP)
    answer = officer.post(f"/agencies/{AGENCY}/invitations", data={"name": "Nga", "email": "nga@cast.example"})
    link = link_shown(officer.page(answer.location))
    nga = make_client()
    nga.post(link, data={"name": "Nga", **NEW})
    assert nga.get(f"/agencies/{AGENCY}/members").status_code == 200
    assert nga.get("/agencies/990/members").status_code == 404


def test_an_officer_with_a_place_elsewhere_gets_no_password_from_here(alice: CheckedClient, make_client: MakeClient):
    admin = signed_in(make_client, ADMIN)
    answer = admin.post("/agencies/99005/invitations", data={"name": "Alice", "email": ALICE})
    make_client().post(link_shown(admin.page(answer.location)), data={"name": "Alice", "password": PASSWORD, "again": PASSWORD})
    officer = signed_in(make_client, DIEP)
    officer.post(f"{membership(officer, 'Alice')}/reset-link")
    page = officer.page(MEMBERS)
    assert "Alice còn làm việc ở nơi khác." in page.text
    assert page.all("#link") == []
