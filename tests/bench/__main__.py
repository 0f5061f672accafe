"""`make bench`: every figure beside its reference, measured in the same run. Machines differ and are noisy; ratios travel better."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import peer, workbook
from tests.bench.database import ENGINES
from tests.bench.fuzz import fuzzed
from tests.bench.kills import ROWS as KILLED_ROWS
from tests.bench.kills import killed
from tests.bench.nudge_kills import shown
from tests.bench.review_kills import killed_reviews
from tests.bench.undo_kills import killed_undoing

ROWS = 50_000
FEW = 1_000
LARGE = 200_000
KILLS = 200
EVERYTHING = set("rosters large-rosters changes reviews bulks exports pages cards kills sending planning nudge-kills".split())
MESSAGES = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; `most` is what was asked for, None where a figure is only reported."""

    what: str
    measured: float
    reference: float
    unit: str
    most: float | None
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.measured / self.reference

    def __str__(self) -> str:
        asked = "reported" if self.most is None else f"≤ {self.most:g} {'ok' if self.ratio <= self.most else 'MISSED'}"
        return f"{self.what:58} {self.measured:9.2f} {self.reference:9.2f} {self.unit:3} {self.ratio:7.2f}  {asked:14} {self.note}"


def measure(*arguments: str | int) -> dict[str, Any]:
    """One run, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.measures", *map(str, arguments)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    return answer


def in_turn(*wanted: Sequence[str | int], rounds: int = 5) -> list[dict[str, float]]:
    """The least of some rounds, in each of which everything is measured once: what else the machine does can only add, and a slow minute
    falls on all alike."""
    runs = [[measure(*arguments) for arguments in wanted] for _ in range(rounds)]
    return [{key: min(run[key] for run in of_one) for key in of_one[0]} for of_one in zip(*runs, strict=True)]


# What is asked for, over openpyxl's bare read and over calamine's.
MOST = {"sqlite": (0.35, 3.5), "postgresql": (0.45, None)}


def rosters(folder: Path) -> None:
    path = folder / "bench.xlsx"
    workbook.write(path, ROWS)
    applying = [("applied", str(path), engine) for engine in ENGINES]
    openpyxl, calamine, reading, *applied = in_turn(
        ("bare_openpyxl", str(path)), ("bare_calamine", str(path)), ("read_only", str(path)), *applying
    )
    show("read and judged, over calamine's bare read", reading, calamine, None)
    for engine, taken in zip(ENGINES, applied, strict=True):
        over_openpyxl, over_calamine = MOST[engine]
        show(f"(a) file to applied, {engine}, over openpyxl's bare read", taken, openpyxl, over_openpyxl)
        show(f"(b) file to applied, {engine}, over calamine's bare read", taken, calamine, over_calamine)
        busy = Line(f"    the same in processor time, {engine}, over openpyxl's", taken["busy"], openpyxl["busy"], "s", over_openpyxl)
        print(busy, "the server's not counted" if engine == "postgresql" else "", flush=True)
    over_the_peer(path, applied[0])
    told()


def over_the_peer(path: Path, applied: dict[str, float]) -> None:
    if not peer.is_laid():
        print(peer.MISSING, flush=True)
        return
    (taken,) = in_turn(("peer", str(path)), rounds=1)
    show("(e) file to applied, sqlite, over django-import-export's bulk mode", applied, taken, None)


def told() -> None:
    """What each of the checks says of a file full of usual mistakes."""
    for line in measure("told")["told"]:
        print(line, flush=True)


def large_rosters(folder: Path) -> None:
    path = folder / "large.xlsx"
    workbook.write(path, LARGE)
    for engine in ENGINES:
        taken = measure("applied", str(path), engine)
        line = Line(f"peak of {LARGE:,} rows, {engine}", taken["peak_mb"], 700, "MB", 1, f"{taken['seconds']:.1f} s from file to applied")
        print(line, flush=True)


def changes(folder: Path) -> None:
    first, second = folder / "first.xlsx", folder / "second.xlsx"
    workbook.write(first, ROWS)
    workbook.write_later(second, ROWS, ROWS)
    for engine in ENGINES:
        taken = measure("changed", engine, str(first), str(second))
        note = "the server's not counted" if engine == "postgresql" else ""
        for name in ("let in", "undone"):
            what = f"{ROWS:,} changes {name}, {engine}, over reading and planning"
            print(Line(what, taken[name], taken["planned"], "s", 1, note), flush=True)
        what = f"the page before undoing {ROWS:,} changes, {engine}, over 1 s"
        print(Line(what, taken["looked at"], 1, "s", 1, note), flush=True)


def reviews(folder: Path) -> None:
    for rows in (FEW, ROWS):
        workbook.write_flawed(folder / f"{rows}.xlsx", rows, rows // 50)
    for engine in ENGINES:
        p95 = measure("reviews", engine, str(folder / f"{FEW}.xlsx"), str(folder / f"{ROWS}.xlsx"))
        for tab in ("new", "problems"):
            what = f"p95 of a review's {tab} to the first byte, {engine}, {ROWS:,} rows over {FEW:,}"
            print(Line(what, p95[f"{tab} many"], p95[f"{tab} few"], "ms", 1.5), flush=True)


def pages() -> None:
    for engine in ENGINES:
        p95 = measure("pages", engine, 10, 1000, 1000)
        for page in ("home", "list", "search"):
            what = f"(c) p95 of {page}, {engine}, 1,000,000 over 10,000"
            print(Line(what, p95[f"{page} many"], p95[f"{page} few"], "ms", 1.5), flush=True)


def bulks(folder: Path) -> None:
    path = folder / "bulk.xlsx"
    workbook.write(path, 1000)
    for engine, taken in zip(ENGINES, in_turn(*(("bulk", engine, str(path)) for engine in ENGINES)), strict=True):
        line = Line(f"recording for 1,000 people at once, {engine}, over bare SQL", taken["seconds"], taken["bare"], "s", 5)
        print(line, "" if taken["seconds"] <= 1 else "over one second", flush=True)


def cards() -> None:
    for engine in ENGINES:
        p95 = measure("cards", engine, 10, 1000, 1000)
        print(Line(f"p95 of a card at the desk, {engine}, 1,000,000 over 10,000", p95["many"], p95["few"], "ms", 1.5), flush=True)


def exports() -> None:
    bare, *exported = in_turn(("bare_xlsxwriter", ROWS, 20), *(("exported", engine, ROWS) for engine in ENGINES), rounds=1)
    for engine, taken in zip(ENGINES, exported, strict=True):
        show(f"(d) export of {ROWS:,} people, {engine}, over XlsxWriter's bare write", taken, bare, None)


def kills(engines: Sequence[str] = ENGINES, times: int = KILLS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kills.xlsx"
        workbook.write(path, KILLED_ROWS)
        for engine in engines:
            print(f"{engine}: {killed(path, engine, times, seed=1)}", flush=True)
            print(f"{engine}: {killed_undoing(Path(folder), engine, times, seed=2)}", flush=True)
            print(f"{engine}: {killed_reviews(Path(folder), engine, times, seed=3)}", flush=True)


def kills_as_asked(words: Sequence[str]) -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.bench kills")
    asked.add_argument("--engine", choices=ENGINES, action="append")
    asked.add_argument("--kills", type=int, default=KILLS)
    given = asked.parse_args(words)
    kills(given.engine or ENGINES, given.kills)


def sending() -> None:
    for engine in ENGINES:
        taken = measure("sending", engine, MESSAGES)
        what = f"sending {MESSAGES:,} messages, {engine}, over a bare smtplib loop"
        print(Line(what, taken["seconds"], taken["bare"], "s", 1 / 0.7), flush=True)


def planning() -> None:
    for engine in ENGINES:
        taken = measure("planning", engine, 1000, 1000, 18)
        what = f"planning {taken['planned']:,.0f} messages of 1,000,000 people, {engine}"
        print(Line(what, taken["seconds"], taken["bare"], "s", 3, f"over the bare SQL that selects {taken['due']:,.0f}"), flush=True)
        seen = measure("preview", engine, 100, 1000)
        note = f"the whole campaign's {seen['messages']:,.0f} messages: {seen['whole']:.2f} s"
        print(Line(f"p95 of what goes out on a day, 100,000 people, {engine}", seen["p95"], 300, "ms", 1, note), flush=True)


def nudge_kills(engines: Sequence[str] = ENGINES, nudges: int = 10_000, kills: int = 300) -> None:
    for engine in engines:
        print(f"{engine}: {shown(engine, nudges, kills)}", flush=True)


def nudge_kills_as_asked(words: Sequence[str]) -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.bench nudge-kills")
    asked.add_argument("--engine", choices=ENGINES, action="append")
    asked.add_argument("--nudges", type=int, default=10_000)
    asked.add_argument("--kills", type=int, default=300)
    given = asked.parse_args(words)
    nudge_kills(given.engine or ENGINES, given.nudges, given.kills)


def fuzz(words: Sequence[str] = ()) -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.bench fuzz")
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=20261128)
    given = asked.parse_args(words)
    found = fuzzed(given.count, given.seed)
    print(found, flush=True)
    if found.troubles:
        sys.exit(1)


def show(what: str, measured: dict[str, float], reference: dict[str, float], most: float | None) -> None:
    note = f"peak {measured['peak_mb']:.0f} MB (reference {reference['peak_mb']:.0f} MB)"
    print(Line(what, measured["seconds"], reference["seconds"], "s", most, note), flush=True)


def main() -> None:
    if sys.argv[1:2] == ["nudge-kills"]:
        nudge_kills_as_asked(sys.argv[2:])
        return
    if sys.argv[1:2] == ["kills"]:
        kills_as_asked(sys.argv[2:])
        return
    if sys.argv[1:2] == ["fuzz"]:
        fuzz(sys.argv[2:])
        return
    print(f"{'':58} {'measured':>9} {'reference':>9}     {'ratio':>7}")
    wanted = set(sys.argv[1:]) or EVERYTHING
    if "rosters" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            rosters(Path(folder))
    if "large-rosters" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            large_rosters(Path(folder))
    if "changes" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            changes(Path(folder))
    if "reviews" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            reviews(Path(folder))
    if "bulks" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            bulks(Path(folder))
    if "cards" in wanted:
        cards()
    if "kills" in wanted:
        kills()
    if "sending" in wanted:
        sending()
    if "planning" in wanted:
        planning()
    if "nudge-kills" in wanted:
        nudge_kills()
    if "exports" in wanted:
        exports()
    if "pages" in wanted:
        pages()


if __name__ == "__main__":
    main()
