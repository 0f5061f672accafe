"""Cells that say nothing, and signs that can't be seen."""

from __future__ import annotations

from app.domain.names import fold
from imports.cells import Cell, shown
from imports.values import Finding

Findings = list[tuple[int, Finding]]

_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None))
_SAYS_NONE = frozenset("khong|khong co|ko|ko co|k co|chua co|chua|none|null|n/a|na|-|--|---|.|..|...|0|x|?|#n/a|k".split("|"))


def visible(text: str) -> str:
    """Text without zero-width signs and soft hyphens, which come along when text is copied from web pages."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def says_nothing(cell: Cell) -> bool:
    """Whether a cell for a number, phone or e-mail is as good as empty: blank, "không có", "-", 0."""
    text = visible(shown(cell)).strip()
    return not text or (len(text) <= 8 and fold(text) in _SAYS_NONE)
