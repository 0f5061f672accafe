"""Text that a spreadsheet takes as text: nothing that can't be stored, nothing that it would compute, names that a sheet may have."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_CELL = 32767
MAX_SHEET_NAME = 31
_NOT_STORED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_COMPUTED = ("=", "+", "-", "@")


def clean(text: str) -> str:
    """The text without control characters (a tab or line break becomes a space) and without spaces at its ends."""
    return _NOT_STORED.sub(_instead, text).strip()[:MAX_CELL]


def storable(text: str) -> str:
    """The text as a cell can hold it, its line breaks and outer spaces kept."""
    return _NOT_STORED.sub(lambda sign: sign[0] if sign[0] in "\t\n\r" else "", text)[:MAX_CELL]


def is_computed(text: str) -> bool:
    """Would a spreadsheet take this for a formula when it is typed, or read from a text file? Tabs and line breaks are gone by then."""
    return text.startswith(_COMPUTED)


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name for each sheet: none of the characters that Excel forbids, at most 31 long, none twice, whatever the case."""
    used = {name.casefold() for name in taken} | {"history"}  # Excel keeps that one for itself
    names = []
    for text in wanted:
        name = _unused_name(_sheet_name(text), used)
        used.add(name.casefold())
        names.append(name)
    return names


def _instead(match: re.Match[str]) -> str:
    return " " if match[0] in "\t\n\r\x85" else ""


def _sheet_name(text: str) -> str:
    """An apostrophe may not stand at either end."""
    return _NOT_IN_SHEET_NAMES.sub("-", clean(text)).strip("' ")[:MAX_SHEET_NAME].strip("' ") or "-"


def _unused_name(name: str, used: set[str]) -> str:
    number, found = 1, name
    while found.casefold() in used:
        number += 1
        tail = f" ({number})"
        found = name[: MAX_SHEET_NAME - len(tail)].rstrip("' ") + tail
    return found
