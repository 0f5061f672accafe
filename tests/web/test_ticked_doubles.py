"""What is ticked in the queue of likely doubles stays ticked on its other pages, and while somebody decides on one pair alone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask

from app.queries.doubles import PAGE
from tests.builders import bring_doubles
from tests.cast import ALICE, CAMPAIGN, HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page

Make = Callable[[], CheckedClient]
QUEUE = f"{HOME}/doubles"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def alice(scene: Flask, make_client: Make) -> CheckedClient:
    """Two more pairs wait than a page holds."""
    with scene.app_context():
        bring_doubles(SCHOOL, CAMPAIGN, PAGE + 2)
    return signed_in(make_client, ALICE)


def boxes(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.all("input[data-row]")]


def ticked(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.all("input[data-row][checked]")]


def held(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.all("input[data-held]")]


def onward(page: Page, button: str, *pairs: str) -> str:
    """Where a button below the list leads, as a browser without JavaScript makes it of the form."""
    one = next(found for found in page.all(".pager button") if button in found.text)
    assert one["form"] == page.one("#doubles-chosen")["id"]
    after = [("after", str(one["value"]))] if one.get("name") else []
    return f"{one['formaction']}?{urlencode([('pair', pair) for pair in pairs] + after)}"


def test_what_is_ticked_stays_so_on_the_next_page_and_back(alice: CheckedClient) -> None:
    first = alice.page(QUEUE)
    mine = boxes(first)[3]
    second = alice.page(onward(first, "Tiếp", mine))
    assert (len(boxes(second)), ticked(second), held(second)) == (2, [], [mine])
    other = boxes(second)[1]
    again = alice.page(onward(second, "Về đầu danh sách", *held(second), other))
    assert (boxes(again), ticked(again), held(again)) == (boxes(first), [mine], [other])
    decision = alice.page(f"{QUEUE}/decision?{urlencode([('verdict', 'two'), ('pair', mine), ('pair', other)])}")
    assert len(decision.texts("#doubles-pairs tbody tr")) == 2
    cancelled = alice.page(str(decision.one("main form a.button")["href"]))
    assert (ticked(cancelled), held(cancelled)) == ([mine], [other])


def test_who_decides_on_one_pair_alone_stays_where_they_are_with_all_that_is_ticked(alice: CheckedClient) -> None:
    first = alice.page(QUEUE)
    pairs = boxes(first)
    there = f"{QUEUE}?{urlencode([('pair', pair) for pair in (pairs[2], pairs[3], pairs[9])])}"
    page = alice.page(there)
    form = page.form(f"#pair-{pairs[2]} form")
    assert form.action == QUEUE  # what is ticked on the page itself the browser adds
    part = Page(alice.post(there, data={**form.values, "verdict": "two"}, headers=HTMX).text)
    assert not part.whole
    assert "Chương trình sẽ không hỏi lại." in part.text
    assert part.one("[autofocus]")["id"] == f"pair-{pairs[3]}"
    assert (ticked(part), held(part)) == ([pairs[3], pairs[9]], [])


def test_without_javascript_what_the_address_knows_comes_back_after_one_decision(alice: CheckedClient) -> None:
    first = alice.page(QUEUE)
    mine = boxes(first)[0]
    second = alice.page(onward(first, "Tiếp", mine))
    form = second.form(f"#pair-{boxes(second)[0]} form")
    back = Page(alice.post(form.action, data={**form.values, "verdict": "two"}, follow_redirects=True).text)
    assert (boxes(back), held(back)) == (boxes(second)[1:], [mine])
    one = back.one(f"#pair-{boxes(back)[0]} a.button")
    alone = alice.page(str(one["href"]))
    done = Page(
        alice.post(alone.form("main form").action, data={**alone.form("main form").values, "verdict": "same"}, follow_redirects=True).text
    )
    assert "Đã gộp hai người làm một." in done.text
    assert (len(boxes(done)), ticked(done)) == (PAGE, [mine])  # nothing is left behind that place: the queue from its beginning


def test_what_waits_no_more_or_never_was_is_not_held(alice: CheckedClient) -> None:
    assert held(alice.page(f"{QUEUE}?pair=999-9999&pair=x&pair=1-2")) == []


def test_a_place_behind_the_last_pair_is_the_beginning(alice: CheckedClient) -> None:
    page = alice.page(f"{QUEUE}?after=999999-999999")
    assert len(boxes(page)) == PAGE
    assert "Không có ai ở đây giống người khác." not in page.text


def test_a_list_that_went_in_says_in_numbers_what_it_brought_and_how_many_pairs_wait(alice: CheckedClient) -> None:
    page = alice.page(f"{HOME}/rosters/2")
    assert page.texts(".note.good")[0].endswith(f": {PAGE + 2} người mới.")
    (told,) = page.texts(".note.info")
    assert f"{PAGE + 2} cặp có thể là một người bị nhập hai lần." in told
    assert page.one(".note.info a")["href"] == QUEUE
