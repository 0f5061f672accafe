"""Links in messages: nobody can make one for somebody else."""

from __future__ import annotations

import pytest
from flask import Flask

from app import links


def test_a_link_says_which_message_it_came_with(context: Flask) -> None:
    url = links.stop_url("12.345")
    assert url.startswith(f"{context.config['PUBLIC_URL']}/stop/")
    assert links.read(url.rpartition("/")[2]) == "12.345"


@pytest.mark.parametrize("token", ["", "12.345", "IjEyLjM0NSI.xxxxxxxxxxxxxxxxxxxxxxxxxxx", "á"])
def test_what_was_not_signed_here_says_nothing(context: Flask, token: str) -> None:
    assert links.read(token) is None
