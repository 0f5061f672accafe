"""The outside world as this application is set up for it: the carriers of one sender, and the mailbox of what came back."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app

from app import clock, transaction
from app.adapters import bounces
from app.adapters import carriers as adapters
from app.adapters.bounces import Bounce
from app.adapters.channels import Carrier
from app.adapters.sealing import Sealer, keys
from app.domain.ladder import Channel
from app.jobs.tokens import KeptTokens
from app.jobs.turns import KeptTurns
from app.services import deliveries
from app.services.deliveries import Noted


def carriers() -> dict[Channel, Carrier]:
    """A carrier for each channel that has been set up, for one sender; their time is the sender's, in whatever thread they work."""
    config, now = current_app.config, _clock()
    sealer = Sealer(keys(config["EVIDENCE_KEYS"], Path(config["EVIDENCE_KEY_FILE"])))
    tokens = KeptTokens(config["ZALO_REFRESH_TOKEN"] or "", sealer, now, _context())
    return adapters.carriers(config, tokens, now, KeptTurns(_context()).book)


def settle_bounces() -> int:
    """Read the mailbox to which undeliverable mails come back, if one has been set up; answers how many messages were settled. Each is a
    unit of work of its own. Raises `app.adapters.bounces.MailboxTrouble`."""
    mailbox = adapters.mailbox(current_app.config)
    return 0 if mailbox is None else bounces.read_mailbox(mailbox, _settle)


def _settle(bounce: Bounce) -> bool:
    with transaction.writing():
        noted = deliveries.note_bounced(bounce.campaign_id, bounce.nudge_id, bounce.detail, bounce.permanent, Channel.EMAIL)
    return noted is not Noted.TOO_EARLY


def _clock() -> Callable[[], datetime]:
    """The time as it is here, also for threads that know nothing of `--now`."""
    here = contextvars.copy_context()
    return lambda: here.copy().run(clock.now)


def _context() -> Callable[[], AbstractContextManager[object]]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app.app_context
