"""The numbers in a date that is written as text."""

from __future__ import annotations

import re

from imports.files.signs import visible

LONGEST_DATE = 60

_TIME = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_SAYS_WHICH = re.compile(r"\b(?:tháng|thang)\b", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(rf"(?<=\d[ /.-])({'|'.join(_MONTHS)})[a-z]*(?=[ /.-])", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:ngày|tháng|năm|sinh|ngay|thang|nam)\b", re.IGNORECASE)
THREE = re.compile(r"(\d{1,4})\s*[./\-\s,|\\]\s*(\d{1,2})\s*[./\-\s,|\\]\s*(\d{1,4})")
_YEAR_IN_FRONT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_FIVE, _LONGEST_NUMBER = re.compile(r"[1-5]\d{4}(?:\.0)?"), 12
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")


class Typed(str):
    """A date that a person typed alone: it has the day first, however the rest of its column is written."""

    __slots__ = ()


def three_numbers(text: str) -> tuple[int, int, int] | None:
    kept = bare(text) if len(text) <= LONGEST_DATE else ""
    match = THREE.fullmatch(kept) or _year_in_front(kept) or _EIGHT.fullmatch(kept)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def is_number_of_days(text: str) -> bool:
    """A number as spreadsheets count days, from 1927 on; fewer digits are years."""
    return 5 <= len(text) <= _LONGEST_NUMBER and _FIVE.fullmatch(bare(text)) is not None


def in_words(text: str) -> str:
    """A date that has the day first, so written that no column can turn it: "5/9/2014" as "5 tháng 9 năm 2014". Other text stays."""
    three = None if says_which(text) else three_numbers(text)
    if three is None or three[0] > 31:
        return text
    day, month, year = re.findall(r"\d+", bare(text)) if THREE.fullmatch(bare(text)) else map(str, three)
    return f"{day} tháng {month} năm {year}"


def _year_in_front(text: str) -> re.Match[str] | None:
    """20140903, where 20/14/0903 is no date."""
    match = _YEAR_IN_FRONT.fullmatch(text)
    return match if match and not "1900" <= text[4:] <= "2099" else None


def bare(text: str) -> str:
    """The numbers and separators alone: no time of day, no "ngày … tháng … năm"."""
    kept = _TIME.sub("", visible(text).strip().strip("'`").rstrip(".,;"))
    if _MONTH.search(kept):
        kept = _MONTH.sub(lambda match: str(_MONTHS.index(match[1].lower()) + 1), kept)
    return " ".join(_WORDS.sub(" ", kept).split())


def says_which(text: str) -> bool:
    """Whether a date says itself which number is the month: "ngày 5 tháng 9 năm 2014"."""
    return _SAYS_WHICH.search(text) is not None or _MONTH.search(text) is not None
