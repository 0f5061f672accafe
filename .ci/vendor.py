"""Puts the browser's ready-made files into app/static/vendor: from npm (package-lock.json) or, where npm can't give them, from PyPI."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "app" / "static" / "vendor"


class VendorFile(NamedTuple):
    """One file: its name here, where the npm package has it, which wheel has the same bytes and where, and their SHA-256."""

    name: str
    npm_path: str
    wheel: str
    wheel_path: str
    sha256: str


FILES = (
    VendorFile(
        name="htmx.min.js",
        npm_path="htmx.org/dist/htmx.min.js",
        wheel="django-htmx==1.29.0",
        wheel_path="django_htmx/static/django_htmx/htmx-2.min.js",
        sha256="71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
    ),
)


def main() -> int:
    from_npm = _install_npm_packages()
    TARGET.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        content = (ROOT / "node_modules" / file.npm_path).read_bytes() if from_npm else _from_wheel(file)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            print(f"{file.name} is not the file that .ci/vendor.py names: its SHA-256 differs. Nothing was put in place.", file=sys.stderr)
            return 1
        (TARGET / file.name).write_bytes(content)
    (TARGET / ".complete").touch()
    return 0


def _install_npm_packages() -> bool:
    npm = shutil.which("npm")
    if npm is None:
        print("There is no npm here: taking the browser's files from PyPI.")
        return False
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(f"npm could not install its packages; taking the browser's files from PyPI. npm said:\n{done.stdout.strip()}")
    return done.returncode == 0


def _from_wheel(file: VendorFile) -> bytes:
    """The file out of a wheel that is downloaded, looked into and thrown away: neither it nor what it needs is installed."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--only-binary", ":all:", "--dest", folder, file.wheel], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(file.wheel_path)


if __name__ == "__main__":
    sys.exit(main())
