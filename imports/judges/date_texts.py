"""The numbers in a date that is written as text."""

from __future__ import annotations

import re

from imports.signs import visible

LONGEST_DATE = 60

_TIME = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_SAYS_WHICH = re.compile(r"\b(?:tháng|thang)\b", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:ngày|tháng|năm|sinh|ngay|thang|nam)\b", re.IGNORECASE)
THREE = re.compile(r"(\d{1,4})\s*[./\-\s,]\s*(\d{1,2})\s*[./\-\s,]\s*(\d{1,4})")
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")


class Typed(str):
    """A date that a person typed alone: it has the day first, however the rest of its column is written."""

    __slots__ = ()


def three_numbers(text: str) -> tuple[int, int, int] | None:
    kept = bare(text) if len(text) <= LONGEST_DATE else ""
    match = THREE.fullmatch(kept) or _EIGHT.fullmatch(kept)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def bare(text: str) -> str:
    """The numbers and separators alone: no time of day, no "ngày … tháng … năm"."""
    return " ".join(_WORDS.sub(" ", _TIME.sub("", visible(text).strip().strip("'`"))).split())


def says_which(text: str) -> bool:
    """Whether a date says itself which number is the month: "ngày 5 tháng 9 năm 2014"."""
    return _SAYS_WHICH.search(text) is not None
