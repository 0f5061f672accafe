"""Rosters that are read, applied or undone in the background: a few threads of this process, each with a context and a session of its own.

Whoever asks for a run starts it here; what a process leaves behind that ends, another one takes up. A run is claimed in the database
before it begins and ended in the unit of work that keeps what it did, so it is never done twice and never by half.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, NamedTuple

from flask import Flask, current_app

from app import clock, transaction
from app.adapters.pulses import PulseFolder
from app.domain.runs import Stopped, Task, Tell
from app.domain.scope import CampaignScope
from app.jobs.pace import paced
from app.jobs.pulse import Interrupted, Pulse
from app.queries import answers, terms
from app.queries import rosters as known
from app.queries import runs as queue
from app.queries.runs import Claimed, Failure, RunView
from app.queries.terms import KeptRoster
from app.services import continuing, revising, roster_files, rosters, runs, undoing, wishes
from app.services.bulk import collector_off
from app.services.revising import Revision
from app.services.rosters import FirstReading, RosterRefusal
from imports.files.origins import origin_of
from imports.values import Reading, Unreadable

log = logging.getLogger(__name__)
THREADS = 4


class Work(NamedTuple):
    """A task in two parts: `prepare` takes its time and holds no lock; `write` is one unit of work."""

    prepare: Callable[[Claimed, Tell], Any]
    write: Callable[[Claimed, Any, Tell], object]


def _read(run: Claimed, tell: Tell) -> FirstReading | RosterRefusal:
    with transaction.reading():
        kept = known.kept_file(run.scope, run.roster_id)
    if kept is None:
        return RosterRefusal.FILE_GONE
    return rosters.first_reading(*kept, lambda fingerprint: _recalled(run, kept, fingerprint), paced(tell, kept[1]))


def _recalled(run: Claimed, kept: tuple[str, bytes], fingerprint: str) -> terms.Terms:
    filename, origin = kept[0], origin_of(kept[1])
    with transaction.reading():
        return answers.recalled(run.scope, filename, fingerprint, origin)


def _plan(run: Claimed, found: FirstReading, tell: Tell) -> object:
    return rosters.plan_stored(run.scope, run.roster_id, found, tell)


def _reread(run: Claimed, tell: Tell) -> tuple[KeptRoster, Reading] | RosterRefusal:
    with transaction.reading():
        kept = terms.kept_roster(run.scope, run.roster_id)
    if kept is None:
        return RosterRefusal.FILE_GONE
    return kept, rosters.understood(kept.terms, kept.filename, kept.data, paced(tell, kept.data))


def _replan(run: Claimed, found: tuple[KeptRoster, Reading], _tell: Tell) -> object:
    return revising.replan(run.scope, *found)


def _consider(run: Claimed, tell: Tell) -> tuple[KeptRoster, Revision, Reading] | RosterRefusal:
    with transaction.reading():
        kept = terms.kept_roster(run.scope, run.roster_id)
        revision = wishes.revision(run.scope, kept, run.wish) if kept and run.wish else RosterRefusal.FILE_GONE
    if kept is None or isinstance(revision, RosterRefusal):
        return revision if isinstance(revision, RosterRefusal) else RosterRefusal.FILE_GONE
    return kept, revision, revising.read_on(revision, kept, paced(tell, kept.data))


def _revise(run: Claimed, found: tuple[KeptRoster, Revision, Reading], _tell: Tell) -> object:
    return revising.revise(run.scope, *found)


def _continue(run: Claimed, found: tuple[KeptRoster, Reading], tell: Tell) -> object:
    return continuing.go_on(run.scope, *found, tell)


def _nothing(_run: Claimed, _tell: Tell) -> None:
    """What is only written needs no preparation."""


def _apply(run: Claimed, _found: None, tell: Tell) -> object:
    return rosters.apply(run.scope, run.roster_id, int(run.seen) if run.seen else None, tell)


def _undo(run: Claimed, _found: None, tell: Tell) -> object:
    return undoing.undo(run.scope, run.roster_id, run.seen, tell)


WORK: dict[Task, Work] = {
    Task.READING: Work(_read, _plan),
    Task.REREADING: Work(_reread, _replan),
    Task.REVISING: Work(_consider, _revise),
    Task.CONTINUING: Work(_reread, _continue),
    Task.APPLYING: Work(_nothing, _apply),
    Task.UNDOING: Work(_nothing, _undo),
}


class Background:
    """The threads of one process, and what they are at."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(THREADS, "rosters")
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._under_way: dict[tuple[int, int], Future[None]] = {}

    def start(self, institution_id: int, roster_id: int) -> Future[None]:
        """Go on with a run as soon as a thread is free, if it is its turn and nobody else is at it."""
        with self._lock:
            self._under_way = {key: future for key, future in self._under_way.items() if not future.done()}
            key = (institution_id, roster_id)
            if key not in self._under_way:
                self._under_way[key] = self._threads.submit(clock.following(self._go), institution_id, roster_id)
            return self._under_way[key]

    def wait(self) -> None:
        """Until nothing is under way here any more, what has been started meanwhile included."""
        while futures := [future for future in list(self._under_way.values()) if not future.done()]:
            wait(futures)

    def end(self) -> None:
        """Leave everything as it is: what is under way is given back."""
        self._ending.set()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _go(self, institution_id: int, roster_id: int) -> None:
        with self._app.app_context():
            try:
                with transaction.writing():
                    run = runs.claim(institution_id, roster_id)
                if run is not None:
                    self._carry_out(run)
                with transaction.reading():
                    following = queue.next_of(institution_id)
            except Exception:
                log.exception("the run of a roster can't be claimed or ended")
                return
        if run is not None and following is not None and not self._ending.is_set():
            self.start(institution_id, following)

    def _carry_out(self, run: Claimed) -> None:
        """Do a run, and note how it ended."""
        try:
            with Pulse(self._app, run, folder_of(self._app), self._ending) as pulse, collector_off():
                do(run, pulse)
        except runs.Lost:
            log.warning("a run has been taken over: this process was silent for too long")
        except Exception as error:
            settle(run, error)


def do(run: Claimed, pulse: Pulse) -> None:
    """Do a claimed run. Whatever it raises, nothing of it is kept."""
    with transaction.reading():
        if runs.is_worn_out(run):
            raise _Refused(runs.BROKEN.code)
    work = WORK[run.task]
    prepared = work.prepare(run, pulse.tell)
    if isinstance(prepared, RosterRefusal):
        raise _Refused(prepared)
    with pulse.quiet(), transaction.writing():
        outcome = work.write(run, prepared, pulse.tell)
        if isinstance(outcome, RosterRefusal):
            raise _Refused(outcome)
        runs.end(run)


class _Refused(Exception):
    """A service said no; nothing of the unit is kept."""


def settle(run: Claimed, error: Exception) -> None:
    """Note how a run ended that did not succeed."""
    if not isinstance(error, (Stopped, Interrupted, Unreadable, _Refused)) and not transaction.is_busy(error):
        log.error("the run of a roster has failed", exc_info=error)
    with transaction.writing():
        _settle(run, error)


def _settle(run: Claimed, error: Exception) -> None:
    if isinstance(error, Stopped):
        runs.stopped(run)
    elif isinstance(error, Interrupted) or transaction.is_busy(error):
        runs.let_go(run)
    elif isinstance(error, Unreadable):
        runs.fail(run, Failure(error.code, error.text, {name: str(value) for name, value in error.params.items()}))
        if run.task is Task.READING:
            roster_files.forget_file(run.scope, run.roster_id)  # nothing can be done with it
    elif isinstance(error, _Refused):
        runs.fail(run, Failure(str(error.args[0]), None, {}))
    else:
        runs.fail(run, runs.BROKEN)


def of(app: Flask) -> Background:
    """The threads that work for an application in this process; there are none before they are needed."""
    with _making:
        found: Background = app.extensions.setdefault("rosters-background", None) or Background(app)
        app.extensions["rosters-background"] = found
        return found


_making = threading.Lock()


def start(institution_id: int, roster_id: int) -> Future[None]:
    """Go on with a run in this process."""
    return of(_application()).start(institution_id, roster_id)


def end(app: Flask) -> None:
    """The process ends."""
    found = app.extensions.get("rosters-background")
    if found:
        found.end()


def folder_of(app: Flask) -> PulseFolder | None:
    path = app.config["PROGRESS_FOLDER"]
    return PulseFolder(path) if path else None


def progress(run: RunView) -> tuple[str | None, int, int]:
    """How far a run is: the stage, and how many of how many rows of it."""
    folder = folder_of(current_app)
    told = folder.read(run.token) if folder and run.token else None
    return told or (run.stage, run.done, run.total)


def stop(scope: CampaignScope, run: RunView) -> bool:
    """Ask a run to stop. Where it is writing to SQLite, it hears of it by the folder; the row can be changed only after that."""
    folder = folder_of(current_app)
    if folder and run.token:
        folder.ask_to_stop(run.token)
    with transaction.writing():
        return runs.stop(scope, run.roster_id)


def take_up() -> int:
    """Start what waits or was left by its process; answers how much that is."""
    with transaction.reading():
        found = queue.left()
    for institution_id, roster_id in found:
        start(institution_id, roster_id)
    return len(found)


def sweep() -> None:
    """Remove what ended processes have left in the folder."""
    folder = folder_of(current_app)
    if folder:
        with transaction.reading():
            tokens = queue.tokens()
        folder.keep_only(tokens)


def _application() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app
