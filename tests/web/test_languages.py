"""Vietnamese first, English by a switch; light and dark as the device has it, or as chosen."""

from __future__ import annotations

import pytest

from tests.client import CheckedClient


def test_pages_are_vietnamese_whatever_the_browser_asks_for(client: CheckedClient):
    page = client.page("/sign-in", headers={"Accept-Language": "en"})
    assert page.h1 == "Đăng nhập"
    assert page.one("html")["lang"] == "vi"


def test_a_switch_makes_them_english_and_leads_back(client: CheckedClient):
    answer = client.post("/language", data={"language": "en", "back": "/sign-in?next=/places"})
    assert answer.location == "/sign-in?next=/places"
    page = client.page("/sign-in")
    assert page.h1 == "Sign in"
    assert page.one("html")["lang"] == "en"


@pytest.mark.parametrize("language", ["", "xx"])
def test_an_unknown_language_is_vietnamese(client: CheckedClient, language: str):
    client.post("/language", data={"language": "en"})
    client.post("/language", data={"language": language})
    assert client.page("/sign-in").h1 == "Đăng nhập"


def test_the_switch_leads_to_no_other_site(client: CheckedClient):
    assert client.post("/language", data={"language": "en", "back": "//evil.example"}).location == "/"


def test_the_look_follows_the_device_until_one_is_chosen(client: CheckedClient):
    assert client.page("/sign-in").one("html").get("data-look") is None
    client.post("/look", data={"look": "dark"})
    assert client.page("/sign-in").one("html")["data-look"] == "dark"
    client.post("/look", data={"look": ""})
    assert client.page("/sign-in").one("html").get("data-look") is None
