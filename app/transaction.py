"""One unit of work: a request that reads can't write, a request that writes commits once or leaves nothing.

SQLite takes its write lock at the start of a writing unit (BEGIN IMMEDIATE), so two writers wait for each other instead of failing
half way; both engines refuse a write in a reading unit by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.extensions import db

_writes: ContextVar[bool] = ContextVar("transaction_writes", default=False)
_lasts: ContextVar[bool] = ContextVar("transaction_lasts", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """A unit that only reads; what it opened is let go at its end."""
    with _unit(writes=False):
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def writing(*, lasting: bool = False) -> Iterator[None]:
    """A unit that writes: committed at its end, rolled back on any exception or by `abandon`. What has to be known before something is done
    that can't be undone is `lasting`: SQLite waits for the disk then, as PostgreSQL always does, so that a power cut takes nothing back."""
    with _unit(writes=True, lasts=lasting):
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def abandon() -> None:
    """Let nothing of the present unit be kept (the answer is a refusal)."""
    db.session.rollback()


CLASH = IntegrityError  # two did at once what only one could
NOT_KEEPABLE = DataError  # a text or number that no column can hold


def is_busy(error: BaseException | None) -> bool:
    """Whether the database could not be had: another writer held it for too long, or it does not answer. Trying again may help."""
    if isinstance(error, OperationalError):
        return db.engine.dialect.name != "sqlite" or "locked" in str(error.orig)
    return isinstance(error, NoConnection)


@contextmanager
def schema_change() -> Iterator[None]:
    """For migrations, which bring their own connection and commit."""
    with _unit(writes=True):
        yield


@contextmanager
def _unit(*, writes: bool, lasts: bool = False) -> Iterator[None]:
    db.session.rollback()
    tokens = _writes.set(writes), _lasts.set(lasts)
    try:
        yield
    finally:
        _writes.reset(tokens[0])
        _lasts.reset(tokens[1])


def prepare(engine: Engine) -> None:
    """Give an engine the behaviour described above."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "page_size=16384",  # of a database that is made now: rows and keys of many people go in with fewer pages to part and to write
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=20000",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")  # our statements are short: compiling them takes longer than running them
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes, lasts = _writes.get(), _lasts.get()
    if connection.info.get("lasts", False) is not lasts:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasts else 'NORMAL'}")
        connection.info["lasts"] = lasts
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not _writes.get():  # one state of the data for all that a page or workbook counts and lists, as SQLite gives it anyway
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
