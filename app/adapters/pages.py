"""The first page of a PDF as a picture."""

from __future__ import annotations

import os
import subprocess
import sys

from app.adapters import draw_page
from app.adapters.refusal import Unusable, damaged

PATIENCE = 60  # seconds; a machine that is busy with other things may need longer than the process's own time


def first_page(data: bytes) -> bytes:
    """A PNG of the PDF's first page, its longer side as long as a kept picture's may be."""
    try:
        drawing = subprocess.run(
            [sys.executable, "-I", draw_page.__file__],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},  # none of our secrets
        )
    except subprocess.TimeoutExpired as error:
        raise damaged() from error
    if drawing.returncode == draw_page.LOCKED:
        raise Unusable("locked", "The PDF is locked with a password. Save it without a password, or send a photo of the paper.")
    if drawing.returncode == draw_page.TOO_MANY_PAGES:
        raise Unusable(
            "too-many-pages",
            "The PDF has more than %(pages)s pages. Send only the page that shows the paper.",
            pages=draw_page.MAX_PAGES,
        )
    if drawing.returncode:
        raise damaged()
    return drawing.stdout
