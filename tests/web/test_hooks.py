"""Where channels report: with a secret or a signature something is noted, without one there is nothing here."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app, transaction
from app.domain.ladder import Channel
from app.domain.nudge import Status
from app.extensions import db, limiter
from app.models import Address, Nudge
from tests.client import CheckedClient
from tests.conftest import TESTING
from tests.services.test_deliveries import EMAIL, PHONE, make_nudge

SECRET = "k" * 32
Make = Callable[..., tuple[int, int]]


@pytest.fixture
def house(scene: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with secrets set."""
    for name, value in {"HOOK_SECRET": SECRET, "ZALO_APP_ID": "4711", "ZALO_OA_SECRET": "oa secret"}.items():
        monkeypatch.setitem(scene.config, name, value)
    return scene


@pytest.fixture
def made(house: Flask) -> Make:
    def make(*args: Any, **known: Any) -> tuple[int, int]:
        with house.app_context():
            return make_nudge(*args, **known)

    return make


def state(app: Flask, it: tuple[int, int]) -> str:
    with app.app_context(), transaction.reading():
        found = db.session.get(Nudge, it)
        assert found is not None
        return found.status


def address(app: Flask, of: str) -> Address | None:
    with app.app_context(), transaction.reading():
        found = db.session.get(Address, of)
        if found:
            db.session.expunge(found)
        return found


# eSMS


def esms(client: CheckedClient, it: tuple[int, int], secret: str = SECRET, **said: Any) -> TestResponse:
    asked = {
        "SMSID": "dc712784",
        "SendFailed": 0,
        "SendStatus": 5,
        "SendSuccess": 1,
        "TotalReceiver": 1,
        "RequestId": f"nudge-{it[0]}.{it[1]}-a1b2c3d4",
        "TypeId": 2,
        "phonenumber": "0912345678",
    }
    return client.get(f"/hooks/esms/{secret}", query_string=asked | said)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, Status.DELIVERED),
        ({"SendFailed": 1, "SendSuccess": 0}, Status.FAILED),
        ({"SendStatus": 4, "SendSuccess": 0}, Status.FAILED),
        ({"SendStatus": 2, "SendSuccess": 0}, Status.SENT),
        ({"SendStatus": 7}, Status.SENT),
        ({"SendSuccess": 0}, Status.SENT),
        ({"SendStatus": "x", "SendSuccess": "y"}, Status.SENT),
    ],
)
def test_esms_tells_whether_it_arrived(house: Flask, made: Make, client: CheckedClient, said: dict[str, Any], status: Status) -> None:
    it = made(channel=Channel.SMS, address=PHONE)
    assert esms(client, it, **said).status_code == 200
    assert state(house, it) == status
    assert address(house, PHONE) is None


def test_what_went_by_mail_is_not_for_esms_to_say(house: Flask, made: Make, client: CheckedClient) -> None:
    it = made()
    assert esms(client, it).status_code == 200
    assert state(house, it) == Status.SENT


def test_a_report_that_is_faster_than_the_sender_is_asked_for_again(house: Flask, made: Make, client: CheckedClient) -> None:
    it = made(Status.CLAIMED, claim="c", channel=Channel.SMS, address=PHONE)
    answer = esms(client, it)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("secret", ["wrong", "x" * 32, "bí mật", SECRET + "k", SECRET[:-1]])
def test_without_the_secret_there_is_nothing_here(house: Flask, made: Make, client: CheckedClient, secret: str) -> None:
    it = made(channel=Channel.SMS, address=PHONE)
    assert esms(client, it, secret).status_code == 404
    assert state(house, it) == Status.SENT


def test_while_no_secret_is_set_nobody_can_report(scene: Flask, client: CheckedClient) -> None:
    assert client.get("/hooks/esms/None").status_code == 404
    assert client.post("/hooks/mail", json={}).status_code == 404
    assert client.post("/hooks/mail", json={}, headers={"X-Hook-Secret": "None"}).status_code == 404
    assert client.post("/hooks/zalo", json={}).status_code == 404


# Mail


def mail(client: CheckedClient, it: tuple[int, int] | None, secret: str = SECRET, **said: Any) -> TestResponse:
    named = {"message_id": f"<nudge-{it[0]}.{it[1]}@truong.example>"} if it else {}
    return client.post("/hooks/mail", json=named | said, headers={"X-Hook-Secret": secret})


@pytest.mark.parametrize(
    ("kind", "status", "is_dead"),
    [
        ("delivered", Status.DELIVERED, False),
        ("bounced", Status.PLANNED, True),
        ("failed", Status.FAILED, False),
        ("delayed", Status.SENT, False),
        ("opened", Status.SENT, False),
        (None, Status.SENT, False),
    ],
)
def test_a_mail_provider_tells_what_became_of_a_mail(
    house: Flask, made: Make, client: CheckedClient, kind: str | None, status: Status, is_dead: bool
) -> None:
    it = made()
    assert mail(client, it, kind=kind, detail="550 5.1.1 an@nha.example").status_code == 200
    assert state(house, it) == status
    found = address(house, EMAIL)
    assert (found is not None) is is_dead
    assert found is None or found.dead_why == "550 5.1.1 …"


def test_a_complaint_is_an_opt_out(house: Flask, made: Make, client: CheckedClient) -> None:
    assert mail(client, made(), kind="complained").status_code == 200
    declined = address(house, EMAIL)
    assert declined is not None
    assert declined.opted_out_by == "complaint: email"


@pytest.mark.parametrize("secret", ["", "wrong", "k", SECRET.upper()])
def test_a_report_of_a_mail_takes_the_secret(house: Flask, made: Make, client: CheckedClient, secret: str) -> None:
    it = made()
    assert mail(client, it, secret, kind="delivered").status_code == 404
    assert state(house, it) == Status.SENT


@pytest.mark.parametrize(
    "message_id", ["<nudge-4711.1@truong.example>", "<nudge-99999999999.1@x>", "<other@x>", "", None, 7, ["nudge-1.1"], {"a": 1}]
)
def test_what_names_no_message_of_ours_is_taken_in_silence(house: Flask, client: CheckedClient, message_id: Any) -> None:
    answer = mail(client, None, message_id=message_id, kind="bounced", detail={"x": 1})
    assert (answer.status_code, answer.text) == (200, "ok")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff\xfe", b'{"message_id": 1e999}', b'{"kind": "\\ud800"}'])
def test_what_is_no_report_breaks_nothing(house: Flask, client: CheckedClient, body: bytes) -> None:
    headers = {"X-Hook-Secret": SECRET, "Content-Type": "application/json"}
    assert client.post("/hooks/mail", data=body, headers=headers).status_code == 200


def test_a_report_as_large_as_a_book_is_refused(house: Flask, client: CheckedClient) -> None:
    assert mail(client, None, detail="x" * 100_000).status_code == 413


# Zalo


def event(client: CheckedClient, it: tuple[int, int], *, mac: str | None = None, prefix: str = "mac=", **said: Any) -> TestResponse:
    message = {"delivery_time": "1", "msg_id": "a1", "tracking_id": f"nudge-{it[0]}.{it[1]}"}
    body = json.dumps({"app_id": "4711", "event_name": "user_received_message", "message": message, "timestamp": "1700"} | said)
    signature = mac or hashlib.sha256(f"4711{body}1700oa secret".encode()).hexdigest()
    headers = {"X-ZEvent-Signature": prefix + signature, "Content-Type": "application/json"}
    return client.post("/hooks/zalo", data=body, headers=headers)


@pytest.mark.parametrize("prefix", ["mac=", ""])
def test_zalo_tells_that_a_phone_has_it(house: Flask, made: Make, client: CheckedClient, prefix: str) -> None:
    it = made(channel=Channel.ZALO, address=PHONE)
    assert event(client, it, prefix=prefix).status_code == 200
    assert state(house, it) == Status.DELIVERED


@pytest.mark.parametrize("said", [{"event_name": "user_send_text"}, {"message": "x"}, {"message": {}}, {"message": {"tracking_id": "x"}}])
def test_other_events_of_zalo_are_taken_in_silence(house: Flask, made: Make, client: CheckedClient, said: dict[str, Any]) -> None:
    it = made(channel=Channel.ZALO, address=PHONE)
    assert event(client, it, **said).status_code == 200
    assert state(house, it) == Status.SENT


@pytest.mark.parametrize("mac", ["0" * 64, "x", "chữ ký"])
def test_what_zalo_has_not_signed_changes_nothing(house: Flask, made: Make, client: CheckedClient, mac: str) -> None:
    it = made(channel=Channel.ZALO, address=PHONE)
    assert event(client, it, mac=mac.encode().decode("latin-1")).status_code == 404
    assert state(house, it) == Status.SENT


def test_a_signature_is_of_one_body_and_one_time(house: Flask, made: Make, client: CheckedClient) -> None:
    it = made(channel=Channel.ZALO, address=PHONE)
    assert event(client, it, timestamp="1701").status_code == 404
    assert client.post("/hooks/zalo", data=b"{}").status_code == 404


# What all have in common


def test_machines_have_no_token_of_a_form(house: Flask, made: Make, client: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(house.config, "WTF_CSRF_ENABLED", True)
    it = made()
    assert mail(client, it, kind="delivered").status_code == 200
    assert state(house, it) == Status.DELIVERED


def test_nothing_of_a_report_is_logged(house: Flask, made: Make, client: CheckedClient, caplog: pytest.LogCaptureFixture) -> None:
    it = made(channel=Channel.SMS, address=PHONE)
    with caplog.at_level(logging.DEBUG):
        esms(client, it)
        esms(client, it, "wrong")
        mail(client, it, kind="bounced", detail="an@nha.example 0912345678")
    assert [personal for personal in ("912345678", "an@nha", SECRET) if personal in caplog.text] == []


def test_guessing_is_braked_and_reporting_is_not(scene: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application of its own: the test's has the brake switched off."""
    monkeypatch.setattr(limiter, "enabled", True)
    more = {"DATABASE_URL": scene.config["DATABASE_URL"], "RATELIMIT_ENABLED": True, "HOOK_SECRET": SECRET}
    app = create_app({**TESTING, **more})
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert {mail(client, None).status_code for _ in range(40)} == {200}
    tried = [mail(client, None, "wrong").status_code for _ in range(40)]
    assert tried == [404] * 30 + [429] * 10
    assert client.get("/hooks/esms/wrong").status_code == 429
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
