"""The tracker's web application. Nothing is imported here but by `create_app`, so that `app.domain` stays importable without Flask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Make the application; `settings` override the environment's (tests use this)."""
    from app.factory import make_app

    return make_app(settings)
