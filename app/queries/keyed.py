"""Rows of many people of many institutions, asked for by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import ARRAY, CTE, ColumnElement, Integer, and_, cast, column, func, literal, select

from app.extensions import db

Key = tuple[int, int]  # institution and person
BLOCK = 5000
_COLUMNS = ("institution_id", "person_id", "campaign_id")


def blocks(keys: Iterable[Key], campaign_id: int = 0) -> Iterator[CTE]:
    """Tables of so many keys each (`institution_id`, `person_id`, and the same `campaign_id` in all), to be joined with; each is one
    parameter. Of a long `IN` list of pairs SQLite makes a look through the whole other table; and were the campaign a condition of its
    own, it might go through all of the campaign for each key."""
    found = sorted(set(keys))
    make = _from_json if db.engine.dialect.name == "sqlite" else _from_arrays
    for start in range(0, len(found), BLOCK):
        yield make([(*key, campaign_id) for key in found[start : start + BLOCK]])


def _from_json(keys: list[tuple[int, int, int]]) -> CTE:
    of = func.json_each(orjson.dumps(keys).decode()).table_valued("value").c.value
    parts = (cast(func.json_extract(of, f"$[{place}]"), Integer).label(name) for place, name in enumerate(_COLUMNS))
    return select(*parts).cte("wanted")


def _from_arrays(keys: list[tuple[int, int, int]]) -> CTE:
    as_text = ("{" + ",".join(map(str, numbers)) + "}" for numbers in zip(*keys, strict=True))  # the driver takes a list value by value
    arrays = (cast(literal(text), ARRAY(Integer)) for text in as_text)
    found = func.unnest(*arrays).table_valued(*(column(name, Integer) for name in _COLUMNS)).render_derived()
    return select(*found.c).cte("wanted")


def is_in(block: CTE, institution_id: Any, person_id: Any, campaign_id: Any = None) -> ColumnElement[bool]:
    """The condition of a join with such a table."""
    found = and_(block.c.institution_id == institution_id, block.c.person_id == person_id)
    return found if campaign_id is None else and_(found, block.c.campaign_id == campaign_id)
