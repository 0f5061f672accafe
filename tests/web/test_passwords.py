"""Changing one's own password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import PASSWORD
from tests.cast import ALICE, set_the_scene, signed_in
from tests.client import CheckedClient

NEW = "bốn từ liền nhau"


@pytest.fixture
def alice(database: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


def change(client: CheckedClient, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    return client.post("/password", data={"old": old, "new": new, "again": new if again is None else again})


def test_a_new_password_ends_all_other_sign_ins(alice: CheckedClient, make_client: Callable[[], CheckedClient]):
    elsewhere = signed_in(make_client, ALICE)
    assert change(alice).status_code == 302
    assert alice.get("/places").status_code == 200
    assert elsewhere.get("/places").status_code == 302


def test_the_new_password_holds_and_the_old_one_does_not(alice: CheckedClient, client: CheckedClient):
    change(alice)
    assert client.post("/sign-in", data={"email": ALICE, "password": PASSWORD}).status_code == 422
    assert client.post("/sign-in", data={"email": ALICE, "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"old": "wrong"}, "Mật khẩu hiện tại không đúng."),
        ({"new": "ngắn"}, "Mật khẩu cần ít nhất 10 ký tự."),
        ({"new": "matkhau123"}, "Mật khẩu này quá dễ đoán."),
        ({"new": ALICE}, "Mật khẩu không được là họ tên hoặc địa chỉ thư điện tử."),
        ({"again": "khác hẳn"}, "Hai mật khẩu mới không giống nhau."),
        ({"old": ""}, "Hãy nhập mật khẩu hiện tại."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_changed(
    alice: CheckedClient, client: CheckedClient, typed: dict[str, str], message: str
):
    answer = change(alice, **typed)
    assert answer.status_code == 422
    assert message in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert client.post("/sign-in", data={"email": ALICE, "password": PASSWORD}).status_code == 302
