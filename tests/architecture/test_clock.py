"""app/clock.py is the only reader of time, so that a test, or `--now`, can let days pass."""

from __future__ import annotations

import ast

from tests.architecture import source

READERS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "func": {"now", "current_timestamp", "current_date", "localtimestamp"},
}
MODULES = {"datetime", "time"}


def reads_of_time(module: ast.Module) -> list[int]:
    """The lines that ask what time it is: `datetime.now()`, `dt.date.today()`, `from time import time`, `func.now()`; also unasked, as in
    `default=datetime.now`. Stopwatches (`monotonic`, `perf_counter`) are free."""
    aliases = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    lines = []
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if node.attr in READERS.get(aliases.get(owner, owner), ()):
                lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            lines += [node.lineno for alias in node.names if alias.name in READERS["time"]]
    return lines


def test_only_the_clock_reads_time():
    readers = [
        f"{source.name(path)}:{line}"
        for path in source.program()
        if source.name(path) != "app/clock.py"
        for line in reads_of_time(source.tree(path))
    ]
    assert readers == [], "ask app.clock instead"


def test_every_way_of_reading_time_is_seen():
    ways = [
        "from datetime import datetime\ndatetime.now(UTC)",
        "from datetime import datetime as moment\nmoment.utcnow()",
        "import datetime\ndatetime.datetime.now()",
        "import datetime as dt\ndt.date.today()",
        "from datetime import date\nfield(default_factory=date.today)",
        "import time\ntime.time()",
        "from time import time",
        "from sqlalchemy import func\nfunc.now()",
    ]
    assert [way for way in ways if not reads_of_time(ast.parse(way))] == []


def test_stopwatches_are_free():
    assert reads_of_time(ast.parse("import time\ntime.monotonic()\ntime.perf_counter()\nclock.now()\nclock.today()")) == []
