"""Headings written without spaces, as programs export them: "HoTen", "SoCMND", "ngay_sinh", "hovaten"."""

from __future__ import annotations

import re
from functools import lru_cache

from app.domain.names import fold
from imports.headings.plain_headings import MEANINGS
from imports.words.relatives import ROLES

_BETWEEN = re.compile(r"[_.-]+")
_LONGEST, _SHORTEST = 40, 4
_PAPERS = ("so cccd", "so cmnd", "so can cuoc", "so dinh danh", "can cuoc cong dan", "ma dinh danh ca nhan", "so dinh danh ca nhan")
_JOINED = {phrase.replace(" ", ""): phrase for phrase in (*_PAPERS, *(words for words, _ in ROLES), *MEANINGS) if " " in phrase}


@lru_cache(maxsize=500)
def apart(text: str) -> str | None:
    """The words of a heading that has no space; None for one that has, or that is one word."""
    stripped = text.strip()
    if len(stripped) > _LONGEST or any(map(str.isspace, stripped)):
        return None
    parts = [part for piece in _BETWEEN.split(stripped) for part in _at_capitals(piece)]
    words = " ".join(_JOINED.get(fold(part), part) if len(part) >= _SHORTEST else part for part in parts)
    return words if " " in words else None


def _at_capitals(text: str) -> list[str]:
    """ "SoCMND" as So and CMND, "SĐTMe" as SĐT and Me."""
    parts, start = [], 0
    for place in range(1, len(text)):
        before, sign, behind = text[place - 1], text[place], text[place + 1 : place + 2]
        if sign.isupper() and (before.islower() or (before.isupper() and behind.islower())):
            parts.append(text[start:place])
            start = place
    return [part for part in (*parts, text[start:]) if part]
