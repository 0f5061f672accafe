"""Many rows at once arrive as they are, whatever signs they hold, on both engines."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.extensions import db
from app.models import Person
from app.services.bulk import insert_rows, update_rows
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


@pytest.mark.parametrize("others", [0, 1000])
def test_rows_that_are_changed_get_every_sign_as_it_is_and_nobody_else_is(stage: Flask, others: int) -> None:
    ids = range(900, 900 + len(SIGNS) + others)
    with transaction.writing():
        of = {"institution_id": scope_of(SCHOOL, CAMPAIGN).institution_id, "revision": 1, "updated_at": clock.now()}
        insert_rows(Person, ("id", "full_name", "sort_key", "search_text"), ((n, "An", b"", "") for n in (*ids, 5000)), of)
    new = [(text, date(2014, 5, 3).isoformat(), b"\\\x00\t") for text in (*SIGNS, *["Bình"] * others)]
    with transaction.writing():
        keys = [(of["institution_id"], n) for n in ids]
        rows = [(*values, *key) for values, key in zip(new, keys, strict=True)]
        columns = ("position", "birth_date", "sort_key")
        for _ in range(2):  # within one unit of work
            update_rows(Person, columns, ("institution_id", "id"), rows, {"revision": 7, "phone": "'; --"})
    with transaction.reading():
        people = db.session.scalars(select(Person).where(Person.id >= 900).order_by(Person.id)).all()
        assert [(person.position, str(person.birth_date), person.sort_key) for person in people[:-1]] == new
        assert {(person.revision, person.phone, person.full_name) for person in people[:-1]} == {(7, "'; --", "An")}
        assert (people[-1].position, people[-1].revision, people[-1].phone) == (None, 1, None)
        assert db.session.scalar(select(func.count()).select_from(Person).where(Person.revision == 7)) == len(ids)


def test_who_changes_many_rows_and_who_holds_some_of_them_do_not_wait_for_each_other(scene: Flask) -> None:
    """Rows are locked in the order of their keys, in whatever order they are given."""
    ids = range(900, 1400)
    with scene.app_context(), transaction.writing():
        of = {"institution_id": scope_of(SCHOOL, CAMPAIGN).institution_id, "revision": 1, "updated_at": clock.now()}
        insert_rows(Person, ("id", "full_name", "sort_key", "search_text"), ((n, "An", b"", "") for n in ids), of)
    errors: list[BaseException] = []
    begun = threading.Event()

    def change() -> None:
        begun.set()
        try:
            with scene.app_context(), transaction.writing():
                rows = [("Bình", of["institution_id"], n) for n in reversed(ids)]
                update_rows(Person, ("position",), ("institution_id", "id"), rows)
        except BaseException as error:  # told below
            errors.append(error)

    def hold(number: int) -> None:
        db.session.execute(select(Person.id).where(Person.institution_id == of["institution_id"], Person.id == number).with_for_update())

    other = threading.Thread(target=change)
    with scene.app_context(), transaction.writing():
        hold(ids[0])
        other.start()
        begun.wait()
        other.join(0.5)  # by now it waits for the first row
        hold(ids[-1])
    other.join()
    assert errors == []
    with scene.app_context(), transaction.reading():
        assert db.session.scalar(select(func.count()).select_from(Person).where(Person.position == "Bình")) == len(ids)
