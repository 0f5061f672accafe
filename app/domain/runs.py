"""What goes on in the background with a roster: its tasks, its states, and how it says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

# A process beats while it is at work. Who has been silent for so long is gone, and whoever comes takes the run up again.
SILENT = timedelta(seconds=20)
# A file that ended the process so often is not tried again.
MOST_TAKES = 3


class Task(StrEnum):
    READING = "reading"
    REREADING = "rereading"
    REVISING = "revising"
    CONTINUING = "continuing"
    APPLYING = "applying"
    UNDOING = "undoing"


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


UNFINISHED = frozenset({RunState.WAITING, RunState.RUNNING})


class Stage(StrEnum):
    """Rows read, judged, written; a run goes through those of its task in this order."""

    READ = "read"
    JUDGED = "judged"
    WRITTEN = "written"


STAGES: dict[Task, tuple[Stage, ...]] = {
    Task.READING: (Stage.READ, Stage.JUDGED, Stage.WRITTEN),
    Task.REREADING: (Stage.READ, Stage.JUDGED, Stage.WRITTEN),
    Task.REVISING: (Stage.READ, Stage.JUDGED, Stage.WRITTEN),
    Task.CONTINUING: (Stage.READ, Stage.JUDGED, Stage.WRITTEN),
    Task.APPLYING: (Stage.WRITTEN,),
    Task.UNDOING: (Stage.WRITTEN,),
}

T = TypeVar("T")
Tell = Callable[[str, int, int], None]  # (stage, done, total); it raises Stopped where nobody wants the rest any more


class Stopped(Exception):
    """Somebody has stopped the run; nothing of it is kept."""


def silently(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


class Steps:
    """Tells how far somebody has come who goes over several rows of things, one after the other."""

    EVERY = 1000

    def __init__(self, tell: Tell, stage: Stage, total: int) -> None:
        self._tell, self._stage, self._total, self._done = tell, stage, total, 0

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """The things, while it is told at every so many how many have gone by."""
        before = done = self._done
        for done, thing in enumerate(things, before + 1):
            if not done % self.EVERY:
                self._tell(self._stage, done, self._total)
            yield thing
        self._done = done

    def finish(self) -> None:
        self._tell(self._stage, self._total, self._total)
