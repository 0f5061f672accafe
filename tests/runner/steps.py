"""The steps in their order: how each is run, and how its outcome is read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

from tests.runner import programs

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_SECONDS = 20 * 60
WORKERS = ("-n", "2")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step. `passed` and `failed` count tests; `troubles` says in sentences what else went wrong."""

    ok: bool
    passed: int = 0
    failed: int = 0
    troubles: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """A step by the name it is asked for on the command line."""

    name: str
    title: str
    run: Callable[[], Outcome] = field(repr=False)

    def timed(self) -> Outcome:
        start = time.monotonic()
        outcome = self.run()
        return replace(outcome, seconds=time.monotonic() - start)


def _lint() -> Outcome:
    return _all_well({"ruff check": ("-m", "ruff", "check", "--quiet", "."), "ruff format": ("-m", "ruff", "format", "--check", ".")})


def _types() -> Outcome:
    return _all_well({"mypy": ("-m", "mypy")})


def _contracts() -> Outcome:
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return _all_well({"import-linter": ("-c", run, "--no-cache", "--no-logo")})


def _all_well(commands: dict[str, tuple[str, ...]]) -> Outcome:
    """Each command must end well; all are run."""
    codes = {name: _call(*arguments) for name, arguments in commands.items()}
    troubles = tuple(_ended(name, code) for name, code in codes.items() if code)
    return Outcome(ok=not troubles, troubles=troubles)


def _programs() -> Outcome:
    troubles = programs.provide(programs.CHROMIUM, programs.LIBATOMIC, programs.LIBREOFFICE)
    return Outcome(ok=not troubles, troubles=tuple(troubles))


def _tests(*arguments: str) -> Outcome:
    """A run of pytest. A test that was skipped or expected to fail did not show what it promises, so it counts as failed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = _call("-m", "pytest", "-q", "-ra", f"--junitxml={report}", *arguments)
        if not report.exists():
            return Outcome(ok=False, troubles=(_ended("pytest", code),))
        cases = ElementTree.parse(report).findall(".//testcase")
    left_out = [case for case in cases if case.find("skipped") is not None]
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    troubles = [f"{case.get('classname')}.{case.get('name')} was not run to its end: {_reason(case)}" for case in left_out]
    if not cases:
        troubles.append("no test was found")
    elif code and not failed:
        troubles.append(_ended("pytest", code))
    not_passed = {id(case) for case in [*left_out, *failed]}
    return Outcome(ok=not troubles and not failed, passed=len(cases) - len(not_passed), failed=len(not_passed), troubles=tuple(troubles))


def _browser() -> Outcome:
    if not (programs.CHROMIUM.is_here() and programs.LIBATOMIC.is_here()):
        return Outcome(ok=False, troubles=("not run, because there is no Chromium or no libatomic",))
    return _tests(*WORKERS, "tests/browser")


def _call(*arguments: str) -> int:
    """Run Python here, its output shown as it comes; an exit code of 124 says that it took too long."""
    sys.stdout.flush()
    try:
        return subprocess.run([sys.executable, *arguments], cwd=ROOT, timeout=LIMIT_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        return 124


def _ended(what: str, code: int) -> str:
    return f"{what} was stopped after {LIMIT_SECONDS // 60} minutes" if code == 124 else f"{what} ended with exit status {code}"


def _reason(case: ElementTree.Element) -> str:
    skipped = case.find("skipped")
    return (skipped.get("message") if skipped is not None else None) or "no reason given"


STEPS = (
    Step("programs", "Chromium and LibreOffice", _programs),
    Step("lint", "lint", _lint),
    Step("types", "types", _types),
    Step("contracts", "import contracts", _contracts),
    Step("sqlite", "suite on SQLite", lambda: _tests(*WORKERS, "--ignore=tests/browser", "--engine=sqlite")),
    Step("postgresql", "suite on PostgreSQL", lambda: _tests(*WORKERS, "--ignore=tests/browser", "--engine=postgresql")),
    Step("browser", "browser stories", _browser),
)
