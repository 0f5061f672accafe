"""Cells that say nothing."""

from __future__ import annotations

from app.domain.names import fold
from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.values import Finding

Findings = list[tuple[int, Finding]]

_SAYS_NONE = frozenset("khong|khong co|ko|ko co|k co|chua co|chua|none|null|n/a|na|-|--|---|.|..|...|0|x|?|#n/a|k".split("|"))


def says_nothing(cell: Cell) -> bool:
    """Whether a cell for a number, phone or e-mail is as good as empty: blank, "không có", "-", 0."""
    text = visible(shown(cell)).strip()
    return not text or (len(text) <= 8 and fold(text) in _SAYS_NONE)
