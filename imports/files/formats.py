"""Zeros and letters that live in a cell's number format alone: 123 shown as NV00123, 912345678 as 0912 345 678."""

from __future__ import annotations

import re
from functools import lru_cache

from imports.files.grids import Cell

_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|(0)|([ \-/()+:])|([@#?].*)')
_SHOWN = re.compile(r"(\D{0,20}?)(\d[\d \-/()]{0,30})")
_LONGEST = 60


@lru_cache(maxsize=1024)
def pieces_of(number_format: str) -> tuple[str, ...] | None:
    """A format's signs, "0" for each digit and everything else as "=" and the sign, if it says more than a plain number would: at least two
    zeros, or letters beside one."""
    section = _UNSEEN.sub("", number_format[:_LONGEST].split(";")[0])
    pieces: list[str] = []
    position = 0
    while position < len(section):
        match = _PIECE.match(section, position)
        if match is None or match[5]:
            return None
        pieces += ["0"] if match[3] else [f"={sign}" for sign in match[1] or match[2] or match[4] or ""]
        position = match.end()
    zeros = pieces.count("0")
    letters = any(piece[1:].isalpha() for piece in pieces)
    return tuple(pieces) if zeros > 1 or (zeros == 1 and letters) else None


def as_shown(cell: Cell, number_format: str) -> Cell:
    """A number as its format shows it; any other cell as it is."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or cell < 0 or cell != cell or not float(cell).is_integer():
        return cell
    pieces = pieces_of(number_format)
    if pieces is None:
        return cell
    zeros = pieces.count("0")
    digits = str(int(cell)).rjust(zeros, "0")
    surplus = len(digits) - zeros
    written, place = "", 0
    for piece in pieces:
        if piece != "0":
            written += piece[1:]
            continue
        taken = 1 + (surplus if place == 0 else 0)  # what is longer than the format stands before its first zero's place
        written += digits[place : place + taken]
        place += taken
    return written


def told_by_its_text(number: float, shown: str) -> Cell:
    """A number, or the text that the file shows for it where that has zeros or letters which only the format holds."""
    match = _SHOWN.fullmatch(shown)
    if match is None or not number.is_integer():
        return number
    digits = "".join(filter(str.isdecimal, match[2]))
    more = (len(digits) > 1 and digits[0] == "0") or any(map(str.isalpha, match[1]))
    return shown if more and int(digits) == number else number
