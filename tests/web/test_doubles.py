"""The queue of likely doubles in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.domain.registration import Event
from tests.builders import DAY, make_person, record
from tests.cast import ALICE, BOB, CAMPAIGN, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page

Make = Callable[[], CheckedClient]


@pytest.fixture
def two(scene: Flask) -> tuple[int, int]:
    with scene.app_context():
        first, second = (make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", unit, birth_date=date(2014, 5, 3)) for unit in ("6A1", "6A2"))
    return first, second


def decided(client: CheckedClient, two: tuple[int, int], verdict: str) -> str:
    answer = client.post(f"{HOME}/doubles", data={"one_id": two[0], "other_id": two[1], "verdict": verdict}, follow_redirects=True)
    return str(answer.text)


def test_home_leads_to_the_queue_until_somebody_has_decided(two: tuple[int, int], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    assert "cặp có thể là một người bị nhập hai lần" in alice.get(HOME).text
    page = Page(alice.get(f"{HOME}/doubles").text)
    assert page.texts("section h2") == ["Trần Bảo An"]
    assert page.texts("tr.differs td") == ["6A1", "6A2"]
    assert "Đã gộp hai người làm một." in decided(alice, two, "same")
    assert "cặp có thể là một người" not in alice.get(HOME).text
    assert "Không có ai ở đây giống người khác." in alice.get(f"{HOME}/doubles").text


def test_before_two_become_one_a_page_says_who_stays_and_which_values_go(scene: Flask, make_client: Make) -> None:
    with scene.app_context():
        born = date(2014, 5, 3)
        first = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A1", birth_date=born, phone="0912000111")
        second = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A2", birth_date=born, phone="0912000222", sex="male")
        third = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A3", birth_date=born)
        record(SCHOOL, CAMPAIGN, second, Event.DECLARED, DAY)
        record(SCHOOL, CAMPAIGN, third, Event.DECLARED, DAY)
    alice = signed_in(make_client, ALICE)
    href = alice.page(f"{HOME}/doubles").one(f"#pair-{first}-{second} a.button")["href"]
    page = alice.page(str(href))
    assert "không hoàn tác được" in page.texts(".note.warn")[0]
    assert page.texts("tbody tr") == [
        "Họ và tên Trần Bảo An Trần Bảo An",
        "Ngày sinh 03/05/2014 03/05/2014",
        "Giới tính Nam –",
        "Điện thoại 0912000222 0912000111 không giữ",
        "Lớp, phòng ban 6A2 6A1 không giữ",
        "Việc đã ghi nhận 1 –",
    ]
    assert alice.get(f"{HOME}/doubles/{second}/{third}").status_code == 409
    assert alice.get(f"{HOME}/doubles/{second}/{first}").status_code == 404
    form = page.form("main form")
    assert "Đã gộp hai người làm một." in alice.post(form.action, data={**form.values, "verdict": "same"}, follow_redirects=True).text
    assert alice.get(str(href)).status_code == 404


def test_two_people_stay_two_and_a_second_press_is_told_so(two: tuple[int, int], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    assert "Chương trình sẽ không hỏi lại." in decided(alice, two, "two")
    assert "Cặp này không còn chờ nữa" in decided(alice, two, "same")


def test_who_was_said_to_be_two_by_mistake_is_asked_of_again(two: tuple[int, int], make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    decided(alice, two, "two")
    page = alice.page(f"{HOME}/doubles")
    assert "Alice" in page.texts("#doubles-decided tbody tr")[0]
    form = page.form("#doubles-decided form")
    alice.post(form.action, data=form.values)
    page = alice.page(f"{HOME}/doubles")
    assert (page.texts("section h2"), page.all("#doubles-decided")) == (["Trần Bảo An"], [])
    assert alice.post(form.action, data=form.values).status_code == 409


def test_what_cannot_become_one_is_said_with_what_to_do(scene: Flask, two: tuple[int, int], make_client: Make) -> None:
    with scene.app_context():
        for number in two:
            record(SCHOOL, CAMPAIGN, number, Event.DECLARED, DAY)
    assert "không thể nhập hai lịch sử làm một" in decided(signed_in(make_client, ALICE), two, "same")


@pytest.mark.parametrize(
    "data", [{}, {"one_id": "x", "other_id": "1", "verdict": "same"}, {"one_id": "1", "other_id": "2", "verdict": "x"}]
)
def test_odd_answers_are_refused(two: tuple[int, int], make_client: Make, data: dict[str, str]) -> None:
    assert signed_in(make_client, ALICE).post(f"{HOME}/doubles", data=data).status_code == 422


def test_who_only_looks_on_is_not_asked(two: tuple[int, int], make_client: Make) -> None:
    bob = signed_in(make_client, BOB)
    assert bob.get(f"{HOME}/doubles").status_code == 403
    assert "cặp có thể là một người" not in bob.get(HOME).text
