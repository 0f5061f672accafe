"""The only reader of time: UTC instants for what happened, local dates (Asia/Ho_Chi_Minh) for what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import ParamSpec
from zoneinfo import ZoneInfo

P = ParamSpec("P")
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def really_now() -> datetime:
    """This instant, in UTC, whatever time has been set: for what is spaced between processes, not for what happened or is due."""
    return datetime.now(UTC)


def today() -> date:
    """The local date."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    return instant.astimezone(LOCAL).date()


def local(instant: datetime) -> datetime:
    return instant.astimezone(LOCAL)


@contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Let all time follow `instant`; without a zone it is local time."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=LOCAL)
    token = _set_to.set(aware.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def following(work: Callable[P, None]) -> Callable[P, None]:
    """Work for another thread, which follows the time that this one was set to."""
    instant = _set_to.get()
    if instant is None:
        return work

    def timed(*args: P.args, **kwargs: P.kwargs) -> None:
        with set_to(instant):
            work(*args, **kwargs)

    return timed
