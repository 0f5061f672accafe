"""Whether the program runs, for those who watch over it: no page, no names, no sign-in."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app import clock, transaction
from app.queries import running
from app.web import gate

pages = Blueprint("health", __name__)


@pages.get("/health")
@gate.public
def show_health() -> Response:
    """`sort_keys` is "rebuild" after an update of ICU, until `flask rebuild-keys` has run.

    `scheduler` tells when each tick ended last (UTC); empty until the first one, so watch that its age stays below some hours.
    """
    try:
        keys = "ok" if running.keys_are_current() else "rebuild"
        ticks = {tick: at.isoformat() for tick, at in running.heartbeats().items()}
    except Exception as error:
        if not transaction.is_busy(error):
            raise
        response = jsonify(database="busy", now=clock.now().isoformat())
        response.status_code = 503
        return response
    return jsonify(database="ok", sort_keys=keys, scheduler=ticks, now=clock.now().isoformat())
