"""How far runs are, in small files beside an SQLite database: it has one writer, so what a long transaction has written can't be told in
the database itself. A file is named by the run's token and says three things: the stage, how many of how many rows. Nothing personal."""

from __future__ import annotations

import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)


class PulseFolder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, token: str, stage: str, done: int, total: int) -> None:
        """A disk that is full must not end a run: then nobody sees how far it is, and that is all."""
        try:
            self._path.mkdir(mode=0o700, exist_ok=True)
            fresh = self._file(token, "new")
            fresh.write_text(f"{stage} {done} {total}", encoding="ascii")
            os.replace(fresh, self._file(token, "at"))
        except OSError as error:
            log.warning("how far a run is can't be noted: %s", error)

    def read(self, token: str) -> tuple[str, int, int] | None:
        try:
            stage, done, total = self._file(token, "at").read_text(encoding="ascii").split()
            return stage, int(done), int(total)
        except (OSError, ValueError):
            return None

    def ask_to_stop(self, token: str) -> None:
        try:
            self._path.mkdir(mode=0o700, exist_ok=True)
            self._file(token, "stop").touch()
        except OSError as error:
            log.warning("a run can't be asked to stop: %s", error)

    def is_stopping(self, token: str) -> bool:
        return self._file(token, "stop").exists()

    def drop(self, token: str) -> None:
        for kind in ("at", "new", "stop"):
            self._file(token, kind).unlink(missing_ok=True)

    def keep_only(self, tokens: frozenset[str]) -> None:
        """Remove what processes that are gone have left."""
        if self._path.is_dir():
            for file in self._path.iterdir():
                if file.stem not in tokens:
                    file.unlink(missing_ok=True)

    def _file(self, token: str, kind: str) -> Path:
        return self._path / f"{token}.{kind}"
