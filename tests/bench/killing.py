"""How processes are killed in the middle of what they do for a roster, and what comes of it is told."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app

from app import clock, create_app
from app.domain.runs import SILENT
from app.jobs import rosters as background

Born = Callable[[str], int]


@dataclass
class Shown:
    """How often each outcome was found right after a kill, and what was taken up and ended well. `what` is killed; `names`: what each
    outcome that may be is called; `halves`: at which institutions something else was found, and what."""

    what: str
    names: tuple[str, ...]
    outcomes: Counter[str] = field(default_factory=Counter)
    taken_up: Counter[str] = field(default_factory=Counter)
    halves: list[tuple[str, Hashable]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    def see(self, code: str, found: Hashable, called: Mapping[Hashable, str]) -> None:
        if found in called:
            self.outcomes[called[found]] += 1
        else:
            self.halves.append((code, found))

    def ended(self) -> Shown:
        self.seconds = time.monotonic() - self.began
        return self

    def __str__(self) -> str:
        kills = self.outcomes.total() + len(self.halves)
        told = ", ".join(f"{self.outcomes[name]} × {name}" for name in self.names)
        up = ", ".join(f"{count} × {kind}" for kind, count in sorted(self.taken_up.items()))
        return f"{kills} {self.what} killed in {self.seconds:.0f} s: {told}; half done: {len(self.halves)}; taken up and ended well: {up}"


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


def kill_within(seconds: float, child: int, chance: random.Random) -> None:
    """At a random moment of its run, which takes so long, or soon after it."""
    time.sleep(chance.uniform(0, seconds * 1.1))
    with suppress(ProcessLookupError):  # it has come to its end
        os.kill(child, signal.SIGKILL)
    await_end(child)


def await_end(child: int) -> None:
    while _lives(child):
        time.sleep(0.002)


def _lives(child: int) -> bool:
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        return False
    return True


def taken_up_after_silence() -> int:
    """What somebody does who comes when the process has been silent for long enough. Answers how many runs there were to take up."""
    with clock.set_to(clock.now() + SILENT + timedelta(seconds=1)):
        found = background.take_up()
        wait()
        assert background.take_up() == 0
    return found


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
