"""Nobody is reminded twice, nobody who was done before, nobody forgotten: shown with planners and senders killed at random moments, a mail
server that hangs up, people who finish meanwhile, and claims that are swept while their senders still work on them."""

from __future__ import annotations

import logging
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask
from sqlalchemy import select, text

from app import clock, create_app, transaction
from app.domain.nudge import Status, Why
from app.domain.registration import Event as Did
from app.extensions import db
from app.jobs import ticks
from app.models import Campaign, Nudge, Registration
from app.queries import operators
from app.services import registrations, sending
from tests.bench import nudge_scene
from tests.bench.database import fresh
from tests.bench.mail_server import mail_server

PLANNERS, SENDERS = 2, 4
DROPS = 0.05
FINISHING = 0.2  # of all people, while messages go
LONGEST_WAIT = 0.6  # seconds between two kills, however little has happened
SWEEP_EVERY = 12  # kills
PAUSE = 0.5  # seconds between two ticks of one process
PROCESSES = multiprocessing.get_context("forkserver")  # each child begins without a connection: the server they fork from never opens one
PROCESSES.set_forkserver_preload(["app.factory", "app.jobs.ticks", __name__])

Who = tuple[int, int | None]  # campaign and person


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found at the end. Of each of the first three there is to be none."""

    sent_twice: int
    sent_to_done: int
    forgotten: int
    nudges: int
    kills: int
    sent: int
    unknown: int
    unknown_taken: int
    left_out: int
    done: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.nudges:,} nudges, {self.kills} kills in {self.seconds:.0f} s: sent twice {self.sent_twice}, sent to who was done before"
            f" the claim {self.sent_to_done}, forgotten {self.forgotten}; sent {self.sent:,}, left out {self.left_out:,} of {self.done:,}"
            f" who finished, unknown {self.unknown:,} (the server had taken {self.unknown_taken:,})"
        )


def shown(engine: str, nudges: int, kills: int, seed: int = 1) -> Shown:
    """The whole story on a database of its own."""
    with tempfile.TemporaryDirectory() as folder, fresh(engine) as migrated:
        accepted, done = Path(folder) / "accepted", Path(folder) / "done"
        accepted.touch()
        with mail_server(accepted, DROPS, seed) as port, _application(migrated, port) as settings:
            places = max(2, nudges // 500)
            nudge_scene.set_up(places, nudges // places)
            start = time.perf_counter()
            crew = _Crew(settings, done, seed, nudges)
            try:
                _storm(crew, accepted, nudges, kills)
            finally:
                crew.end()
            _calm()
            return _found(accepted, done, kills, time.perf_counter() - start)


@contextmanager
def _application(migrated: Flask, port: int) -> Iterator[dict[str, Any]]:
    """The application here, which sets up and looks at the end, and the settings by which others make theirs."""
    with migrated.app_context():
        db.engine.dispose()
    settings = nudge_scene.settings(migrated.config["DATABASE_URL"], port)
    with create_app(settings).app_context():
        yield settings
        db.session.remove()
        db.engine.dispose()


class _Crew:
    """The processes: planners and senders, which are killed and replaced, and one that finishes people, which is not."""

    def __init__(self, settings: dict[str, Any], done: Path, seed: int, nudges: int) -> None:
        self._settings, self._chance = settings, random.Random(seed)
        self._work: list[tuple[Callable[..., None], BaseProcess]] = []
        for target in (*[_plan] * PLANNERS, *[_send] * SENDERS):
            self._work.append((target, self._started(target)))
        self._enough = PROCESSES.Event()
        self._finisher = self._started(_finish, done, seed, int(nudges * FINISHING), self._enough)

    def kill_one(self) -> None:
        at = self._chance.randrange(len(self._work))
        target, process = self._work[at]
        process.kill()
        process.join()
        self._work[at] = (target, self._started(target))

    def end(self) -> None:
        self._enough.set()
        self._finisher.join()
        for _, process in self._work:
            process.kill()
            process.join()

    def _started(self, target: Callable[..., None], *rest: Any) -> BaseProcess:
        process = PROCESSES.Process(target=target, args=(self._settings, *rest), daemon=True)
        process.start()
        return process


def _plan(settings: dict[str, Any]) -> None:
    _go_on(settings, ticks.plan)


def _send(settings: dict[str, Any]) -> None:
    _go_on(settings, ticks.send)


def _go_on(settings: dict[str, Any], tick: Callable[[], object]) -> NoReturn:
    """As the scheduler does: a tick that fails because the database is busy comes again."""
    logging.disable()
    with create_app(settings).app_context():
        while True:
            _unless_busy(tick)
            time.sleep(PAUSE)


def _unless_busy(work: Callable[[], object]) -> bool:
    try:
        work()
    except Exception as error:
        if not transaction.is_busy(error) and not transaction.is_busy(error.__cause__):
            raise
        return False
    return True


def _finish(settings: dict[str, Any], done: Path, seed: int, count: int, enough: Event) -> None:
    """People get their account, at random moments; when is noted after the commit, so they were done by then at the latest."""
    with create_app(settings).app_context(), done.open("w", buffering=1) as log:
        with transaction.reading():
            people = db.session.execute(text("SELECT i.code, p.id FROM people p JOIN institutions i ON i.id = p.institution_id")).all()
        chance = random.Random(seed)
        for code, person_id in chance.sample(people, count):
            if enough.is_set():
                break
            if _unless_busy(partial(_grant, code, person_id)):
                log.write(f"{code} {person_id} {time.time():.6f}\n")
            time.sleep(chance.uniform(0, 0.02))


def _grant(code: str, person_id: int) -> None:
    with transaction.writing():
        scope = operators.in_campaign(code, code)
        for event in (Did.DECLARED, Did.GRANTED):
            answer = registrations.record(scope, person_id, event, clock.today())
            assert isinstance(answer, registrations.Recorded), answer


def _storm(crew: _Crew, accepted: Path, nudges: int, kills: int) -> None:
    """Kill while messages go: the moments are spread over the whole of it."""
    chance = random.Random(kills)
    for number in range(kills):
        waited = time.monotonic() + LONGEST_WAIT
        while _lines(accepted) < nudges * number / kills * 0.9 and time.monotonic() < waited:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.05))
        crew.kill_one()
        if number % SWEEP_EVERY == SWEEP_EVERY - 1:
            _unless_busy(_sweep_claims)
    _wait_until_nothing_moves(accepted)


def _wait_until_nothing_moves(accepted: Path) -> None:
    before = -1
    while (lines := _lines(accepted)) > before:
        before = lines
        time.sleep(2)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _sweep_claims() -> None:
    """As if a quarter of an hour had passed, also for claims that somebody is still at work on."""
    with clock.set_to(datetime.now(UTC) + timedelta(minutes=16)), transaction.writing():
        sending.sweep()


def _calm() -> None:
    """What is left goes in the days after, without kills, until nothing waits any more."""
    for hours in range(13, 13 * 12, 13):
        with clock.set_to(datetime.now(UTC) + timedelta(hours=hours)):
            ticks.plan()
            ticks.sweep()
            ticks.send()
            with transaction.reading():
                if not db.session.scalar(text("SELECT count(*) FROM nudges WHERE status IN ('planned', 'claimed')")):
                    return


def _found(accepted: Path, done: Path, kills: int, seconds: float) -> Shown:
    """The server's log beside the ledger and the noted moments."""
    taken = Counter(line.split()[0] for line in accepted.read_text().splitlines())
    with transaction.reading():
        campaigns: dict[str, int] = {row.code: row.id for row in db.session.scalars(select(Campaign))}
        rows = db.session.scalars(select(Nudge)).all()
        asked = {(row.campaign_id, row.person_id) for row in db.session.execute(select(Registration.campaign_id, Registration.person_id))}
    noted = [line.split() for line in done.read_text().splitlines()]
    finished: dict[Who, float] = {(campaigns[code], int(person_id)): float(when) for code, person_id, when in noted}
    statuses = Counter(row.status for row in rows)
    settled = {_who(row) for row in rows if _is_settled(row, taken, finished)}
    too_late = [
        row
        for row in rows
        if _id(row) in taken and _who(row) in finished and row.claimed_at and finished[_who(row)] < row.claimed_at.timestamp()
    ]
    return Shown(
        sent_twice=sum(count > 1 for count in taken.values()),
        sent_to_done=len(too_late),
        forgotten=len(asked - settled - (finished.keys() - {_who(row) for row in rows})),
        nudges=len(rows),
        kills=kills,
        sent=statuses[Status.SENT],
        unknown=statuses[Status.UNKNOWN],
        unknown_taken=sum(row.status == Status.UNKNOWN and _id(row) in taken for row in rows),
        left_out=statuses[Status.LEFT_OUT],
        done=len(finished),
        seconds=seconds,
    )


def _is_settled(row: Nudge, taken: Counter[str], finished: dict[Who, float]) -> bool:
    """What the ledger says is true: sent means that the server has taken it, left out that the person was done."""
    if row.status == Status.SENT:
        return _id(row) in taken
    if row.status == Status.LEFT_OUT:
        return row.why == Why.DONE and _who(row) in finished and _id(row) not in taken
    return row.status == Status.UNKNOWN


def _who(row: Nudge) -> Who:
    return (row.campaign_id, row.person_id)


def _id(row: Nudge) -> str:
    return f"{row.campaign_id}.{row.id}"
