"""A process killed while it changes a review leaves the review as it was or as it was wanted: shown by killing many at random moments.

Changed are a cell, a kind of repair and what a column means; and the rows that waited go on as a roster of their own. What is looked at
after the kill is all that is kept of the rosters; then this process takes the child's run up and brings it to its end.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from app import transaction
from app.domain.scope import CampaignScope
from app.extensions import db
from app.jobs import rosters as background
from app.queries import operators, terms
from app.services import places, roster_steps, rosters, wishes
from app.services.rosters import RosterRefusal
from imports.values import Answer, Correction, SheetAnswer
from tests.bench import workbook
from tests.bench.database import fresh
from tests.bench.killing import Born, Shown, await_end, bear, kill_within, nursery, taken_up_after_silence
from tests.bench.measures import one_institution

ROWS, EACH = 900, 10  # with so many of each flaw
ROSTER = 1
KINDS = ("cell", "repair", "column", "waiting")
# What is kept of rosters; when something was done, and by which run, is none of it.
COLUMNS = {
    "rosters": "id, status, review, new, changed, moved, same, waiting, absent, problems, repairs, to_check, again, understood, summary, "
    "refused, answer, fingerprint, remembered, continues",
    "roster_files": "roster_id, length(content)",
    "change_pages": "roster_id, kind, number, changes",
    "roster_problems": 'roster_id, number, sheet, row, "column", field, severity, value, code, params, row_values, place, "group"',
    "roster_corrections": 'roster_id, sheet, row, "column", text, was',
    "roster_answers": "fingerprint, answer",
    "people": "id, full_name, roster_id",
}


@dataclass(frozen=True, slots=True)
class Whole:
    """What a change that nobody kills has before and after, the same at every institution, and how long it takes."""

    before: str
    after: str
    seconds: float


def killed_reviews(folder: Path, engine: str, times: int, seed: int) -> Shown:
    """Raises AssertionError for a run that does not end well after it has been taken up."""
    path = folder / "flawed.xlsx"
    workbook.write_flawed(path, ROWS, EACH)
    chance, shown = random.Random(seed), Shown("changes of reviews", ("nothing", "everything"))
    with fresh(engine) as app, app.app_context(), nursery("tests.bench.review_kills", path, app) as born:
        with transaction.writing():
            one_institution()
        wholes = {kind: min((_whole(born, f"{kind}-w{n}", path) for n in range(2)), key=lambda whole: whole.seconds) for kind in KINDS}
        for number in range(times):
            kind = KINDS[number % len(KINDS)]
            code, whole = f"{kind}-{number}", wholes[kind]
            assert _reviewed(code, path) == whole.before, code
            child = born(code)
            kill_within(whole.seconds, child, chance)
            shown.see(code, _found(code), {whole.before: "nothing", whole.after: "everything"})
            shown.taken_up[kind] += _take_up(code, whole)
    return shown.ended()


def _whole(born: Born, code: str, path: Path) -> Whole:
    before = _reviewed(code, path)
    start, child = time.perf_counter(), born(code)
    begun = time.perf_counter()
    await_end(child)
    after = _found(code)
    assert before != after, code
    return Whole(before, after, time.perf_counter() - max(start, begun))


def _reviewed(code: str, path: Path) -> str:
    """An institution with a review, or with rows that wait since the others went in."""
    with transaction.writing():
        places.add_institution(operators.everything(), "bench", code, "Công ty", "employer")
    with transaction.writing():
        scope = operators.in_campaign(code, "bench")
        assert rosters.receive(scope, path.name, path.read_bytes()) == ROSTER
        if _kind(code) == "waiting":
            assert not isinstance(rosters.apply(scope, ROSTER), RosterRefusal)
    return _found(code)


def _kind(code: str) -> str:
    return code.partition("-")[0]


def _found(code: str) -> str:
    """A digest of all that an institution has of rosters."""
    digest = hashlib.sha256()
    with transaction.reading():
        it = {"it": operators.institution(code).institution_id}
        for table, columns in COLUMNS.items():
            rows = db.session.execute(text(f"SELECT {columns} FROM {table} WHERE institution_id = :it"), it)
            digest.update("\n".join(sorted(repr(tuple(row)) for row in rows)).encode())
    return digest.hexdigest()


def _take_up(code: str, whole: Whole) -> bool:
    """Answers whether there was anything to take up."""
    found = taken_up_after_silence()
    if _found(code) == whole.before:  # killed before it was asked for
        assert not found, code
        _change(code)
    assert _found(code) == whole.after, code
    return bool(found)


def _be_killed(_data: bytes, code: str) -> None:
    _change(code, lambda: print(os.getpid(), flush=True))


def _change(code: str, say: Callable[[], None] = lambda: None) -> None:
    """The same steps as on the pages, in the background of this process. `say` is called when it begins."""
    with transaction.reading():
        scope = operators.in_campaign(code, "bench")
        wish = None if _kind(code) == "waiting" else _wish(scope, _kind(code))
    say()
    with transaction.writing():
        asked = roster_steps.begin_revising(scope, ROSTER, wish) if wish else roster_steps.begin_continuing(scope, ROSTER)
        assert asked is None, (code, asked)
    background.start(scope.institution_id, ROSTER).result()


def _wish(scope: CampaignScope, kind: str) -> str:
    kept = terms.kept_roster(scope, ROSTER)
    assert kept
    if kind == "repair":
        return wishes.to_refuse(kept.repairs[0].field, kept.repairs[0].code)
    sheet, row, column = db.session.execute(
        text(
            'SELECT sheet, row, "column" FROM roster_problems WHERE institution_id = :it AND roster_id = :roster '
            "AND field = 'birth_date' AND severity = 'error' ORDER BY number LIMIT 1"
        ),
        {"it": scope.institution_id, "roster": ROSTER},
    ).one()
    if kind == "cell":
        return wishes.to_correct(Correction(sheet, row, column, "28/12/1990"))
    return wishes.to_read_as(Answer((SheetAnswer(sheet, fields=(("J", None),)),)))


if __name__ == "__main__":
    bear(_be_killed, *sys.argv[1:])
