"""Several likely doubles decided at once in the browser: ticked, looked at, done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.domain.registration import Event
from app.web import doubles_at_once
from tests.builders import DAY, make_person, record
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, GIANG, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page

Make = Callable[[], CheckedClient]
Pair = tuple[int, int]


@pytest.fixture
def pairs(scene: Flask) -> list[Pair]:
    """Three pairs; of both of the last something was recorded."""
    found = []
    with scene.app_context():
        for name in ("Trần Bảo An", "Lê Minh Bình", "Vũ Thị Chi"):
            known = {"birth_date": date(2014, 5, 3)}
            found.append(
                (
                    make_person(SCHOOL, CAMPAIGN, name, "6A1", **known),
                    make_person(SCHOOL, CAMPAIGN, name, "6A2", phone="0912000111", **known),
                )
            )
        for number in found[-1]:
            record(SCHOOL, CAMPAIGN, number, Event.DECLARED, DAY)
    return found


def looked_at(client: CheckedClient, verdict: str, *chosen: Pair, **other: str) -> Page:
    """As the form on the queue asks for it."""
    form = client.page(f"{HOME}/doubles").form("#doubles-chosen")
    assert form.action.endswith("/doubles/decision")
    query = [("verdict", verdict), *(("pair", f"{one}-{two}") for one, two in chosen), *other.items()]
    return client.page(form.action + "?" + "&".join(f"{name}={value}" for name, value in query))


def done(client: CheckedClient, page: Page) -> str:
    form = page.form("main form")
    data = {name: [field["value"] for field in page.all(f"main form [name={name}]")] for name in form.values}
    return str(client.post(form.action, data=data, follow_redirects=True).text)


def queue(client: CheckedClient) -> list[str]:
    return client.page(f"{HOME}/doubles").texts("[id^=pair-] h2")


def test_those_ticked_are_shown_and_noted_as_two_people(pairs: list[Pair], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    page = looked_at(alice, "two", pairs[0], pairs[1])
    assert "Chưa có gì thay đổi" in page.text
    assert len(page.texts("#doubles-pairs tbody tr")) == 2
    assert page.texts("main form button") == ["Ghi 2 cặp là hai người"]
    assert queue(alice) == ["Trần Bảo An", "Lê Minh Bình", "Vũ Thị Chi"]
    assert "Đã ghi: 2 cặp là hai người." in done(alice, page)
    assert queue(alice) == ["Vũ Thị Chi"]


def test_who_becomes_one_is_shown_with_the_values_that_go_and_who_cannot_waits_on(pairs: list[Pair], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    page = looked_at(alice, "same", *pairs)
    assert "không hoàn tác được" in page.texts(".note.warn")[0]
    assert (
        page.texts("#doubles-ones tbody tr")[0]
        == "Trần Bảo An 6A1 · 03/05/2014 Trần Bảo An 6A2 · 03/05/2014 Điện thoại: 0912000111 Lớp, phòng ban: 6A2"
    )
    (other,) = page.texts("#doubles-others tbody tr")
    assert other.startswith("Vũ Thị Chi")
    assert "không thể nhập hai lịch sử làm một" in other
    assert page.texts("main form button") == ["Gộp hẳn 2 cặp, mỗi cặp thành một người"]
    said = done(alice, page)
    assert "2 cặp đã là một người." in said
    assert "1 cặp đã chọn vẫn chờ." in said
    assert queue(alice) == ["Vũ Thị Chi"]


def test_all_that_wait_can_be_meant_without_ticking_each(pairs: list[Pair], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    assert "Cả 3 cặp đang chờ" in alice.page(f"{HOME}/doubles").text
    assert "Đã ghi: 3 cặp là hai người." in done(alice, looked_at(alice, "two", every="1"))
    assert queue(alice) == []


def test_who_was_shown_something_else_is_shown_it_anew(scene: Flask, pairs: list[Pair], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    page = looked_at(alice, "same", pairs[0], pairs[1])
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, pairs[0][1], Event.DECLARED, DAY)
    form = page.form("main form")
    answer = alice.post(form.action, data={**form.values, "pair": [f"{one}-{two}" for one, two in pairs[:2]]})
    assert answer.status_code == 409
    now = Page(answer.text)
    assert "Chưa làm gì cả" in now.texts(".note.bad")[0]
    assert len(queue(alice)) == 3
    assert "2 cặp đã là một người." in done(alice, now)


def test_where_nothing_is_ticked_that_is_said(pairs: list[Pair], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    for query in ("", "?verdict=same&pair=x&pair=1-2", "?verdict=two&pair=999999999-999999999"):
        page = alice.page(f"{HOME}/doubles/decision{query}")
        assert "Không có cặp nào trong số đã chọn đang chờ" in page.text
        assert page.all("main form") == []


@pytest.mark.parametrize("data", [{}, {"verdict": "x", "seen": "1"}, {"verdict": "same"}])
def test_odd_decisions_are_refused(pairs: list[Pair], make_client: Make, data: dict[str, str]) -> None:
    alice = signed_in(make_client, ALICE)
    assert alice.post(f"{HOME}/doubles/decision", data=data | {"every": "1"}).status_code == 422
    assert len(queue(alice)) == 3


def test_one_pair_alone_has_nothing_to_tick(scene: Flask, make_client: Make) -> None:
    with scene.app_context():
        for unit in ("6A1", "6A2"):
            make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", unit, birth_date=date(2014, 5, 3))
    assert signed_in(make_client, ALICE).page(f"{HOME}/doubles").all("#doubles-chosen") == []


def test_of_many_so_many_are_made_one_at_once_and_it_is_said(pairs: list[Pair], make_client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubles_at_once.deciding, "MOST", 1)
    alice = signed_in(make_client, ALICE)
    page = looked_at(alice, "same", every="1")
    assert "1 cặp khác đã chọn vẫn chờ" in page.texts(".note.info")[0]
    said = done(alice, page)
    assert "1 cặp đã là một người." in said
    assert "2 cặp đã chọn vẫn chờ." in said
    assert queue(alice) == ["Lê Minh Bình", "Vũ Thị Chi"]


@pytest.mark.parametrize(("email", "status"), [(BOB, 403), (GIANG, 403), (CHARLIE, 404)])
def test_who_may_not_import_does_not_decide(pairs: list[Pair], make_client: Make, email: str, status: int) -> None:
    client = signed_in(make_client, email)
    assert client.get(f"{HOME}/doubles/decision?every=1").status_code == status
    assert client.post(f"{HOME}/doubles/decision", data={"every": "1", "verdict": "two", "seen": "x"}).status_code == status
