"""A process killed while it imports leaves nothing or everything: shown by killing many at random moments of reading, keeping, writing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from app import create_app, transaction
from app.extensions import db
from app.queries import operators
from app.services import places, rosters
from tests.bench.database import fresh
from tests.bench.measures import one_institution

ROWS = 2000
# What may be found after a kill: (rosters kept, rosters applied, people, registrations).
WHOLE = {(0, 0, 0, 0), (1, 0, 0, 0), (1, 1, ROWS, ROWS)}


def killed(path: Path, engine: str, times: int, seed: int) -> dict[tuple[int, int, int, int], int]:
    """How often each outcome was found. Raises AssertionError for one that is half done."""
    chance = random.Random(seed)
    outcomes = dict.fromkeys(sorted(WHOLE), 0)
    with fresh(engine) as app, app.app_context():
        with transaction.writing():
            one_institution()
        took = min(_whole_run(path, app, _place(-n)) for n in range(2))  # the first also warms the machine
        for number in range(1, times + 1):
            code = _place(number)
            with _started(path, app, code) as child:
                time.sleep(chance.uniform(0, took * 1.1))
                child.send_signal(signal.SIGKILL)
            found = _found(code)
            assert found in WHOLE, (engine, seed, number, found)
            outcomes[found] += 1
    return outcomes


def _place(number: int) -> str:
    code = f"kill-{number}" if number > 0 else f"whole{number}"
    with transaction.writing():
        places.add_institution(operators.everything(), "bench", code, f"Đơn vị {number}", "employer")
    return code


def _whole_run(path: Path, app: Flask, code: str) -> float:
    with _started(path, app, code) as child:
        start = time.perf_counter()
        child.wait()
    assert _found(code) == (1, 1, ROWS, ROWS)
    return time.perf_counter() - start


def _started(path: Path, app: Flask, code: str) -> subprocess.Popen[str]:
    """A process that is just about to read the file."""
    command = [sys.executable, "-m", "tests.bench.kills", str(path), app.config["DATABASE_URL"], code]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def _found(code: str) -> tuple[int, int, int, int]:
    with transaction.reading():
        scope = operators.institution(code)
        counts = [
            db.session.execute(
                text(f"SELECT count(*) FROM {table} WHERE institution_id = :it {also}"), {"it": scope.institution_id}
            ).scalar_one()
            for table, also in (("rosters", ""), ("rosters", "AND status = 'applied'"), ("people", ""), ("registrations", ""))
        ]
    kept, applied, people, registrations = counts
    return kept, applied, people, registrations


def _take_in(path: str, url: str, code: str) -> None:
    """The child: reads, keeps for review, lets in; two units of work, as on the page."""
    app = create_app({"DATABASE_URL": url, "TESTING": True})
    with app.app_context():
        data = Path(path).read_bytes()
        with transaction.reading():
            scope = operators.in_campaign(code, "bench")
        print("ready", flush=True)
        with transaction.writing():
            roster_id = rosters.receive(scope, "bench.xlsx", data)
        with transaction.writing():
            rosters.apply(scope, roster_id)


if __name__ == "__main__":
    _take_in(*sys.argv[1:])
