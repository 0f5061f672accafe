"""A process killed while it undoes a roster leaves it applied or undone: shown by killing many at random moments.

The roster that is undone has brought people and changed others. What is looked at after the kill is all that the institution has, compared
with what it had before the roster and with it; then this process takes the child's run up and brings it to its end.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from app import transaction
from app.extensions import db
from app.jobs import rosters as background
from app.queries import operators
from app.services import places, roster_steps, rosters, undoing
from app.services.rosters import RosterRefusal
from tests.bench import workbook
from tests.bench.database import fresh
from tests.bench.killing import Shown, await_end, bear, kill_within, nursery, taken_up_after_silence
from tests.bench.measures import one_institution

ROWS, KNOWN = 1200, 600
FIRST, SECOND = 1, 2  # rosters
# What undoing gives back, and what it leaves alone; a revision counts on.
COLUMNS = {
    "people": "id, unit_id, full_name, birth_date, personal_id, phone, email, search_text, roster_id",
    "registrations": "person_id, campaign_id, state, part, revision",
    "events": "person_id, campaign_id, number, event",
    "units": "id, name",
    "guardianships": "child_id, guardian_id",
}


class Found(NamedTuple):
    """What an institution has: a digest of all its rows, whether the roster counts as undone, its file and notes of what it did."""

    digest: str
    undone: bool
    files: int
    effects: int


def killed_undoing(folder: Path, engine: str, times: int, seed: int) -> Shown:
    """Raises AssertionError for a run that does not end well after it has been taken up."""
    first, second = folder / "first.xlsx", folder / "second.xlsx"
    workbook.write(first, KNOWN)
    workbook.write_later(second, ROWS, KNOWN)
    chance, shown = random.Random(seed), Shown("undoings", ("nothing", "everything"))
    with fresh(engine) as app, app.app_context(), nursery("tests.bench.undo_kills", second, app) as born:
        with transaction.writing():
            one_institution()
        took = 0.0
        for number in range(-1, times + 1):
            code = f"undo{number}"
            before, applied = _two_applied(code, first, second)
            start, child = time.perf_counter(), born(code)
            if number < 1:  # the first also warms the machine
                await_end(child)
                took = time.perf_counter() - start
                assert _found(code) == before, (code, before, _found(code))
                continue
            kill_within(took, child, chance)
            shown.see(code, _found(code), {applied: "nothing", before: "everything"})
            shown.taken_up["undoing"] += _take_up(code)
            assert _found(code) == before, (code, before, _found(code))
    return shown.ended()


def _two_applied(code: str, first: Path, second: Path) -> tuple[Found, Found]:
    """An institution with two rosters: what it has when the second is undone, and what while it isn't."""
    with transaction.writing():
        places.add_institution(operators.everything(), "bench", code, f"Đơn vị {code}", "employer")
    _let_in(code, first)
    known = _found(code)
    _let_in(code, second)
    applied = _found(code)
    assert applied.digest != known.digest
    return known._replace(undone=True), applied


def _let_in(code: str, path: Path) -> None:
    with transaction.writing():
        scope = operators.in_campaign(code, "bench")
        roster_id = rosters.receive(scope, path.name, path.read_bytes())
        assert not isinstance(rosters.apply(scope, roster_id), RosterRefusal)


def _found(code: str) -> Found:
    with transaction.reading():
        it = {"it": operators.institution(code).institution_id, "roster": SECOND}

        def asked(statement: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in db.session.execute(text(statement), it)]

        digest = hashlib.sha256()
        for table, columns in COLUMNS.items():
            digest.update(repr(asked(f"SELECT {columns} FROM {table} WHERE institution_id = :it ORDER BY {columns}")).encode())
        of_roster = "WHERE institution_id = :it AND roster_id = :roster"
        undone = asked("SELECT 1 FROM rosters WHERE institution_id = :it AND id = :roster AND undone_at IS NOT NULL")
        files, effects = (len(asked(f"SELECT 1 FROM {table} {of_roster}")) for table in ("roster_files", "effect_pages"))
    return Found(digest.hexdigest(), bool(undone), files, effects)


def _take_up(code: str) -> bool:
    """Answers whether there was anything to take up."""
    found = taken_up_after_silence()
    if not _found(code).undone:  # killed before it was asked for
        assert not found
        _undo(code)
    return bool(found)


def _be_killed(_data: bytes, code: str) -> None:
    _undo(code, lambda: print(os.getpid(), flush=True))


def _undo(code: str, say: Callable[[], None] = lambda: None) -> None:
    """The same steps as on the pages: looked at first, then undone in the background of this process. `say` is called in between."""
    with transaction.reading():
        scope = operators.in_campaign(code, "bench")
        foreseen = undoing.foreseen(scope, SECOND)
    assert not isinstance(foreseen, RosterRefusal)
    say()
    with transaction.writing():
        assert roster_steps.begin_undoing(scope, SECOND, foreseen.mark) is None
    background.start(scope.institution_id, SECOND).result()


if __name__ == "__main__":
    bear(_be_killed, *sys.argv[1:])
