"""Takes out of what people have typed all that must not leave in a message: identity numbers, dates of birth, passwords."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

GAP = "…"
_DATE_PARTS = r"\d{1,4}\s*[-/.,\s]\s*\d{1,2}\s*[-/.,\s]\s*\d{2,4}"
_WORDED_DATE = r"(?:ngày\s*)?\d{1,2}\s*tháng\s*\d{1,2}(?:\s*năm\s*\d{2,4})?"
_BIRTH_YEAR = r"(?<=sinh)(?:\s*(?:năm|ngày))?\s*[:=]?\s*\d{4}\b"
_SECRET = r"(?:(?<=mật khẩu)|(?<=mat khau)|(?<=password)|(?<=\botp)|(?<=\bmk)|(?<=\bpin))\s*(?:(?:mới|cũ)\s*)?(?:là|la|:|=)\s*\S+"
# Nine digits or more, whatever stands between them, with the letters that a health-insurance card begins with.
_NUMBER = r"\b(?:[A-Za-z]{2})?\d(?:[\W_]{0,3}\d){8,}"
_EMPTY_BRACKETS = re.compile(rf"\s*[(\[]\s*{GAP}?\s*[)\]]")
_FOUND = re.compile("|".join((_NUMBER, _DATE_PARTS, _WORDED_DATE, _BIRTH_YEAR, _SECRET)), re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def scrubbed(text: str) -> str:
    """A reason without numbers that name somebody, dates and passwords; spaces evened, on one line. Digits in any form (①, ², ０) count as
    the ones that they turn into on their way."""
    seen = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())
    return " ".join(_FOUND.sub(f" {GAP} ", seen).replace(f" {GAP} ,", f" {GAP},").replace(f" {GAP} .", f" {GAP}").split())


@lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """A name as it may stand in a message; some rosters tell namesakes apart by writing the birth date behind."""
    return " ".join(_EMPTY_BRACKETS.sub("", scrubbed(name)).replace(GAP, "").split()).strip(" -,;")


_IDENTITY = re.compile(r"(?<![\w/])(?:[A-Za-z]{2}[\s.-]?)?\d(?:[\s._-]?\d){8,}(?![\w/])")
_PHONE = re.compile(r"(?:\+?84|0)(?:[35789]\d{8}|2\d{8,9})")


def holds_identity_number(text: str) -> bool:
    """Whether nine digits or more stand together that are no telephone number."""
    return any(not _PHONE.fullmatch(re.sub(r"[\s._-]", "", found[0])) for found in _IDENTITY.finditer(text))
