"""A process killed while it imports leaves nothing or everything, and what it was at ends well: shown by killing many at random moments.

Each child goes the whole way as the pages do, in the background of its process: the file is kept, read, planned, let in. After the kill the
database is looked at, then this process takes the child's run up and brings it to its end.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from app import transaction
from app.domain.runs import Task
from app.extensions import db
from app.jobs import rosters as background
from app.queries import operators
from app.services import places, roster_steps
from tests.bench.database import fresh
from tests.bench.killing import Born, Shown, await_end, bear, kill_within, nursery, taken_up_after_silence, wait
from tests.bench.measures import one_institution

ROWS = 2000


class Found(NamedTuple):
    """What there is of an import: its roster's state, rows that its review shows, people, registrations."""

    status: str
    planned: int
    people: int
    registrations: int


NOTHING, KEPT = Found("", 0, 0, 0), Found("reading", 0, 0, 0)
REVIEW, ALL = Found("read", ROWS, 0, 0), Found("applied", ROWS, ROWS, ROWS)
NAMES = {NOTHING: "nothing", KEPT: "the file", REVIEW: "the review", ALL: "everybody"}


def killed(path: Path, engine: str, times: int, seed: int) -> Shown:
    """Raises AssertionError for a run that does not end well after it has been taken up."""
    chance, shown = random.Random(seed), Shown("imports", tuple(NAMES.values()))
    with fresh(engine) as app, app.app_context(), nursery("tests.bench.kills", path, app) as born:
        with transaction.writing():
            one_institution()
        took = min(_whole_run(born, _place(-n)) for n in range(2))  # the first also warms the machine
        for number in range(1, times + 1):
            code = _place(number)
            child = born(code)
            kill_within(took, child, chance)
            shown.see(code, _found(code), NAMES)
            _take_up(code, shown)
    return shown.ended()


def _take_up(code: str, shown: Shown) -> None:
    task = _task(code)
    assert taken_up_after_silence() == bool(task), (code, task)
    if task:
        assert not _task(code)
        assert _found(code) == (ALL if task == Task.APPLYING else REVIEW), (code, task, _found(code))
        shown.taken_up[task] += 1
    if _found(code) == REVIEW:
        _apply(code)
    assert _found(code) in {NOTHING, ALL}, (code, _found(code))


def _place(number: int) -> str:
    code = f"kill-{number}" if number > 0 else f"whole{number}"
    with transaction.writing():
        places.add_institution(operators.everything(), "bench", code, f"Đơn vị {number}", "employer")
    return code


def _whole_run(born: Born, code: str) -> float:
    child = born(code)
    start = time.perf_counter()
    await_end(child)
    assert _found(code) == ALL, _found(code)
    return time.perf_counter() - start


def _found(code: str) -> Found:
    of_it = "FROM {} WHERE institution_id = :it"
    with transaction.reading():
        it = {"it": operators.institution(code).institution_id}

        def count(what: str, table: str) -> int:
            return int(db.session.execute(text(f"SELECT {what} {of_it.format(table)}"), it).scalar_one() or 0)

        status = db.session.execute(text(f"SELECT status {of_it.format('rosters')}"), it).scalar_one_or_none()
        planned, pages = count("sum(new)", "rosters"), count("count(*)", "change_pages")
        counts = [count("count(*)", table) for table in ("people", "registrations")]
    return Found(status or "", planned if pages * 100 == planned else -1, *counts)


def _task(code: str) -> str | None:
    """What was under way."""
    with transaction.reading():
        it = {"it": operators.institution(code).institution_id}
        unfinished = "SELECT task FROM roster_runs WHERE institution_id = :it AND state IN ('waiting', 'running')"
        return db.session.execute(text(unfinished), it).scalar_one_or_none()


def _apply(code: str) -> None:
    with transaction.writing():
        scope = operators.in_campaign(code, "bench")
        assert roster_steps.begin_applying(scope, 1) is None
    background.start(scope.institution_id, 1)
    wait()


def _take_in(data: bytes, code: str) -> None:
    """The same steps as on the pages, each in the background of this process."""
    with transaction.reading():
        scope = operators.in_campaign(code, "bench")
    print(os.getpid(), flush=True)
    with transaction.writing():
        roster_id = roster_steps.receive(scope, "bench.xlsx", data)
    background.start(scope.institution_id, roster_id).result()
    _apply(code)


if __name__ == "__main__":
    bear(_take_in, *sys.argv[1:])
