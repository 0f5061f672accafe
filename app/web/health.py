"""Whether the program runs, for those who watch over it: no page, no names, no sign-in."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app import clock, transaction
from app.queries import nudge_health, running
from app.web import gate

pages = Blueprint("health", __name__)


@pages.get("/health")
@gate.public
def show_health() -> Response:
    """`state` is "red" while reminders don't flow: `nudges` is "silent" where messages wait that should have gone hours ago and nothing
    went, `ticks` is "late" where nobody plans or sends although a campaign reminds
    ("starting", and not red, for the first minutes of a scheduler), `channels` tells what keeps one from being used.
    `unknown` counts messages of which nobody knows whether they left. `scheduler` is when each tick ended last and when the scheduler began
    (UTC). `sort_keys` is "rebuild" after an update of ICU, until `flask rebuild-keys` has run.
    """
    now = clock.now()
    try:
        keys = "ok" if running.keys_are_current() else "rebuild"
        ticks = {tick: at.isoformat() for tick, at in running.heartbeats().items()}
        health = nudge_health.health(now)
    except Exception as error:
        if not transaction.is_busy(error):
            raise
        response = jsonify(database="busy", now=now.isoformat())
        response.status_code = 503
        return response
    return jsonify(
        database="ok",
        state="red" if health.is_red else "ok",
        nudges="silent" if health.silent_days else "ok",
        ticks=health.ticks.value,
        channels={trouble.channel.value: trouble.detail for trouble in health.troubles},
        unknown=health.unknown,
        sort_keys=keys,
        scheduler=ticks,
        now=now.isoformat(),
    )
