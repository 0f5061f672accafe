"""Thousands of mutated workbooks through reading and the page's upload: none breaks it, takes long, fills the memory or is half stored.

The work is done in processes that may not grow by more than a gigabyte, so that a file that runs away ends its process and nothing else.
"""

from __future__ import annotations

import json
import logging
import random
import resource
import select
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, Any

PROCESSES = 2
SECONDS, HANGS = 10.0, 120.0  # of the processor for one file; of the clock until a process that says nothing is ended
MEGABYTES = 1_000
_MB = 1024 * 1024


@dataclass(slots=True)
class Found:
    """What came of it. `troubles` tells each file with which something was wrong: its number, its name, what it was."""

    count: int
    seed: int
    outcomes: Counter[str] = field(default_factory=Counter)
    troubles: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: float = 0
    most_megabytes: float = 0
    seconds: float = 0

    def __str__(self) -> str:
        kinds = Counter(trouble for _, _, trouble in self.troubles)
        wrong = ", ".join(f"{count} × {trouble}" for trouble, count in kinds.most_common()) or "none"
        told = "\n".join(f"  number {number}: {name}: {trouble}" for number, name, trouble in self.troubles[:50])
        return (
            f"{self.count:,} mutated workbooks, seed {self.seed}, in {self.seconds:.0f} s: read {self.outcomes['read']:,}, refused"
            f" {self.outcomes['refused']:,}; slowest {self.slowest:.1f} s of the processor, largest process {self.most_megabytes:.0f} MB;"
            f" 500s, over {SECONDS:.0f} s, over {MEGABYTES:,} MB, half stored: {wrong}" + (f"\n{told}" if told else "")
        )


def fuzzed(count: int, seed: int) -> Found:
    """Mutate and try `count` files. A number with its seed makes the same file again."""
    found = Found(count, seed)
    start = time.perf_counter()
    workers = [_Worker(seed, first, count) for first in range(min(PROCESSES, count))]
    while workers:
        ready = select.select([worker.told for worker in workers], [], [], 1)[0]
        for worker in list(workers):
            ended = not worker.hear(found) if worker.told in ready else worker.hangs(found)
            if ended:
                workers.remove(worker)
                if worker.next_number < count:
                    workers.append(_Worker(seed, worker.next_number, count))
    found.seconds = time.perf_counter() - start
    return found


class _Worker:
    """A process that tries every so-manieth number from its first one on, and says before and after each how it went."""

    def __init__(self, seed: int, first: int, count: int) -> None:
        self._number, self._name = first, ""
        self._heard = time.monotonic()
        self._done = False
        command = [sys.executable, "-m", "tests.bench.fuzz", *map(str, (seed, first, count))]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1)
        assert self._process.stdout is not None
        self.told: IO[str] = self._process.stdout

    @property
    def next_number(self) -> int:
        return sys.maxsize if self._done else self._number + PROCESSES

    def hear(self, found: Found) -> bool:
        """Take in a line; False where the process has ended, by itself or because of a file."""
        line = self.told.readline()
        self._heard = time.monotonic()
        if not line:
            status = self._process.wait()
            self._done = status == 0
            if not self._done:
                found.troubles.append((self._number, self._name, f"the process ended with {status}"))
            return False
        said: dict[str, Any] = json.loads(line)
        self._number, self._name = said["number"], said["name"]
        if "outcome" in said:
            found.outcomes[said["outcome"]] += 1
            found.slowest = max(found.slowest, said["seconds"])
            found.most_megabytes = max(found.most_megabytes, said["megabytes"])
            found.troubles += [(self._number, self._name, trouble) for trouble in said["troubles"]]
        return True

    def hangs(self, found: Found) -> bool:
        if time.monotonic() - self._heard < HANGS:
            return False
        self._process.kill()
        self._process.wait()
        found.troubles.append((self._number, self._name, f"nothing for {HANGS:.0f} s"))
        return True


def _work(seed: int, first: int, count: int) -> None:
    from tests.bench.database import fresh
    from tests.bench.fuzz_route import Uploads
    from tests.cast import ALICE, HOME, set_the_scene, signed_in
    from tests.mutations import mutated, sent

    logging.disable()
    books = sent()
    with fresh("sqlite") as app:
        app.config |= {"PROPAGATE_EXCEPTIONS": False, "ROSTER_PATIENCE": 600.0}  # what breaks is answered 500, as it would be
        with app.app_context():
            set_the_scene()
        uploads = Uploads(app, signed_in(app.test_client, ALICE), HOME)
        _grow_no_more()
        for number in range(first, count, PROCESSES):
            _say(number=number, name="not made yet")
            name, data = mutated(random.Random(f"{seed}-{number}"), books)
            _say(number=number, name=name)
            _say(number=number, name=name, **_tried(uploads, data))


def _grow_no_more() -> None:
    with open("/proc/self/statm", encoding="ascii") as told:
        now = int(told.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEGABYTES * _MB, now + MEGABYTES * _MB))


def _say(**said: Any) -> None:
    print(json.dumps(said), flush=True)


def _tried(uploads: Any, data: bytes) -> dict[str, Any]:
    troubles: list[str] = []
    outcome, seconds = _read(data, troubles)
    start = time.process_time()
    try:
        trouble = uploads.trouble_with(data)
    except (Exception, MemoryError) as error:
        trouble = f"the page raises {type(error).__name__}"
    seconds = max(seconds, time.process_time() - start)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    troubles += [trouble] if trouble else []
    troubles += [f"over {SECONDS:.0f} s"] if seconds > SECONDS else []
    troubles += [f"over {MEGABYTES} MB"] if megabytes > MEGABYTES else []
    return {"outcome": outcome, "seconds": seconds, "megabytes": megabytes, "troubles": troubles}


def _read(data: bytes, troubles: list[str]) -> tuple[str, float]:
    from imports import Snapshot, Unreadable, plan, read

    start = time.process_time()
    outcome = "read"
    try:
        found = read(data, "danh sách.xlsx")
        if not found.questions:
            plan(found, Snapshot("Trường THCS Minh Họa", ()))
    except Unreadable as refused:
        outcome = "refused"
        if "\n" in str(refused) or not str(refused).endswith("."):
            troubles.append("not refused in one sentence")
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        troubles.append(f"reading raises {type(error).__name__}")
    return outcome, time.process_time() - start


if __name__ == "__main__":
    _work(*map(int, sys.argv[1:]))
