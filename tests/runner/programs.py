"""What the tests need beside Python's packages: found, or installed where that is allowed, or asked for in a sentence."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from typing import NamedTuple


class Program(NamedTuple):
    """A program by the names it may have."""

    name: str
    package: str
    purpose: str
    commands: tuple[str, ...]

    def path(self) -> str | None:
        return next(filter(None, map(shutil.which, self.commands)), None)

    def is_here(self) -> bool:
        return self.path() is not None


class Library(NamedTuple):
    """A shared library that a Python package loads but does not bring."""

    name: str
    package: str
    purpose: str
    file: str

    def is_here(self) -> bool:
        try:
            ctypes.CDLL(self.file)
        except OSError:
            return False
        return True


CHROMIUM = Program("Chromium", "chromium", "the browser stories", ("chromium", "chromium-browser", "google-chrome"))
LIBATOMIC = Library("The library libatomic", "libatomic1", "the browser stories (Playwright)", "libatomic.so.1")
LIBREOFFICE = Program("LibreOffice Calc", "libreoffice-calc", "the tests that open exported workbooks", ("soffice", "libreoffice"))


def provide(*needs: Program | Library) -> list[str]:
    """Install what is missing, if this is root on a Debian; for each that is missing still, a sentence on what to do."""
    missing = [need for need in needs if not need.is_here()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [need.package for need in missing]
        print(f"Installing {', '.join(packages)} with apt-get …", flush=True)
        _apt_get("update")
        _apt_get("install", "-y", "--no-install-recommends", *packages, "fonts-dejavu-core")
    return [
        f"{need.name} is missing, but needed by {need.purpose}: install it (Debian: apt-get install {need.package}) and start again."
        for need in missing
        if not need.is_here()
    ]


def _apt_get(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)
