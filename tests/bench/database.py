"""Databases to measure in: migrated, and filled with as many copies of one institution as a figure needs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app import create_app, demo, transaction
from app.extensions import db
from tests.engines import start_postgresql

ENGINES = ("sqlite", "postgresql")
BUFFERS = "shared_buffers = 1GB"  # as the README says for many people
COPIED = ("units", "people", "guardianships", "guardian_keys", "participations", "registrations", "events", "evidence")


@contextmanager
def fresh(engine: str) -> Iterator[Flask]:
    """An application on an empty migrated database of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if engine == "sqlite":
            with _migrated(f"sqlite:///{Path(folder) / 'bench.sqlite3'}") as app:
                yield app
            return
        server = start_postgresql(Path(folder), BUFFERS)
        try:
            with _migrated(server.get_uri()) as app:
                yield app
        finally:
            server.cleanup()


@contextmanager
def _migrated(url: str) -> Iterator[Flask]:
    app = create_app({"DATABASE_URL": url, "TESTING": True, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False})
    with app.app_context():
        upgrade()
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def fill(institutions: int, people: int) -> None:
    """One institution of the demo with `people` people, and copies of it up to `institutions`."""
    with transaction.writing():
        demo.fill(1, people, 1)
    with transaction.writing():
        run = db.session.execute
        first = run(text("SELECT min(id) FROM institutions")).scalar_one()
        names = "name, kind, agency_id, last_number, people_mark"
        for number in range(2, institutions + 1):
            run(
                text(f"INSERT INTO institutions (code, {names}) SELECT :code, {names} FROM institutions WHERE id = :first"),
                {"code": f"copy-{number:05d}", "first": first},
            )
        for table in COPIED:
            columns = [f'"{c.name}"' for c in db.metadata.tables[table].columns if c.name != "institution_id"]
            mine = ", ".join(columns)
            theirs = ", ".join(f"t.{column}" for column in columns)
            run(
                text(
                    f"INSERT INTO {table} (institution_id, {mine}) SELECT i.id, {theirs}"
                    f" FROM institutions i CROSS JOIN {table} t WHERE t.institution_id = :first AND i.id > :first ORDER BY i.id"
                ),
                {"first": first},
            )
    with transaction.writing():
        db.session.execute(text("ANALYZE"))
