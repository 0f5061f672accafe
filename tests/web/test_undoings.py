"""Undoing a roster in the browser: first what would happen, then exactly that, once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.domain.registration import Event
from app.extensions import db
from app.models import Person
from tests.builders import at, record
from tests.cast import ALICE, CAMPAIGN, HOME, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page
from tests.web.test_rosters import AN, BINH, NO_SUCH_DAY, ROSTERS, workbook

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(DAY)):
        yield


@pytest.fixture
def alice(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


def applied(client: CheckedClient, *rows: list[object]) -> str:
    answer = client.post(ROSTERS, data={"workbook": (io.BytesIO(workbook(*rows)), "lop-6a1.xlsx")})
    client.post(f"{answer.location}/application")
    return str(answer.location)


def seen(client: CheckedClient, address: str) -> str:
    return re.findall(r'name="seen"[^>]*value="(\w+)"', client.get(f"{address}/undoing").text)[0]


def person(app: Flask, name: str) -> int | None:
    with app.app_context():
        return db.session.scalar(select(Person.id).where(Person.full_name == name))


def test_the_page_says_what_goes_and_what_is_kept_and_then_that_happens(database: Flask, alice: CheckedClient) -> None:
    address = applied(alice, AN, BINH)
    an = person(database, "Trần Văn An")
    assert an is not None
    with database.app_context():
        record(SCHOOL, CAMPAIGN, an, Event.DECLARED, DAY)
    assert f"{address}/undoing" in alice.get(address).text
    page = Page(alice.get(f"{address}/undoing").text)
    assert page.texts(".outcome li")[0].startswith("1 người do tệp này đưa vào sẽ bị xóa")
    assert page.texts("#rosters-kept tbody td") == ["Trần Văn An", "6A1", "cả người", "đã có việc được ghi nhận"]
    answer = alice.post(f"{address}/undoing", data={"seen": seen(alice, address)})
    assert answer.location == address
    assert "Đã hoàn tác danh sách." in alice.get(address).text
    assert (person(database, "Trần Văn An"), person(database, "Lê Thị Bình")) == (an, None)
    assert "đã hoàn tác" in alice.get(ROSTERS).text
    assert Page(alice.get(f"{address}/undoing").text).texts("#rosters-kept tbody td")[0] == "Trần Văn An"


def test_a_second_press_is_told_so(database: Flask, alice: CheckedClient) -> None:
    address = applied(alice, AN)
    mark = seen(alice, address)
    alice.post(f"{address}/undoing", data={"seen": mark})
    answer = alice.post(f"{address}/undoing", data={"seen": mark})
    assert answer.status_code == 409
    assert "Danh sách này đã được hoàn tác trước đó." in answer.text


def test_a_page_that_is_out_of_date_undoes_nothing(database: Flask, alice: CheckedClient) -> None:
    address = applied(alice, AN)
    mark = seen(alice, address)
    an = person(database, "Trần Văn An")
    assert an is not None
    with database.app_context():
        record(SCHOOL, CAMPAIGN, an, Event.DECLARED, DAY)
    answer = alice.post(f"{address}/undoing", data={"seen": mark})
    assert answer.status_code == 409
    assert "Chưa hoàn tác gì" in answer.text
    assert Page(answer.text).texts("#rosters-kept tbody td")[0] == "Trần Văn An"
    assert alice.post(f"{address}/undoing", data={"seen": seen(alice, address)}).status_code == 302


def test_without_the_mark_of_the_page_nothing_is_undone(database: Flask, alice: CheckedClient) -> None:
    address = applied(alice, AN)
    assert alice.post(f"{address}/undoing").status_code == 422
    assert person(database, "Trần Văn An") is not None


def test_a_review_that_was_not_imported_leads_back_to_itself(alice: CheckedClient) -> None:
    address = alice.post(ROSTERS, data={"workbook": (io.BytesIO(workbook(AN)), "lop-6a1.xlsx")}).location
    assert alice.get(f"{address}/undoing").location == address
    assert alice.post(f"{address}/undoing", data={"seen": "x"}).location == address
    assert "Danh sách này chưa được nhập" in alice.get(str(address)).text


def test_the_way_back_is_offered_in_english_too(alice: CheckedClient) -> None:
    address = applied(alice, AN)
    alice.post("/language", data={"language": "en", "next": HOME})
    assert "Undo the roster" in alice.get(f"{address}/undoing").text


def test_what_goes_on_with_an_undone_roster_says_so(alice: CheckedClient) -> None:
    address = applied(alice, AN, NO_SUCH_DAY)
    onward = alice.post(f"{address}/continuations").location
    assert "Người đã nhập lần đó được giữ nguyên." in alice.page(onward).html
    alice.post(f"{address}/undoing", data={"seen": seen(alice, address)})
    page = alice.page(onward)
    assert "Danh sách đó đã được hoàn tác" in page.html
    assert "Người đã nhập lần đó được giữ nguyên." not in page.html
