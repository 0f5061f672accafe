"""Zalo's notifications, over real HTTP: each documented code, and tokens that are renewed once, by one sender."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.adapters.channels import Fault, Letter, NotSent, Outcome, Sent, Unknown
from app.adapters.zalo import Tokens, ZaloApp, ZaloCarrier
from tests.unit.adapters.doubles import HERE, HttpHouse, free_port, http_house

LETTER = Letter("12.345", "+84912345678", "Ân", "Nhắc", "…", "", "…", values={"ten": "Ân", "han": "28/12/2026"})
TAKEN = (200, {"error": 0, "message": "Success", "data": {"msg_id": "a1b2", "sent_time": "1"}})
FRESH = (200, {"access_token": "new", "refresh_token": "next", "expires_in": "90000"})


class Store:
    """Tokens as a single sender keeps them."""

    def __init__(self, access: str | None = "old") -> None:
        self.kept, self.refresh = access, "first"
        self.renewals: list[str | None] = []
        self.seconds = 0

    def access(self) -> str | None:
        return self.kept

    def renew(self, refused: str | None, exchange: Callable[[str], Tokens]) -> str:
        self.renewals.append(refused)
        fresh = exchange(self.refresh)
        self.kept, self.refresh, self.seconds = fresh.access, fresh.refresh, fresh.seconds
        return fresh.access


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", HERE)


@pytest.fixture
def house() -> Iterator[HttpHouse]:
    with http_house() as made:
        yield made


def sent(house: HttpHouse, store: Store | None = None, count: int = 1, **more: Any) -> list[Outcome]:
    urls = {"url": f"{house.url}message/template", "oauth_url": f"{house.url}v4/oa/access_token"} | more
    carrier = ZaloCarrier(ZaloApp(**urls, app_id="app", secret="the secret", template="4711", seconds=0.2), store or Store())
    try:
        return [carrier.send(LETTER) for _ in range(count)]
    finally:
        carrier.close()


def error(code: object) -> tuple[int, dict[str, Any]]:
    return 200, {"error": code, "message": "user 84912345678 ..."}


def test_a_message_is_the_template_filled_in(house: HttpHouse):
    house.answers = [TAKEN]
    assert sent(house) == [Sent("a1b2")]
    path, headers, _ = house.asked[0]
    assert (path, headers["access_token"]) == ("/message/template", "old")
    assert house.json() == {
        "phone": "84912345678",
        "template_id": "4711",
        "template_data": {"ten": "Ân", "han": "28/12/2026"},
        "tracking_id": "nudge-12.345",
    }


CODES = [
    (-108, Fault.BAD_ADDRESS),
    (-114, Fault.NO_ACCOUNT),
    (-118, Fault.NO_ACCOUNT),
    (-119, Fault.NO_ACCOUNT),
    (-115, Fault.OPERATOR),
    (-109, Fault.OPERATOR),
    (-1122, Fault.OPERATOR),
    (-133, Fault.MORNING),
    (-139, Fault.REFUSED),
    (-141, Fault.REFUSED),
    (-144, Fault.TOMORROW),
    (-147, Fault.TOMORROW),
    (-32, Fault.AGAIN),
]


@pytest.mark.parametrize(("code", "fault"), CODES)
def test_each_code_means_one_thing(house: HttpHouse, code: int, fault: Fault):
    house.answers = [error(code)]
    assert sent(house) == [NotSent(fault, str(code))]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (error(-100), Unknown("code -100, not understood")),
        ((200, b"ok"), Unknown("HTTP 200, not understood")),
        ((200, {"data": {}}), Unknown("HTTP 200, not understood")),
        ((500, b"oops"), Unknown("HTTP 500, not understood")),
        ((502, b"oops"), Unknown("HTTP 502, not understood")),
        ((503, b"oops"), NotSent(Fault.AGAIN, "HTTP 503")),
        ((429, b"oops"), NotSent(Fault.AGAIN, "HTTP 429")),
        ((404, b"oops"), NotSent(Fault.OPERATOR, "HTTP 404")),
    ],
)
def test_nothing_keeps_a_second_message_away_there_so_what_is_not_understood_is_unknown(
    house: HttpHouse, answer: tuple[int, Any], outcome: Outcome
):
    house.answers = [answer]
    assert sent(house) == [outcome]


def test_a_slow_answer_leaves_it_unknown(house: HttpHouse):
    house.waits_for, house.answers = threading.Event(), [TAKEN]
    assert sent(house) == [Unknown("no answer: ReadTimeout")]


def test_who_hangs_up_leaves_it_unknown(house: HttpHouse):
    house.hangs_up = True
    assert sent(house) == [Unknown("no answer: RemoteProtocolError")]


def test_where_nobody_listens_nothing_is_sent(house: HttpHouse):
    assert sent(house, url=f"http://{HERE}:{free_port()}/") == [NotSent(Fault.AGAIN, "no connection: ConnectError")]


# Tokens


@pytest.mark.parametrize("code", [-124, -216, -220])
def test_a_refused_token_is_renewed_and_the_message_tried_once_more(house: HttpHouse, code: int):
    house.answers = [error(code), FRESH, TAKEN, TAKEN]
    store = Store()
    assert sent(house, store, 2) == [Sent("a1b2"), Sent("a1b2")]
    assert (store.kept, store.refresh, store.seconds, store.renewals) == ("new", "next", 90000, ["old"])
    path, headers, body = house.asked[1]
    assert (path, headers["secret_key"]) == ("/v4/oa/access_token", "the secret")
    assert body == b"refresh_token=first&app_id=app&grant_type=refresh_token"
    assert [asked[1].get("access_token") for asked in house.asked] == ["old", None, "new", "new"]


def test_without_a_token_one_is_fetched_first(house: HttpHouse):
    house.answers = [FRESH, TAKEN]
    assert sent(house, Store(None)) == [Sent("a1b2")]


def test_a_token_refused_twice_is_the_operators_affair(house: HttpHouse):
    house.answers = [error(-124), FRESH, error(-124)]
    assert sent(house) == [NotSent(Fault.OPERATOR, "the new token is refused, too")]
    assert len(house.asked) == 3


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((200, {"error": -14014, "error_name": "Invalid refresh token."}), NotSent(Fault.OPERATOR, "token: error -14014")),
        ((200, {"access_token": "new"}), NotSent(Fault.OPERATOR, "token: HTTP 200")),
        ((400, b""), NotSent(Fault.OPERATOR, "token: HTTP 400")),
        ((503, b""), NotSent(Fault.AGAIN, "token: HTTP 503")),
    ],
)
def test_where_no_token_is_to_be_had_nothing_is_sent(house: HttpHouse, answer: tuple[int, Any], outcome: Outcome):
    house.answers = [error(-124), answer]
    store = Store()
    assert sent(house, store) == [outcome]
    assert store.kept == "old"
    assert len(house.asked) == 2


def test_where_the_token_server_cannot_be_reached_it_is_tried_again(house: HttpHouse):
    house.answers = [error(-124)]
    outcomes = sent(house, oauth_url=f"http://{HERE}:{free_port()}/")
    assert outcomes == [NotSent(Fault.AGAIN, "token: no connection: ConnectError")]
