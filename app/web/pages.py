"""Which pages there are."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Flask

from app.web import here

_NOUNS = (
    "sessions", "languages", "passwords", "invitations", "members", "health",
    "home", "people", "registrations", "workbooks",
    "agencies", "campaigns", "institutions", "rosters",
)  # fmt: skip


def register(app: Flask) -> None:
    """Register every noun's pages."""
    here.register(app)
    for noun in _NOUNS:
        if (Path(__file__).parent / f"{noun}.py").exists():
            app.register_blueprint(import_module(f"app.web.{noun}").pages)
