"""What the scheduler calls: each tick does its work in units of its own and leaves a heartbeat."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import asdict, dataclass

from flask import current_app

from app import clock, transaction
from app.adapters.bounces import MailboxTrouble
from app.domain.nudge import Status
from app.jobs import outside, rosters, sending
from app.queries import ladders
from app.services import cleaning, heartbeats, keys, planning, roster_files
from app.services import sending as claims

log = logging.getLogger(__name__)
SECONDS = 50.0  # a sending tick of the scheduler's makes room for the next one


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages a tick planned (or put off), sent, saw fail for good, left out, and lost sight of."""

    planned: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0
    unknown: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in asdict(self).items())


def plan() -> Tally:
    """Make rows of what comes due today, campaign by campaign. One that can't be planned keeps none of the others back."""
    with transaction.reading():
        views = ladders.active()
    planned = skipped = 0
    failed: dict[str, Exception] = {}
    for view in views:
        try:
            with transaction.writing():
                found = planning.plan(view, current_app.config["WAYS"])
        except Exception as error:
            log.exception("campaign %s can't be planned", view.code)
            failed[view.code] = error
            continue
        planned, skipped = planned + found.planned, skipped + found.left_out + found.overtaken
    if failed:
        raise RuntimeError(f"not planned: {', '.join(failed)}") from next(iter(failed.values()))
    return _beaten("plan", Tally(planned=planned, skipped=skipped))


def send(seconds: float | None = None) -> Tally:
    """Send what may go now, all of it or what can be done in so many seconds."""
    became = sending.send(outside.carriers(), None if seconds is None else time.monotonic() + seconds)
    return _beaten("send", _tally(became))


def send_for_a_while() -> Tally:
    return send(SECONDS)


def sweep() -> Tally:
    """Settle what other systems have reported, and claims that have been silent for long."""
    with transaction.writing():
        swept = claims.sweep()
        claims.forget_days()
    bounced = _bounced()
    return _beaten("sweep", Tally(planned=swept.put_back, failed=bounced, unknown=swept.unknown))


def _bounced() -> int:
    """A mailbox that can't be read is for the operator to mend; it keeps nothing else back."""
    try:
        return outside.settle_bounces()
    except MailboxTrouble as trouble:
        log.error("the mailbox of returned mails can't be read: %s", trouble)
        return 0


def clean() -> str:
    """Purge raw workbooks, images of papers and dead links; says what was done."""
    with transaction.writing():
        files = roster_files.purge(current_app.config["ROSTER_FILE_DAYS"])
        images = cleaning.purge_images(clock.today())
        links = cleaning.purge_invitations()
        keys.note_if_new()
        did = f"{files} files, {images} images and {links} links purged"
        heartbeats.beat("clean", did)
    rosters.sweep()
    return did


def rosters_left() -> str:
    """Take up rosters that wait, or whose process has ended; they go on beside the scheduler."""
    did = f"{rosters.take_up()} taken up"
    with transaction.writing():
        heartbeats.beat("rosters", did)
    return did


def _tally(became: Counter[Status]) -> Tally:
    return Tally(
        planned=became[Status.PLANNED],
        sent=became[Status.SENT],
        failed=became[Status.FAILED],
        skipped=became[Status.LEFT_OUT] + became[Status.OVERTAKEN],
        unknown=became[Status.UNKNOWN],
    )


def _beaten(tick: str, tally: Tally) -> Tally:
    with transaction.writing():
        heartbeats.beat(tick, str(tally))
    return tally
