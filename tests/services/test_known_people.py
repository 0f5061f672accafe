"""Whom an institution knows is asked for once, by keys, whatever the database takes its tables for."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from app import transaction
from app.extensions import db
from app.queries.known_people import snapshot
from tests.builders import make_person, scope_of
from tests.cast import CAMPAIGN, SCHOOL
from tests.statements import asked_by


def test_an_sqlite_that_was_analyzed_while_nearly_empty_does_not_go_through_all_for_each(stage: Flask) -> None:
    for name in ("Trần An", "Lê Bình"):
        make_person(SCHOOL, CAMPAIGN, name, "6A1")
    if db.engine.dialect.name != "sqlite":
        return
    with transaction.writing():
        db.session.execute(text("ANALYZE"))
    db.engine.dispose()  # what was analyzed is known to new connections
    with transaction.reading():
        asked = [one for one in asked_by(stage, lambda: snapshot(scope_of(SCHOOL, CAMPAIGN))) if "registrations" in one.statement]
        plans = [db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {one.statement}", one.parameters).all() for one in asked]
    steps = [str(step[-1]) for plan in plans for step in plan if " registrations " in str(step[-1])]
    assert steps
    assert all("person_id=?" in step for step in steps), steps
