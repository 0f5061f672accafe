"""The settings, read from the environment once; only DATABASE_URL need ever be set."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
MAX_UPLOAD_BYTES = 30 * 1024 * 1024


def settings(instance: Path) -> dict[str, Any]:
    """The application's settings; a secret key is made and kept in the instance folder when none is given."""
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL"),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _kept_secret(instance / "secret-key"),
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # a failed statement is logged without its values
        "MAX_CONTENT_LENGTH": MAX_UPLOAD_BYTES + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": os.environ.get("HTTPS_ONLY") == "1",
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": os.environ.get("RATELIMIT_STORAGE_URI", "memory://"),
        "ROSTER_FILE_DAYS": int(os.environ.get("ROSTER_FILE_DAYS", "30")),
        "EVIDENCE_KEYS": os.environ.get("EVIDENCE_KEYS"),
        "EVIDENCE_KEY_FILE": instance / "evidence-keys",
    }


def database_url(given: str | None, instance: Path) -> str:
    """SQLite in the instance folder unless DATABASE_URL says otherwise; any spelling of PostgreSQL means psycopg."""
    if not given:
        return f"sqlite:///{instance / 'tracker.sqlite3'}"
    scheme, _, rest = given.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else given


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret
