"""What the scheduler calls: each tick is one unit of work and leaves a heartbeat."""

from __future__ import annotations

from flask import current_app

from app import clock, transaction
from app.services import cleaning, keys


def clean() -> str:
    """Purge raw workbooks, images of papers and dead links; says what was done."""
    with transaction.writing():
        files = cleaning.purge_roster_files(current_app.config["ROSTER_FILE_DAYS"])
        images = cleaning.purge_images(clock.today())
        links = cleaning.purge_invitations()
        keys.note_if_new()
        did = f"{files} files, {images} images and {links} links purged"
        cleaning.beat("clean", did)
    return did
