"""Many rows at once arrive as they are, whatever signs they hold, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, transaction
from app.extensions import db
from app.models import Person
from app.services.bulk import insert_rows
from tests.builders import scope_of
from tests.cast import CAMPAIGN, SCHOOL

SIGNS = ["C:\\new\\table", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "Nguyễn", "'x\"; --", "", None]


@pytest.mark.parametrize("alone", [True, False])
def test_every_sign_arrives_as_it_is(stage: Flask, alone: bool) -> None:
    with transaction.writing():
        of = {"institution_id": scope_of(SCHOOL, CAMPAIGN).institution_id, "revision": 1, "updated_at": clock.now()}
        columns = ("id", "full_name", "sort_key", "search_text", "birth_date", "has_card", "position")
        rows = [(900 + n, "An", b"\\\x00\t", " an", date(2014, 5, 3).isoformat(), True, text) for n, text in enumerate(SIGNS)]
        for some in [[row] for row in rows] if alone else [rows]:
            insert_rows(Person, columns, some, of)
    with transaction.reading():
        people = db.session.scalars(select(Person).where(Person.id >= 900).order_by(Person.id)).all()
    assert [person.position for person in people] == SIGNS
    assert {(person.sort_key, person.birth_date, person.has_card) for person in people} == {(b"\\\x00\t", date(2014, 5, 3), True)}


def test_more_rows_than_a_block_all_arrive(stage: Flask) -> None:
    with transaction.writing():
        of = {"institution_id": scope_of(SCHOOL, CAMPAIGN).institution_id, "revision": 1, "updated_at": clock.now()}
        insert_rows(Person, ("id", "full_name", "sort_key", "search_text"), ((900 + n, f"An {n}", b"", "") for n in range(2001)), of)
    with transaction.reading():
        names = db.session.scalars(select(Person.full_name).where(Person.id >= 900).order_by(Person.id)).all()
    assert names == [f"An {n}" for n in range(2001)]
