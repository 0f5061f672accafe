"""Text in the TCVN3 and VNI fonts of the 1990s: in any other font it is full of signs that no Vietnamese word has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from imports.files.cells import Cell
from imports.values import Unreadable

_SIGNS = re.compile("[µ¸¶·¹¨»¾¼½©ª®«¬§¦¢£¤¥±²³´¿äåæçëîïñöøûüÆÇÐÑÞß×]")
_ENOUGH = 4


def refuse_old_font(texts: Iterable[str], out_of: int, sheet: str) -> None:
    """Raise where a fifth of the texts have such signs. A foreigner's ä or ñ among Vietnamese names doesn't come near that."""
    found = sum(_SIGNS.search(text) is not None for text in texts)
    if found >= _ENOUGH and found * 5 >= out_of:
        raise Unreadable(
            "old-font",
            "The text of sheet %(sheet)s is in an old font (TCVN3 or VNI). Convert it to Unicode, as with Unikey, and upload it again.",
            sheet=sheet,
        )


def texts_of(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The texts of some rows that have letters in them."""
    return [cell for line in rows for cell in line if isinstance(cell, str) and any(c.isalpha() for c in cell)]
