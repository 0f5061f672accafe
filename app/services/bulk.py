"""Many rows at once, by the fastest way each engine has: COPY on PostgreSQL, one prepared INSERT on SQLite."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection
from sqlalchemy import text as sql

from app.extensions import Model, db
from app.models.types import UtcInstant

Converter = Callable[[Any], Any]

_PLAIN = re.compile(r"[a-z0-9 :.-]*")
_BLOCK = 200  # rows may be long: a page of changes is
_MANY = 2 * _BLOCK  # fewer are looked up in no time, whatever the index
_COPIED = 200  # fewer rows are updated one by one: a table for them takes longer
_NONE: Mapping[str, Any] = {}
_SPECIAL = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPES = str.maketrans(_SPECIAL)
_INSTANTS = {datetime, type(None)}


@contextmanager
def collector_off() -> Iterator[None]:
    """While many rows are made nothing of them is garbage, but the cycle collector would go through all of them again and again: a fifth
    of the time. It is switched on afterwards unless it was off before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert_rows(table: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], constants: Mapping[str, Any]) -> None:
    """Insert rows given as tuples in the order of `columns`; `constants` are the same in every row.

    Instants and constants pass their column's type; all else goes to the driver as it is (dates as ISO text, no enums but StrEnum).
    """
    connection = db.session.connection()
    raw: Any = connection.connection.driver_connection
    varying = [_column(table, name) for name in columns]
    names = ", ".join(f'"{column.name}"' for column in (*varying, *(_column(table, name) for name in constants)))
    fixed = tuple(_for_driver(connection, _column(table, name), value) for name, value in constants.items())
    instants = {place: _converter(connection, column) for place, column in enumerate(varying) if isinstance(column.type, UtcInstant)}
    ready = (_with_instants(instants, row) for row in rows) if instants else rows
    if connection.dialect.name == "sqlite":
        literals = [_literal(value) for value in fixed]
        bound = tuple(value for value, literal in zip(fixed, literals, strict=True) if literal is None)
        places = ", ".join([*("?" * len(varying)), *(literal or "?" for literal in literals)])
        complete = ((*row, *bound) for row in ready) if bound else ready
        raw.executemany(f'INSERT INTO "{table.__tablename__}" ({names}) VALUES ({places})', complete)
        return
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table.__tablename__}" ({names}) FROM STDIN') as copy:
        rows_at_most = 0
        for block in copied_text(ready, fixed):
            copy.write(block)
            rows_at_most += _BLOCK
    if rows_at_most >= _MANY:
        count_if_none(table)


def count_if_none(*tables: type[Model]) -> None:
    """To be called when many rows have gone into tables, before others are looked up in them. Where PostgreSQL has counted none (the first
    ever go in, or went in and were rolled back), it takes any index for as good as the key's, and may go through a whole institution or
    campaign for each row. So they are counted here, in 20 ms. Who counts them just now as well is not waited for."""
    connection = db.session.connection()
    if connection.dialect.name != "postgresql":
        return
    named = {table.__tablename__: table for table in tables}
    here = "relnamespace = CAST(current_schema() AS regnamespace)"
    none = sql(f"SELECT relname FROM pg_class WHERE relname = ANY(:names) AND {here} AND reltuples <= 0")
    for name in connection.execute(none, {"names": sorted(named)}).scalars().all():
        keys = ", ".join(f'"{column.name}"' for column in named[name].__table__.primary_key)
        connection.execute(sql(f'ANALYZE (SKIP_LOCKED) "{name}" ({keys})'))


def copied_text(rows: Iterable[Sequence[Any]], fixed: Sequence[Any]) -> Iterator[str]:
    """Rows as COPY reads them, `fixed` at the end of each, a block at a time. Column by column it takes a third of the time that the driver
    takes value by value."""
    end = "".join(f"\t{_copied(value)}" for value in fixed) + "\n"
    left = iter(rows)
    while block := list(islice(left, _BLOCK)):
        columns = map(_copied_column, zip(*block, strict=True))
        yield end.join(map("\t".join, zip(*columns, strict=True))) + end


def _copied_column(values: tuple[Any, ...]) -> Sequence[str]:
    kinds = set(map(type, values))
    if kinds == {type(None)}:
        return ["\\N"] * len(values)
    if kinds == {int}:
        return list(map(str, values))
    if kinds == {str}:
        text = "".join(values)
        if not any(sign in text for sign in _SPECIAL):  # each is found ten times as fast as any of them
            return values
    if kinds <= _INSTANTS:  # of many rows most share them
        texts = {value: _copied(value) for value in set(values)}
        return [texts[value] for value in values]
    return list(map(_copied, values))


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, (str, int, float, date)):
        return str(value).translate(_ESCAPES)
    raise TypeError(f"COPY is not told how to write {type(value).__name__}")


def _literal(value: Any) -> str | None:
    """A number, a state or an instant as it can stand in the statement; None for all that may hold other signs. Bound anew for each of
    many rows, a constant takes as long as a value of its own."""
    if isinstance(value, int):
        return str(int(value))
    return f"'{value}'" if isinstance(value, str) and _PLAIN.fullmatch(value) else None


def update_rows(
    table: type[Model], columns: Sequence[str], keys: Sequence[str], rows: Sequence[Sequence[Any]], constants: Mapping[str, Any] = _NONE
) -> None:
    """Update rows given as tuples of new values followed by the key's; types as in `insert_rows`, instants converted already. `constants`
    are new values that are the same in every row."""
    if not rows:
        return
    connection = db.session.connection()
    raw: Any = connection.connection.driver_connection
    new, key = ([f'"{_column(table, name).name}"' for name in names] for names in (columns, keys))
    same = [f'"{_column(table, name).name}"' for name in constants]
    values = tuple(_for_driver(connection, _column(table, name), value) for name, value in constants.items())
    cursor = raw.cursor()
    if connection.dialect.name == "postgresql" and len(rows) >= _COPIED:
        _update_copied(cursor, f'"{table.__tablename__}"', new, key, rows, (same, values))
    else:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        told, found = ", ".join(f"{name} = {mark}" for name in (*same, *new)), " AND ".join(f"{name} = {mark}" for name in key)
        cursor.executemany(f'UPDATE "{table.__tablename__}" SET {told} WHERE {found}', ((*values, *row) for row in rows))
    cursor.close()


def _update_copied(
    cursor: Any, table: str, new: Sequence[str], key: Sequence[str], rows: Sequence[Sequence[Any]], same: tuple[list[str], tuple[Any, ...]]
) -> None:
    """PostgreSQL takes many rows by COPY, and changes all of them by one statement: a statement for each takes four times as long."""
    names = ", ".join((*new, *key))
    cursor.execute(f"CREATE TEMPORARY TABLE given_rows ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")
    with cursor.copy(f"COPY given_rows ({names}) FROM STDIN") as copy:
        for block in copied_text(rows, ()):
            copy.write(block)
    told = ", ".join([*(f"{name} = g.{name}" for name in new), *(f"{name} = %s" for name in same[0])])
    found = " AND ".join(f"{table}.{name} = g.{name}" for name in key)
    order = ", ".join(f"{table}.{name}" for name in key)  # as all do who lock many rows, so that no two wait for each other
    locked = f"SELECT 1 FROM {table} JOIN given_rows g ON {found} ORDER BY {order} FOR NO KEY UPDATE OF {table}"
    cursor.execute(f"SELECT count(*) FROM ({locked}) AS locked")
    cursor.execute(f"UPDATE {table} SET {told} FROM given_rows g WHERE {found}", same[1])
    cursor.execute("DROP TABLE given_rows")


def instant(table: type[Model], name: str, value: Any) -> Any:
    """An instant as the driver takes it."""
    return _for_driver(db.session.connection(), _column(table, name), value)


def _column(table: type[Model], name: str) -> Column[Any]:
    """The table's column of the attribute `name`."""
    column: Column[Any] = getattr(table, name).property.columns[0]
    return column


def _with_instants(instants: Mapping[int, Converter], row: Sequence[Any]) -> list[Any]:
    values = list(row)
    for place, converted in instants.items():
        values[place] = converted(values[place])
    return values


def _for_driver(connection: Connection, column: Column[Any], value: Any) -> Any:
    return _converter(connection, column)(value)


def _converter(connection: Connection, column: Column[Any]) -> Converter:
    """From a value to what the driver takes. Of many rows most share their instants: each is converted once."""
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return lru_cache(maxsize=100)(process) if process else lambda value: value
