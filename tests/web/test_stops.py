"""Declining further messages by the link in one: nobody signs in, a mail program may do it alone, and nothing else can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, links, transaction
from app.domain.ladder import Channel
from app.domain.nudge import Status
from app.extensions import db
from app.models import Address, Nudge
from app.queries import campaigns
from app.services import planning
from tests.builders import DEADLINE, at, make_person, scope_of
from tests.cast import CAMPAIGN, SCHOOL
from tests.client import CheckedClient
from tests.page import Page, words

TODAY = DEADLINE.replace(day=23)
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def link(scene: Flask) -> str:
    """The link in a message that has gone to An's address."""
    with scene.app_context():
        make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1", email="an@nha.example")
        with transaction.writing():
            planning.plan(campaigns.campaign(scope_of(SCHOOL, CAMPAIGN)), frozenset({Channel.EMAIL}))
            row = db.session.scalars(select(Nudge).where(Nudge.person_id.is_not(None))).one()
            row.status, row.address, row.sent_at = Status.SENT, "an@nha.example", clock.now()
            name = f"{row.campaign_id}.{row.id}"
        with transaction.reading():
            return "/stop/" + links.stop_url(name).rpartition("/stop/")[2]


def declined(app: Flask) -> list[str]:
    with app.app_context(), transaction.reading():
        return list(db.session.scalars(select(Address.address).where(Address.opted_out_at.is_not(None))))


def test_the_link_asks_first_and_one_press_stops_everything(link: str, client: CheckedClient, scene: Flask):
    page = client.page(link)
    assert "a…@nha.example" in page.text
    assert "Trường THCS Minh Họa" in page.text
    assert declined(scene) == [], "to look at it does nothing: mail programs do"
    form = page.form("main form")
    answer = client.post(form.action, data=form.values)
    assert answer.status_code == 200
    assert words(Page(answer.text).one(".note.good"))
    assert declined(scene) == ["an@nha.example"]


def test_a_mail_program_stops_it_with_one_request_and_no_cookie(link: str, scene: Flask, make_client: Make):
    scene.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = make_client().post(link, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    finally:
        scene.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 200
    assert declined(scene) == ["an@nha.example"]


def test_pressed_twice_is_declined_once_and_can_be_taken_back(link: str, client: CheckedClient, scene: Flask):
    for _ in range(2):
        assert client.post(link).status_code == 200
    form = client.page(link).form("main form")
    answer = client.post(form.action, data=form.values)
    assert words(Page(answer.text).one(".note.good"))
    assert declined(scene) == []
    assert client.page(form.action).form("main form").action == link


@pytest.mark.parametrize("token", ["x", "IjEuMSI.AAAA", "1.1", "ImEi"])
def test_a_link_that_nobody_signed_leads_nowhere(link: str, client: CheckedClient, scene: Flask, token: str):
    assert client.get(f"/stop/{token}").status_code == 404
    assert client.post(f"/stop/{token}").status_code == 404
    assert client.post(f"/stop/{token}/withdrawal").status_code == 404
    assert declined(scene) == []


def test_the_page_names_nobody_and_shows_no_whole_address(link: str, client: CheckedClient):
    text = client.page(link).html
    assert "Trần An" not in text
    assert "an@nha.example" not in text
