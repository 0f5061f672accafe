"""One answer for both kinds of request: the whole page, or only its fragment when HTMX asks."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template
from htmx_flask import request


def wants_fragment() -> bool:
    """HTMX asks for a part of the page. A boosted link and a page restored from the history need the whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def respond(page: str, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render `page`, or only `fragment` for a request that wants one. Caches must tell the two apart, hence Vary."""
    template = fragment if fragment and wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.headers["Vary"] = "HX-Request"
    return response
