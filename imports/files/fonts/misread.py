"""Letters that another program got wrong: UTF-8 read as a Western code ("Nguyá»…n"), and the Icelandic Ð in place of Đ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.files.grids import Cell

_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # Windows keeps these bytes as they are
_BYTES = {chr(byte) if byte in _UNDEFINED else bytes([byte]).decode("cp1252"): byte for byte in range(256)} | {
    chr(byte): byte for byte in range(0x80, 0xA0)
}
_BEHIND = "".join(sign for sign, byte in _BYTES.items() if 0x80 <= byte <= 0xBF)
_IN_TWO = re.compile(f"[ÂÃÄÅÆáâ][{re.escape(_BEHIND)}]")
_ICELANDIC = re.compile(r"\b[Ðð](?=[^\W\d_])")
_NO_BAR = {"Ð": "Đ", "ð": "đ"}


def put_right(rows: Sequence[list[Cell]], text: str) -> int:
    """Put texts that were UTF-8 once into letters again, in place; answers how many. `text`: all of the rows' texts."""
    if not _IN_TWO.search(text):
        return 0
    count = 0
    for line in rows:
        for column, cell in enumerate(line):
            if type(cell) is str and _IN_TWO.search(cell) and (once := _once(cell)):
                line[column] = once
                count += 1
    return count


def _once(text: str) -> str | None:
    """The text as it was; None for one that isn't UTF-8 from end to end, so it can't have been."""
    try:
        return bytes(_BYTES[sign] for sign in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def with_vietnamese_d(rows: Sequence[list[Cell]]) -> None:
    """Write Đ where Ð begins a word: keyboards of the 1990s had only that one. In old fonts it stands inside of words."""
    for line in rows:
        for column, cell in enumerate(line):
            if type(cell) is str and not cell.isascii() and _ICELANDIC.search(cell):
                line[column] = _ICELANDIC.sub(lambda match: _NO_BAR[match[0]], cell)
