"""Sort and search keys made anew, and the note of what made them."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, exists, insert, select, update

from app.collation import name_key, unit_key, version
from app.domain.details import FOUND_BY
from app.domain.names import fold, guardian_keys, search_text
from app.extensions import db
from app.models import GuardianKey, Guardianship, Person, Setting, Unit
from app.queries.running import COLLATION_NOTE

BLOCK = 5000


def note_version() -> None:
    """Write down which collation made the keys."""
    db.session.merge(Setting(name=COLLATION_NOTE, value=version()))
    db.session.flush()


def note_if_new() -> None:
    """Write it down where nothing is noted yet: the first keys are made by the collation that runs."""
    if db.session.get(Setting, COLLATION_NOTE) is None:
        note_version()


def rebuild() -> int:
    """Make every person's and unit's keys anew; answers how many."""
    made = 0
    for unit in db.session.scalars(select(Unit)):
        unit.name_key, unit.sort_key = fold(unit.name), unit_key(unit.name)
        made += 1
    db.session.flush()
    columns = (Person.full_name, *(getattr(Person, name) for name in FOUND_BY))
    statement = select(Person.institution_id, Person.id, *columns).order_by(Person.institution_id, Person.id)
    for block in db.session.execute(statement.execution_options(yield_per=BLOCK)).partitions():
        rows = [
            {"of": institution_id, "who": number, "key": name_key(name), "text": search_text(name, numbers)}
            for institution_id, number, name, *numbers in block
        ]
        _write(rows)
        made += len(rows)
    made += _guardians_anew()
    note_version()
    return made


def _guardians_anew() -> int:
    """What guardians are recognised by in other institutions."""
    db.session.execute(delete(GuardianKey))
    guards = exists().where(Guardianship.institution_id == Person.institution_id, Guardianship.guardian_id == Person.id)
    columns = (Person.institution_id, Person.id, Person.full_name, Person.phone, Person.personal_id)
    rows = [
        {"key": key, "institution_id": institution_id, "person_id": number}
        for institution_id, number, name, phone, personal_id in db.session.execute(select(*columns).where(guards))
        for key in guardian_keys(name, phone, personal_id)
    ]
    if rows:
        db.session.execute(insert(GuardianKey), rows)
    return len(rows)


def _write(rows: list[dict[str, object]]) -> None:
    table = Person.__table__
    statement = (
        update(Person)
        .where(table.c.institution_id == bindparam("of"), table.c.id == bindparam("who"))
        .values(sort_key=bindparam("key"), search_text=bindparam("text"))
    )
    db.session.connection().execute(statement, rows)
