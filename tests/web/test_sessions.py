"""Signing in and out, and where one comes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app import create_app
from app.domain.access import Role
from app.extensions import limiter
from tests.builders import PASSWORD, make_agency, make_institution, make_login
from tests.cast import ADMIN, ALICE, DIEP, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.conftest import TESTING

MakeClient = Callable[[], CheckedClient]


def sign_in(client: CheckedClient, email: str, password: str = PASSWORD, **query: str):
    return client.post("/sign-in", query_string=query, data={"email": email, "password": password})


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_where_they_were_going(scene: Flask, client: CheckedClient):
    asked = client.get(f"{HOME}/people?q=an")
    assert asked.status_code == 302
    answer = client.post(asked.location, data={"email": ALICE, "password": PASSWORD})
    assert answer.location == f"{HOME}/people?q=an"


def test_a_coordinator_comes_out_at_the_newest_campaign_of_their_institution(scene: Flask, client: CheckedClient):
    sign_in(client, ALICE)
    assert client.get("/").location == HOME


def test_an_officer_comes_out_at_their_office(scene: Flask, client: CheckedClient):
    sign_in(client, DIEP)
    assert client.get("/").location == "/agencies/99004"


def test_who_works_at_several_places_chooses(scene: Flask, make_client: MakeClient):
    with scene.app_context():
        make_agency("991")
    client = signed_in(make_client, ADMIN)
    assert client.get("/").location == "/places"
    assert client.page("/places").texts("main h2") == ["BHXH 990", "BHXH 991"]


def test_a_place_without_a_campaign_says_so(database: Flask, client: CheckedClient):
    with database.app_context():
        make_agency("99007")
        make_institution("vang", "99007", "Trường Vắng")
        make_login("linh@cast.example", "Linh", Role.COORDINATOR, "vang")
    sign_in(client, "linh@cast.example")
    page = client.page("/places")
    assert client.get("/").location == "/places"
    assert "Ở đây chưa có đợt nào." in page.text


@pytest.mark.parametrize(("email", "password"), [(ALICE, "wrong"), ("nobody@cast.example", PASSWORD)])
def test_a_wrong_password_does_not_tell_whether_the_address_is_known(scene: Flask, client: CheckedClient, email: str, password: str):
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert "Địa chỉ thư điện tử và mật khẩu không khớp." in answer.text


def test_an_address_may_be_typed_in_capitals_and_with_spaces(scene: Flask, client: CheckedClient):
    assert sign_in(client, f" {ALICE.upper()} ").status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/sign-out", "/nowhere", "/\n/x"]
)
def test_nobody_is_led_to_another_site_after_signing_in(scene: Flask, client: CheckedClient, elsewhere: str):
    assert sign_in(client, ALICE, next=elsewhere).location == "/"


def test_who_signs_out_is_out(scene: Flask, make_client: MakeClient):
    client = signed_in(make_client, ALICE)
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get("/places").status_code == 302


def test_signing_in_keeps_the_language_and_nothing_else_of_an_earlier_visitor(scene: Flask, client: CheckedClient):
    client.post("/language", data={"language": "en"})
    with client.session_transaction() as session:
        session["left-behind"] = "something"
    sign_in(client, ALICE)
    with client.session_transaction() as session:
        assert session["language"] == "en"
        assert "left-behind" not in session


def test_who_was_signed_out_while_a_form_was_open_is_told_and_comes_back_to_its_page(scene: Flask, client: CheckedClient):
    came_from = f"http://localhost/institutions/{SCHOOL}/members"
    asked = client.post(f"/institutions/{SCHOOL}/invitations", headers={"Referer": came_from})
    page = client.page(asked.location)
    assert "Lần gửi vừa rồi chưa được lưu" in page.text
    assert client.post(asked.location, data={"email": ALICE, "password": PASSWORD}).location == f"/institutions/{SCHOOL}/members"


def test_htmx_is_sent_to_sign_in_by_a_header(scene: Flask, client: CheckedClient):
    answer = client.get(HOME, headers={"HX-Request": "true", "HX-Current-URL": f"http://localhost{HOME}"})
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")


def test_whoever_guesses_passwords_is_stopped_but_not_who_knows_theirs(scene: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limiter, "enabled", True)
    app = create_app({**TESTING, "DATABASE_URL": scene.config["DATABASE_URL"], "RATELIMIT_ENABLED": True})
    app.test_client_class = CheckedClient
    client: CheckedClient = app.test_client()
    for _ in range(12):
        assert sign_in(client, DIEP).status_code == 302
        client.post("/sign-out")
    tries = [sign_in(client, ALICE, f"guess {n}").status_code for n in range(10)]
    assert tries == [422] * 8 + [429] * 2
    assert sign_in(client, DIEP).status_code == 302
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
