"""What a piece of work asks the database, for tests that hold pages to as few questions for many rows as for few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from flask import Flask
from sqlalchemy import event, text

from app.extensions import db


class Asked(NamedTuple):
    statement: str
    parameters: object


def asked_by(app: Flask, work: Callable[[], object]) -> list[Asked]:
    """Every statement that `work` sends, in order."""
    seen: list[Asked] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        seen.append(Asked(statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def rows_looked_at() -> Counter[str]:
    """How many rows of each table this unit of work has looked at by now, on PostgreSQL; what has just been rolled back may be in it, so
    two counts are compared. Nothing on SQLite, which counts none."""
    if db.session.connection().dialect.name != "postgresql":
        return Counter()
    rows = db.session.execute(text("SELECT relname, idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables"))
    return Counter({name: int(number or 0) for name, number in rows})
