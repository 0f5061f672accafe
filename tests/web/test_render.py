"""One address, two answers: the whole page, or the fragment of it that HTMX asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import ALICE, HOME, signed_in
from tests.client import CheckedClient
from tests.page import Page


@pytest.fixture
def alice(scene: Flask, make_client: Callable[[], CheckedClient]) -> CheckedClient:
    return signed_in(make_client, ALICE)


def test_htmx_gets_the_fragment_alone(alice: CheckedClient):
    assert not alice.fragment(f"{HOME}/people").whole
    assert alice.page(f"{HOME}/people").whole


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_a_page_from_the_history_get_the_whole_page(alice: CheckedClient, header: str):
    answer = alice.get(f"{HOME}/people", headers={"HX-Request": "true", header: "true"})
    assert Page(answer.text).whole


def test_caches_are_told_that_the_two_differ(alice: CheckedClient):
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in alice.get(f"{HOME}/people", headers=headers).headers["Vary"]
