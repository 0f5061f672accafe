"""How long a value may be: what the database keeps of it."""

from __future__ import annotations

from app.domain.names import fold
from imports.values import Finding, Severity

LONGEST_NAME = 120
LONGEST_UNIT = 200
LONGEST_POSITION = 120
LONGEST_CODE = 30
LONGEST_EMAIL = 254
LONGEST_PHONE = 15

TOO_LONG = Finding(Severity.ERROR, "too-long", "This is too long for its column. Shorten it.")


def fits(text: str, most: int) -> bool:
    """Whether a text and what it is found by are both short enough: folding makes some foreign letters several."""
    return len(text) <= most and (text.isascii() or len(fold(text)) <= most)
