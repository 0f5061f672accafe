"""How dates, numbers and telephone numbers look on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import Babel

from app.web import filters

In = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def language() -> In:
    """A page in that language; an application of no other parts."""

    @contextmanager
    def speaking(code: str) -> Iterator[None]:
        app = Flask("words")
        Babel(app, locale_selector=lambda: code)
        with app.app_context():
            yield

    return speaking


def test_dates_are_written_day_first():
    assert filters.day(date(2026, 3, 5)) == "05/03/2026"
    assert filters.short_day(date(2026, 3, 5)) == "05/03"


def test_what_is_not_known_is_a_dash():
    assert {filters.day(None), filters.instant(None), filters.number(None), filters.percent(None), filters.phone("")} == {"–"}


def test_instants_are_told_in_local_time():
    late_in_london = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    assert filters.instant(late_in_london) == "23/11/2026 03:30"
    assert filters.instant_day(late_in_london) == "23/11/2026"
    assert filters.time(late_in_london) == "03:30"


@pytest.mark.parametrize(
    ("code", "whole", "share", "everything"), [("vi", "1.234", "98,5\u00a0%", "100\u00a0%"), ("en", "1,234", "98.5%", "100%")]
)
def test_numbers_follow_the_language(language: In, code: str, whole: str, share: str, everything: str):
    with language(code):
        assert filters.number(1234) == whole
        assert filters.percent(98.5) == share
        assert filters.percent(100.0) == everything


def test_a_share_keeps_its_decimal_so_that_columns_line_up(language: In):
    with language("vi"):
        assert filters.percent(64.0) == "64,0\u00a0%"
        assert filters.percent(71, 0) == "71\u00a0%"


@pytest.mark.parametrize(("code", "said"), [("vi", "Thứ Hai, 23/11/2026"), ("en", "Monday, 23/11/2026")])
def test_a_date_can_tell_its_weekday(language: In, code: str, said: str):
    with language(code):
        assert filters.weekday(date(2026, 11, 23)) == said


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("0912000111", "0912 000 111"),
        ("02438271234", "024 3827 1234"),
        ("19009068", "1900 9068"),
        ("+84 912 000 111", "+84 912 000 111"),
        ("113", "113"),
    ],
)
def test_telephone_numbers_are_written_in_groups(digits: str, shown: str):
    assert filters.phone(digits).replace("\u00a0", " ") == shown
