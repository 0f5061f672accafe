"""Where to go next: only to addresses of this site, whatever a link or a form says."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def own(address: str | None) -> str | None:
    """The address of a page of this site, else None. "//host", "/\\host" and control characters would lead browsers elsewhere."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address or not address.isprintable():
        return None
    try:  # a form that was refused stands at an address that only takes what is sent
        current_app.create_url_adapter(request).match(urlsplit(address).path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return address


def came_from() -> str | None:
    """The path of this site's page that the request was sent from."""
    try:
        sent_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    except ValueError:  # no address at all ("http://[")
        return None
    if sent_from.netloc != request.host:
        return None
    return own(f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path)
