"""The settings, read from the environment once; only DATABASE_URL need ever be set."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.ladder import SENT_BY_US, Channel

LANGUAGES = ("vi", "en")
MAX_UPLOAD_BYTES = 30 * 1024 * 1024
SECURITIES = ("starttls", "tls", "none")

# How messages leave, and what comes back of them; README says how to set it up. A rate is in messages a second, 0 for as fast as it goes.
CHANNEL_SETTINGS: dict[str, str | None] = {
    "MAIL_SERVER": None,  # host:port
    "MAIL_SECURITY": "starttls",
    "MAIL_USER": None,
    "MAIL_PASSWORD": None,
    "MAIL_FROM": None,  # Trường A <nhac@truong-a.example>
    "MAIL_BOUNCES_TO": None,  # the address that gets what could not be delivered, where it is another one
    "MAIL_RATE": "10",
    "BOUNCE_IMAP": None,  # host:port of the mailbox that gets it
    "BOUNCE_SECURITY": "tls",
    "BOUNCE_USER": None,
    "BOUNCE_PASSWORD": None,
    "BOUNCE_FOLDER": "INBOX",
    "ESMS_URL": "https://rest.esms.vn/MainService.svc/json/SendMultipleMessage_V4_post_json/",
    "ESMS_API_KEY": None,
    "ESMS_SECRET_KEY": None,
    "ESMS_BRANDNAME": None,
    "ESMS_SANDBOX": None,  # 1: eSMS answers, and sends nothing
    "ESMS_RATE": "10",
    "ZALO_URL": "https://business.openapi.zalo.me/message/template",
    "ZALO_OAUTH_URL": "https://oauth.zaloapp.com/v4/oa/access_token",
    "ZALO_APP_ID": None,
    "ZALO_SECRET": None,
    "ZALO_REFRESH_TOKEN": None,
    "ZALO_TEMPLATE": None,
    "ZALO_OA_SECRET": None,  # signs the events that Zalo reports
    "ZALO_RATE": "10",
}
_NEEDED: dict[Channel, tuple[str, ...]] = {
    Channel.EMAIL: ("MAIL_SERVER", "MAIL_FROM"),
    Channel.SMS: ("ESMS_API_KEY", "ESMS_SECRET_KEY", "ESMS_BRANDNAME"),
    Channel.ZALO: ("ZALO_APP_ID", "ZALO_SECRET", "ZALO_REFRESH_TOKEN", "ZALO_TEMPLATE"),
}


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
        "ROSTER_PATIENCE": 2.0,  # seconds that a page waits for a run to end before it shows how far it is
        "EVIDENCE_KEYS": os.environ.get("EVIDENCE_KEYS"),
        "EVIDENCE_KEY_FILE": instance / "evidence-keys",
        "PUBLIC_URL": os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        "HOOK_SECRET": os.environ.get("HOOK_SECRET"),
    } | {name: os.environ.get(name, default) for name, default in CHANNEL_SETTINGS.items()}


def add_ways(config: dict[str, Any]) -> None:
    """Say by which channels messages go: those that have been set up; where none is, all of them, and then they go to the console.

    What is set up by half keeps the application from starting: its messages would go nowhere, and nobody would notice.
    """
    found = ways(config)
    config.setdefault("TRYING_OUT", not found)
    config.setdefault("WAYS", found or frozenset(SENT_BY_US))


def ways(config: Mapping[str, Any]) -> frozenset[Channel]:
    """The channels that have been set up."""
    for names in _NEEDED.values():
        given = [name for name in names if config.get(name)]
        if given and len(given) < len(names):
            missing = ", ".join(name for name in names if name not in given)
            raise ValueError(f"{given[0]} is set, but not {missing}")
    if config.get("MAIL_SECURITY") not in SECURITIES or config.get("BOUNCE_SECURITY") not in SECURITIES:
        raise ValueError(f"MAIL_SECURITY and BOUNCE_SECURITY are one of {', '.join(SECURITIES)}")
    return frozenset(channel for channel, names in _NEEDED.items() if all(config.get(name) for name in names))


def database_url(given: str | None, instance: Path) -> str:
    """SQLite in the instance folder unless DATABASE_URL says otherwise; any spelling of PostgreSQL means psycopg."""
    if not given:
        return f"sqlite:///{instance / 'tracker.sqlite3'}"
    scheme, _, rest = given.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else given


def progress_folder(url: str) -> Path | None:
    """Where runs in the background note how far they are, beside an SQLite database; PostgreSQL takes such notes itself."""
    scheme, _, path = url.partition(":///")
    return Path(f"{path}-runs") if scheme == "sqlite" and path else None


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
