"""APScheduler with the timetable's ticks: beside the web server in one process, or alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from app import clock, transaction
from app.jobs import rosters, sending
from app.jobs.timetable import TIMETABLE
from app.services import heartbeats

log = logging.getLogger(__name__)


def beside(app: Flask) -> BackgroundScheduler:
    """A started scheduler in a thread of this process; shut it down when the server ends."""
    scheduler = BackgroundScheduler(timezone=UTC)
    _fill(scheduler, app)
    scheduler.start()
    return scheduler


def alone(app: Flask) -> None:
    """Run the scheduler as this process until it is interrupted."""
    scheduler = BlockingScheduler(timezone=UTC)
    _fill(scheduler, app)
    try:
        scheduler.start()
    finally:
        sending.ENDING.set()
        rosters.end(app)


def end(scheduler: BackgroundScheduler) -> None:
    """Let the ticks that run come to an end, and sending soon."""
    sending.ENDING.set()
    scheduler.shutdown(wait=True)


def _fill(scheduler: BaseScheduler, app: Flask) -> None:
    _begin(app)
    for name, tick, seconds in TIMETABLE:
        scheduler.add_job(
            _in_context(app, name, tick),
            "interval",
            seconds=seconds,
            id=name,
            next_run_time=clock.now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )


def _begin(app: Flask) -> None:
    """Without a database there is nothing to note it in yet; the ticks go on trying."""
    try:
        with app.app_context(), transaction.writing():
            heartbeats.begin()
    except Exception:
        log.exception("the scheduler's beginning can't be noted")


def _in_context(app: Flask, name: str, tick: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            try:
                log.info("tick %s: %s", name, tick())
            except Exception:
                log.exception("tick %s failed", name)

    return run
