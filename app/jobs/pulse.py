"""A run's pulse: beside the run a thread says every half second that it lives and how far it is, and hears whether it is to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from flask import Flask

from app import clock, transaction
from app.adapters.pulses import PulseFolder
from app.domain.runs import Stopped
from app.queries.runs import Claimed
from app.services import runs

log = logging.getLogger(__name__)
EVERY = 0.5  # seconds


class Interrupted(Exception):
    """This process ends; another one may go on with the run."""


class Pulse:
    """What the run tells is a value in memory, so telling costs nothing. In the database a second connection notes it. An SQLite database
    that the run itself is writing to takes nothing from anybody else; meanwhile only the folder beside it is written (`quiet`)."""

    def __init__(self, app: Flask, run: Claimed, folder: PulseFolder | None, ending: threading.Event) -> None:
        self._app, self._run, self._folder, self._ending = app, run, folder, ending
        self._said: tuple[str, int, int] = ("", 0, 0)
        self._unwanted = threading.Event()
        self._over = threading.Event()
        self._database = threading.Lock()  # held while somebody of this run writes
        self._thread = threading.Thread(target=clock.following(self._go), name=f"pulse-{run.roster_id}", daemon=True)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()
        if self._folder:
            self._folder.drop(self._run.token)

    def tell(self, stage: str, done: int, total: int) -> None:
        """What the run calls between rows and stages; raises where it is not to go on."""
        self._said = (stage, done, total)
        if self._unwanted.is_set():
            raise Stopped
        if self._ending.is_set():
            raise Interrupted

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While the run's own unit of work is open."""
        if self._folder is None:
            yield
            return
        with self._database:
            yield

    def _go(self) -> None:
        with self._app.app_context():
            while not self._over.wait(EVERY):
                try:
                    self._beat()
                except Exception as error:  # the run itself goes on, and is taken up by somebody else if this lasts
                    log.warning("a run's pulse has missed a beat: %s", type(error).__name__)

    def _beat(self) -> None:
        stage, done, total = self._said
        if self._folder:
            self._folder.note(self._run.token, stage or "read", done, total)
            if self._folder.is_stopping(self._run.token):
                self._unwanted.set()
        if self._database.acquire(blocking=False):
            try:
                with transaction.writing():
                    wanted = runs.beat(self._run, stage or None, done, total)
            finally:
                self._database.release()
            if not wanted:
                self._unwanted.set()
