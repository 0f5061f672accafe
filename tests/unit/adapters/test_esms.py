"""SMS through eSMS, over real HTTP: each documented code, and what is known where no answer can be understood."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from app.adapters.channels import Fault, Letter, NotSent, Outcome, Sent, Unknown
from app.adapters.esms import LONGEST_REQUEST, EsmsAccount, EsmsCarrier
from tests.unit.adapters.doubles import HERE, HttpHouse, free_port, http_house, scripted

LETTER = Letter("12.345", "+84912345678", "Ân", "Nhắc", "Chào anh Ân, còn 7 ngày", "<p>…</p>", "Chao anh An, con 7 ngay")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", HERE)


@pytest.fixture
def house() -> Iterator[HttpHouse]:
    with http_house() as made:
        yield made


def sent(house_or_url: HttpHouse | str, *letters: Letter, **more: Any) -> list[Outcome]:
    url = house_or_url if isinstance(house_or_url, str) else house_or_url.url
    carrier = EsmsCarrier(EsmsAccount(url, "key", "secret", "TRUONG_A", seconds=0.2, **more))
    try:
        return [carrier.send(letter) for letter in letters or (LETTER,)]
    finally:
        carrier.close()


def accepted(number: str = "dc712784") -> tuple[int, dict[str, Any]]:
    return 200, {"CodeResult": "100", "CountRegenerate": 0, "SMSID": number}


def test_an_accepted_message_is_sent(house: HttpHouse):
    house.answers = [accepted()]
    assert sent(house, callback_url="https://truong.example/hooks/esms/k") == [Sent("dc712784")]
    asked = house.json()
    request = asked.pop("RequestId")
    assert asked == {
        "ApiKey": "key",
        "SecretKey": "secret",
        "Phone": "0912345678",
        "Content": "Chao anh An, con 7 ngay",
        "Brandname": "TRUONG_A",
        "SmsType": "2",
        "IsUnicode": "0",
        "Sandbox": "0",
        "CallbackUrl": "https://truong.example/hooks/esms/k",
    }
    assert request.startswith("nudge-12.345-")
    assert house.asked[0][1]["content-type"] == "application/json"


def test_every_try_of_one_message_has_the_same_name_and_another_receiver_another(house: HttpHouse):
    house.answers = [accepted()] * 4
    other = Letter("12.345", "+84987654321", "Bình", "", "", "", "x")
    sent(house, LETTER, LETTER, other, Letter("1" * 40, "+84912345678", "", "", "", "", "x"))
    first, again, others, long = (house.json(number)["RequestId"] for number in range(4))
    assert first == again != others
    assert "912345678" not in first
    assert len(long) <= LONGEST_REQUEST


def test_the_sandbox_is_asked_for(house: HttpHouse):
    house.answers = [accepted()]
    sent(house, sandbox=True)
    assert house.json()["Sandbox"] == "1"
    assert "CallbackUrl" not in house.json()


CODES = [
    ("100", Sent("7")),
    (100, Sent("7")),
    ("124", Sent()),
    ("99", NotSent(Fault.OPERATOR, "99")),
    ("101", NotSent(Fault.OPERATOR, "101")),
    ("103", NotSent(Fault.OPERATOR, "103")),
    ("104", NotSent(Fault.OPERATOR, "104")),
    ("108", NotSent(Fault.BAD_ADDRESS, "108")),
    ("146", NotSent(Fault.OPERATOR, "146")),
    ("31415", Unknown("code 31415, not understood")),
]


@pytest.mark.parametrize(("code", "outcome"), CODES)
def test_each_code_means_one_thing(house: HttpHouse, code: object, outcome: Outcome):
    house.answers = [(200, {"CodeResult": code, "SMSID": "7", "ErrorMessage": "0912345678 ..."})]
    assert sent(house) == [outcome]


ANSWERS = [
    (500, b"oops", Unknown("HTTP 500, not understood")),
    (502, b"<html>", Unknown("HTTP 502, not understood")),
    (503, {}, NotSent(Fault.AGAIN, "HTTP 503")),
    (429, b"", NotSent(Fault.AGAIN, "HTTP 429")),
    (403, b"", NotSent(Fault.OPERATOR, "HTTP 403")),
    (302, b"", NotSent(Fault.OPERATOR, "HTTP 302")),
    (200, b"", Unknown("HTTP 200, not understood")),
    (200, b"<html>maintenance</html>", Unknown("HTTP 200, not understood")),
    (200, ["100"], Unknown("HTTP 200, not understood")),
    (200, {"CodeResult": None}, Unknown("HTTP 200, not understood")),
    (200, {"CodeResult": "thành công"}, Unknown("HTTP 200, not understood")),
]


@pytest.mark.parametrize(("status", "said", "outcome"), ANSWERS)
def test_an_answer_without_a_code_is_no_success(house: HttpHouse, status: int, said: object, outcome: Outcome):
    house.answers = [(status, said)]
    assert sent(house) == [outcome]


def test_where_nobody_listens_nothing_is_sent():
    assert sent(f"http://{HERE}:{free_port()}/") == [NotSent(Fault.AGAIN, "no connection: ConnectError")]


def test_who_takes_the_question_and_says_nothing_leaves_it_unknown(house: HttpHouse):
    house.waits_for, house.answers = threading.Event(), [accepted()]
    assert sent(house) == [Unknown("no answer: ReadTimeout")]


def test_who_takes_the_question_and_hangs_up_leaves_it_unknown(house: HttpHouse):
    house.hangs_up = True
    assert sent(house) == [Unknown("no answer: RemoteProtocolError")]


def test_a_line_that_breaks_within_the_answer_leaves_it_unknown():
    with scripted(lambda line: (line.hears_all(""), line.says("HTTP/1.1 200 OK", "Content-Length: 50", "", '{"CodeRes'))) as server:
        outcomes = sent(f"http://{HERE}:{server.port}/")
    assert [type(outcome) for outcome in outcomes] == [Unknown]


def test_what_is_no_http_leaves_it_unknown():
    with scripted(lambda line: line.says("hello?")) as server:
        assert [type(outcome) for outcome in sent(f"http://{HERE}:{server.port}/")] == [Unknown]


def test_the_next_message_goes_after_a_broken_line(house: HttpHouse):
    house.hangs_up = True
    carrier = EsmsCarrier(EsmsAccount(house.url, "key", "secret", "TRUONG_A", seconds=0.2))
    carrier.send(LETTER)
    house.hangs_up, house.answers = False, [accepted("8")]
    assert carrier.send(LETTER) == Sent("8")
    carrier.close()
