"""Declining further messages by the link that stands in each: nobody signs in, the link's signature is the right to do it.

A mail program may do it by itself (RFC 8058): it sends a POST without cookies and follows nothing, so the POSTs ask for no CSRF token,
which would protect nothing here, and answer with a page instead of leading on.
"""

from __future__ import annotations

from flask import Blueprint, Response

from app import links
from app.domain import addresses
from app.extensions import csrf
from app.queries import stops
from app.queries.stops import StopView
from app.services import opt_outs
from app.web import gate
from app.web.render import respond

pages = Blueprint("stops", __name__)
csrf.exempt(pages)

BY_LINK = "link"


@pages.get("/stop/<token>")
@gate.public
def show_stop(token: str) -> Response:
    return _show(token, _found(token))


@pages.post("/stop/<token>")
@gate.public
def create_stop(token: str) -> Response:
    found = _found(token)
    if found is not None:
        opt_outs.opt_out(found.address, BY_LINK)
    return _show(token, _found(token))


@pages.get("/stop/<token>/withdrawal")
@gate.public
def show_withdrawal(token: str) -> Response:
    """Where the page that a withdrawal answered is loaded again."""
    return _show(token, _found(token))


@pages.post("/stop/<token>/withdrawal")
@gate.public
def delete_stop(token: str) -> Response:
    """Messages are wanted after all."""
    found = _found(token)
    withdrawn = found is not None and opt_outs.withdraw(found.address)
    return _show(token, _found(token), withdrawn=withdrawn)


def _found(token: str) -> StopView | None:
    nudge = links.read(token)
    return stops.stop(nudge) if nudge else None


def _show(token: str, found: StopView | None, *, withdrawn: bool = False) -> Response:
    if found is None:
        return respond("stops/gone.html", status=404)
    return respond("stops/page.html", token=token, stop=found, masked=addresses.masked(found.address), withdrawn=withdrawn)
