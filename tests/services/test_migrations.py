"""A database of before is brought up to date with everybody in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from app import create_app, transaction
from app.extensions import db
from tests.engines import start_postgresql

WORDS = {
    "sqlite": {"false": "0", "true": "1", "blob": "x'00'"},
    "postgresql": {"false": "false", "true": "true", "blob": "'\\x00'"},
}
OLD = (
    "INSERT INTO agencies (id, code, name, path) VALUES (1, '990', 'BHXH', '/990/')",
    "INSERT INTO institutions (id, code, name, kind, agency_id, last_number, people_mark) VALUES (1, 's', 'Trường', 'school', 1, 3, 0)",
    "INSERT INTO campaigns (id, code, agency_id, receiving_agency_id, goal, target, starts_on, deadline_on, deadline_included, procedure, "
    "takes_all) VALUES (1, 'c', 1, 1, 'granted', 100, '2026-11-02', '2026-12-30', {false}, 'paper-2021', {true})",
    "INSERT INTO participations (institution_id, campaign_id) VALUES (1, 1)",
    *(
        "INSERT INTO people (institution_id, id, full_name, sort_key, search_text, birth_date, birth_year, personal_id, phone, revision, "
        f"updated_at) VALUES (1, {values}, 1, '2026-11-02 08:00:00')"
        for values in (
            "1, 'Trần An', {blob}, ' tran an', '2014-05-03', 2014, NULL, NULL",
            "2, 'Lê Bình', {blob}, ' le binh', NULL, 2013, NULL, NULL",
            "3, 'Trần Thu Hà', {blob}, ' tran thu ha', NULL, NULL, '001190000011', '0912000111'",
        )
    ),
    "INSERT INTO guardianships (institution_id, child_id, guardian_id, relation) VALUES (1, 1, 3, 'mother')",
    *(
        f"INSERT INTO registrations (institution_id, campaign_id, person_id, state, revision, attempt) VALUES (1, 1, {n}, 'declared', 1, 1)"
        for n in (1, 2)
    ),
)
OLD_ROSTERS = tuple(
    "INSERT INTO rosters (institution_id, id, campaign_id, filename, digest, status, people_mark, new, changed, same, waiting, absent, "
    f"problems, repairs, understood, uploaded_by, uploaded_at) VALUES (1, {number}, 1, 'a.xlsx', 'd', '{status}', 0, 1, 0, 0, 0, 0, "
    f"{problems}, {repairs}, '{{{{}}}}', 'An', '2026-11-02 08:00:00')"
    for number, status, problems, repairs in ((1, "applied", 2, 1), (2, "read", 0, 0))
)

CLOSED = (
    "INSERT INTO users (id, email, name, password_hash, session_key, is_active, created_at) VALUES "
    "(1, 'an@truong.example', 'An', 'x', 'k', {true}, '2026-11-02 08:00:00')",
    "INSERT INTO difficulties (institution_id, id, campaign_id, kind, text, owner_id, due_on, answer, revision, opened_by, opened_at, "
    "closed_by, closed_at) VALUES (1, 4, 1, 'other', 'Mạng chậm', 1, '2026-11-09', 'Đã đổi mạng', 3, 'An', '2026-11-02 08:00:00', 'An', "
    "'2026-11-03 08:00:00')",
)


def _checked(url: str) -> None:
    app = create_app({"DATABASE_URL": url, "TESTING": True})
    words = WORDS["sqlite" if url.startswith("sqlite") else "postgresql"]
    with app.app_context():
        upgrade(revision="0001")
        with transaction.writing():
            for statement in (*OLD, *OLD_ROSTERS):
                db.session.connection().exec_driver_sql(statement.format(**words))
        upgrade(revision="0009")
        with transaction.writing():
            for statement in CLOSED:
                db.session.connection().exec_driver_sql(statement.format(**words))
        upgrade()
        with transaction.reading():
            steps = db.session.execute(text('SELECT difficulty_id, number, kind, "by", text FROM difficulty_steps')).all()
            found = db.session.execute(text("SELECT person_id, part, state, self_from FROM registrations ORDER BY person_id")).all()
            keys = db.session.execute(text("SELECT key, person_id FROM guardian_keys")).all()
            reviews = db.session.execute(text("SELECT id, status, people_mark, to_check FROM rosters ORDER BY id")).all()
        db.engine.dispose()
    assert [(n, part, state, str(day) if day else None) for n, part, state, day in found] == [
        (1, "member", "declared", "2029-05-03"),
        (2, "member", "declared", "2028-12-31"),
        (3, "guardian", "to-start", None),
    ]
    assert steps == [(4, 3, "answered", "An", "Đã đổi mạng")]
    assert keys == [("number:001190000011", 3)]
    assert reviews == [(1, "applied", 0, 3), (2, "read", -1, 0)], "an open review is out of date and made anew from its file"


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_children_get_their_track_and_guardians_a_registration(engine: str, tmp_path: Path) -> None:
    if engine == "sqlite":
        _checked(f"sqlite:///{tmp_path / 'old.sqlite3'}")
        return
    server = start_postgresql(tmp_path)
    try:
        _checked(server.get_uri())
    finally:
        server.cleanup()
