"""What every answer tells the browser: run nothing but our own files, show us in no frame, keep nothing of what is private."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
A_YEAR = 365 * 24 * 3600
STYLES = ("layers", "reset", "tokens", "base", "layout", "print")

# Which answers HTMX puts into the page: errors, too, because they bring their own words (`app.web.errors` says where to put them).
# A gateway's 502 or 504 is not ours; `js/notice.js` speaks for it.
_RESPONSES = (
    {"code": "204", "swap": False},
    {"code": "[23]..", "swap": True},
    {"code": "422", "swap": True},
    {"code": "50[24]", "swap": False, "error": True},
    {"code": "[45]..", "swap": True, "error": True},
)
_HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "attributesToSettle": ("style", "width", "height"),  # not the class: what comes in would look as if it were still being fetched
    "responseHandling": _RESPONSES,
}


def register(app: Flask) -> None:
    app.before_request(_refuse_nul)
    app.after_request(_protect)
    app.url_defaults(_version)
    app.jinja_env.globals.update(htmx_config=lambda: json.dumps(_HTMX), stylesheets=_stylesheets, scripts=_scripts)


def _refuse_nul() -> None:
    """No text that people write holds a NUL, and PostgreSQL can't keep one."""
    if "\0" in request.path or any(
        "\0" in text for values in (request.args, request.form) for pair in values.items(multi=True) for text in pair
    ):
        abort(400)


def _protect(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    elif request.args.get("v") and response.status_code < 400:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _version(endpoint: str, values: dict[str, Any]) -> None:
    """A static file's address names its content, so that browsers may keep it for good."""
    if endpoint == "static" and "v" not in values:
        path = Path(str(current_app.static_folder)) / str(values["filename"])
        if path.is_file():
            values["v"] = _digest(path, path.stat().st_mtime_ns)


@cache
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@cache
def _stylesheets() -> tuple[str, ...]:
    """The layers, then one file per component."""
    return tuple(f"css/{name}.css" for name in STYLES) + _files("css/components", "*.css")


@cache
def _scripts() -> tuple[str, ...]:
    return _files("js", "*.js")


def _files(folder: str, pattern: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{path.name}" for path in sorted((Path(str(current_app.static_folder)) / folder).glob(pattern)))
