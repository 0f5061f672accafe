"""What every command shares: its dates and times, its JSON, and how it says no."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from typing import Any, NoReturn

import click
import orjson
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, ProgrammingError

from app import clock
from app.domain.runs import Tell, silently
from app.queries import operators
from imports.values import Unreadable


class DateOption(click.ParamType[date]):
    """A local date, 2026-11-30 or 30/11/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(f"{value!r} is not a date like 2026-11-30 or 30/11/2026", param, ctx)


class InstantOption(click.ParamType[datetime]):
    """An instant in ISO 8601, as 2026-11-30, 2026-11-30T09:00 or 2026-11-30T02:00:00Z."""

    name = "iso"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            instant = datetime.min
        if not 2000 <= instant.year <= 2100:
            self.fail(f"{value!r} is not a time like 2026-11-30T09:00", param, ctx)
        return instant


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def at_now(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --now: all its time follows."""

    @click.option("--now", type=InstantOption(), help="Act as at this time (ISO 8601; without a zone, local time).")
    @wraps(command)
    def timed(*args: Any, now: datetime | None = None, **kwargs: Any) -> Any:
        if now is None:
            return command(*args, **kwargs)
        with clock.set_to(now):
            return command(*args, **kwargs)

    return timed


@contextmanager
def telling() -> Iterator[Tell]:
    """Who waits at a terminal sees how far it is, in one line that goes at the end; nobody else gets a word."""
    if not sys.stderr.isatty():
        yield silently
        return

    def tell(stage: str, done: int, total: int) -> None:
        click.echo(f"\r{stage} {done:,} of {total:,}".ljust(40), nl=False, err=True)

    try:
        yield tell
    finally:
        click.echo("\r".ljust(41) + "\r", nl=False, err=True)


def say(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(result).decode())
        return
    for name, value in result.items():
        click.echo(f"{name.replace('_', ' ')}: {'-' if value is None else value}")


def refuse(why: str, message: str, as_json: bool) -> NoReturn:
    """End with status 1; nothing was changed."""
    if as_json:
        click.echo(orjson.dumps({"refused": why, "message": message}).decode())
    else:
        click.echo(message, err=True)
    sys.exit(1)


@contextmanager
def refusing(as_json: bool = False) -> Iterator[None]:
    """Turn what a service will not do into one sentence and status 1."""
    try:
        yield
    except operators.Unknown as unknown:
        refuse("unknown", f"{unknown}.", as_json)
    except Unreadable as unreadable:
        refuse(unreadable.code, str(unreadable), as_json)
    except IntegrityError:
        refuse("clash", "Somebody else did the same at the same time. Look at what is there, then try again.", as_json)
    except DataError:
        refuse("not-keepable", "One of the texts is too long or holds signs that can't be kept.", as_json)
    except (OperationalError, ProgrammingError) as failed:
        first = str(failed.orig).partition("\n")[0]
        refuse("database", f"The database can't be used ({first}). Has `flask --app wsgi db upgrade` been run?", as_json)
