"""How values look on a page: dates, instants, numbers and telephone numbers, in the visitor's language."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale

from app import clock
from app.domain.progress import Progress
from app.queries.people import PersonRow, PersonView
from app.web import words

NOTHING = "–"
NBSP = "\u00a0"


def day(value: date | None) -> str:
    """A date as it is written here: 23/11/2026."""
    return f"{value:%d/%m/%Y}" if value else NOTHING


def short_day(value: date | None) -> str:
    """A date of this year: 23/11."""
    return f"{value:%d/%m}" if value else NOTHING


def weekday(value: date) -> str:
    """A date with its weekday: Thứ Hai, 23/11/2026."""
    return f"{format_date(value, 'EEEE', locale=_locale())}, {day(value)}"


def instant(value: datetime | None) -> str:
    """A local date and time: 23/11/2026 08:42."""
    return f"{clock.local(value):%d/%m/%Y %H:%M}" if value else NOTHING


def instant_day(value: datetime | None) -> str:
    """The local date of an instant: 23/11/2026."""
    return day(clock.local_date(value)) if value else NOTHING


def time(value: datetime | None) -> str:
    """The local time: 08:42."""
    return f"{clock.local(value):%H:%M}" if value else NOTHING


def number(value: float | None) -> str:
    """1.234 in Vietnamese, 1,234 in English."""
    return NOTHING if value is None else format_decimal(value, locale=_locale())


def percent(value: float | None, digits: int = 1) -> str:
    """A share given in per cent: 98,5 % in Vietnamese, 98.5% in English. Nothing and everything go without decimals."""
    if value is None:
        return NOTHING
    shown = format_decimal(value, format="#,##0" if digits == 0 or value in {0, 100} else f"#,##0.{'0' * digits}", locale=_locale())
    return f"{shown}{NBSP}%" if _locale() == "vi" else f"{shown}%"


def phone(value: str | None) -> str:
    """A telephone number in groups: 0912 000 111, 024 3827 1234, 1900 9068."""
    if not value:
        return NOTHING
    if not value.isdigit() or len(value) < 8:
        return value
    head = 4 if len(value) in {8, 10} else 3
    rest = value[head:]
    size = 3 if len(rest) % 3 == 0 else 4
    return NBSP.join([value[:head], *(rest[i : i + size] for i in range(0, len(rest), size))])


def _locale() -> str:
    return str(get_locale() or "vi")


def register(app: Flask) -> None:
    """Give the templates these filters, and the words that depend on the day."""
    env = app.jinja_env
    env.filters.update(
        day=day, short_day=short_day, weekday=weekday, instant=instant, instant_day=instant_day, time=time,
        number=number, percent=percent, phone=phone,
    )  # fmt: skip
    env.globals.update(words=words, standing_words=_standing_words, rail_words=_rail_words, today=clock.today)


def _standing_words(row: PersonRow | PersonView) -> words.Said:
    return words.standing_words(row, clock.today())


def _rail_words(progress: Progress, pace: float | None) -> str:
    return words.rail_words(progress, None if pace is None else percent(round(pace), 0))
