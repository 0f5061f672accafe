"""A process killed while it imports leaves nothing or everything, and what it was at ends well: shown by killing many at random moments.

Each child goes the whole way as the pages do, in the background of its process: the file is kept, read, planned, let in. After the kill the
database is looked at, then this process takes the child's run up and brings it to its end.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy import text

from app import clock, create_app, transaction
from app.domain.runs import SILENT, Task
from app.extensions import db
from app.jobs import rosters as background
from app.queries import operators
from app.services import places, roster_steps
from tests.bench.database import fresh
from tests.bench.measures import one_institution

ROWS = 2000
Born = Callable[[str], int]


class Found(NamedTuple):
    """What there is of an import: its roster's state, rows that its review shows, people, registrations."""

    status: str
    planned: int
    people: int
    registrations: int


NOTHING, KEPT = Found("", 0, 0, 0), Found("reading", 0, 0, 0)
REVIEW, ALL = Found("read", ROWS, 0, 0), Found("applied", ROWS, ROWS, ROWS)
NAMES = {NOTHING: "nothing", KEPT: "the file", REVIEW: "the review", ALL: "everybody"}


@dataclass
class Shown:
    """How often each outcome was found right after a kill, and what was taken up and ended well. `halves` are those that are none."""

    kills: int
    seconds: float = 0.0
    outcomes: Counter[Found] = field(default_factory=Counter)
    taken_up: Counter[str] = field(default_factory=Counter)
    halves: list[Found] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{self.outcomes[found]} × {name}" for found, name in NAMES.items())
        up = ", ".join(f"{count} × {task}" for task, count in sorted(self.taken_up.items()))
        return f"{self.kills} imports killed in {self.seconds:.0f} s: {told}; half done: {len(self.halves)}; taken up and ended well: {up}"


def killed(path: Path, engine: str, times: int, seed: int) -> Shown:
    """Raises AssertionError for a run that does not end well after it has been taken up."""
    chance, shown, began = random.Random(seed), Shown(times), time.monotonic()
    with fresh(engine) as app, app.app_context(), nursery("tests.bench.kills", path, app) as born:
        with transaction.writing():
            one_institution()
        took = min(_whole_run(born, _place(-n)) for n in range(2))  # the first also warms the machine
        for number in range(1, times + 1):
            code = _place(number)
            child = born(code)
            time.sleep(chance.uniform(0, took * 1.1))
            kill(child)
            found = _found(code)
            shown.outcomes[found] += 1
            if found not in NAMES:
                shown.halves.append(found)
            _take_up(code, shown)
    shown.seconds = time.monotonic() - began
    return shown


def _take_up(code: str, shown: Shown) -> None:
    """What somebody does who comes when the process has been silent for long enough."""
    with clock.set_to(clock.now() + SILENT + timedelta(seconds=1)):
        task = _task(code)
        if task:
            assert background.take_up() == 1, (code, task)
            wait()
            assert not _task(code)
            assert _found(code) == (ALL if task == Task.APPLYING else REVIEW), (code, task, _found(code))
            shown.taken_up[task] += 1
        assert background.take_up() == 0
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
    while lives(child):
        time.sleep(0.005)
    assert _found(code) == ALL, _found(code)
    return time.perf_counter() - start


@contextmanager
def nursery(module: str, path: Path, app: Flask) -> Iterator[Born]:
    """A process (`bear`, called by the module) that has the program loaded and, for each institution it is told, bears another that is just
    about to begin: it answers with that one's number."""
    command = [sys.executable, "-m", module, str(path), app.config["DATABASE_URL"]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        told, answers = process.stdin, process.stdout
        assert told is not None
        assert answers is not None

        def born(code: str) -> int:
            told.write(f"{code}\n")
            return int(answers.readline())

        yield born
        told.close()


def kill(child: int) -> None:
    with suppress(ProcessLookupError):  # it has come to its end
        os.kill(child, signal.SIGKILL)
    while lives(child):
        time.sleep(0.002)


def lives(child: int) -> bool:
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        return False
    return True


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


def wait() -> None:
    background.of(current_app._get_current_object()).wait()


def bear(begin: Callable[[bytes, str], None], path: str, url: str) -> None:
    """The nursery: nothing of it is connected to the database, so its children begin with nothing open."""
    app = create_app({"DATABASE_URL": url, "TESTING": True})
    data = Path(path).read_bytes()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever has died is gone
    for line in sys.stdin:
        if os.fork() == 0:
            with app.app_context():
                begin(data, line.strip())
            os._exit(0)


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
