"""What the scheduler calls: each tick is one unit of work and leaves a heartbeat."""

from __future__ import annotations

from flask import current_app

from app import transaction
from app.services import cleaning, keys


def clean() -> str:
    """Purge raw workbooks and dead links; says what was done."""
    with transaction.writing():
        files = cleaning.purge_roster_files(current_app.config["ROSTER_FILE_DAYS"])
        links = cleaning.purge_invitations()
        keys.note_if_new()
        did = f"{files} files and {links} links purged"
        cleaning.beat("clean", did)
    return did
