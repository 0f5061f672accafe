"""Formulas that came to nothing: an error in the place of a value, or no value where a program that doesn't calculate saved the file."""

from __future__ import annotations

import re

from imports.values import Finding, Severity

_FAILED = re.compile(
    r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA)|Err:\d{3}", re.IGNORECASE
)
_NOT_FOUND = "#N/A"
_FORMULA = re.compile(r"=(?:[^=\s].*)?", re.DOTALL)  # of one that shares another cell's formula only the sign is known

FAILED = Finding(Severity.ERROR, "formula-failed", "The formula in this cell has failed. Write the value itself.")
UNSAVED = Finding(
    Severity.ERROR,
    "formula-without-value",
    "The cell holds a formula, and the file lacks what it comes to. Open the file in Excel and save it there, or write the value itself.",
)
NOT_FOUND = Finding(
    Severity.WARNING, "formula-found-nothing", "The formula in this cell has found nothing (#N/A). The cell was read as blank."
)


def has_any(text: str) -> bool:
    """Whether such a cell may be among some, by the text of all of them."""
    return "#" in text or "=" in text or "Err:" in text


def finding_of(cell: object) -> Finding | None:
    """What is to be said of such a cell; None for any other."""
    if not isinstance(cell, str) or not cell.startswith(("#", "=", "Err:")):
        return None
    text = cell.strip()
    if text.upper() == _NOT_FOUND:
        return NOT_FOUND
    if _FAILED.fullmatch(text):
        return FAILED
    return UNSAVED if _FORMULA.fullmatch(text) else None
