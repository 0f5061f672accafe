"""Vietnamese personal names: their parts, and the text they are searched and matched by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_NO_BAR = str.maketrans({"đ": "d", "Đ": "d"})


class NameParts(NamedTuple):
    family: str
    middle: str
    given: str


def tidy(text: str) -> str:
    """NFC, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Text as markless search compares it: lower case, no marks, đ = d, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFD", text.translate(_NO_BAR).lower())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """`fold` for one word of a name; names repeat their words, so the answers are kept."""
    return fold(word)


def fold_name(full_name: str) -> str:
    """`fold` for a person's name, word by word."""
    return " ".join(map(fold_word, full_name.split()))


def split(full_name: str) -> NameParts:
    """Family name first, given name last, all between is the middle name (domain: names sort by the given name)."""
    words = full_name.split()
    if len(words) < 2:
        return NameParts("", "", words[0] if words else "")
    return NameParts(words[0], " ".join(words[1:-1]), words[-1])


def match_key(full_name: str) -> str:
    """What two spellings of one name share: case and the place of the tone mark (Hoà = Hòa), but not the marks themselves (Vĩ ≠ Vỹ)."""
    return " ".join(_match_word(word) for word in tidy(full_name).lower().split())


_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@lru_cache(maxsize=65536)
def _match_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(c for c in decomposed if c in _TONES))
    return "".join(c for c in decomposed if c not in _TONES) + tones


def search_text(full_name: str, numbers: Iterable[str | None]) -> str:
    """What a person is found by: the folded name, then every number and address that is known, each word after a space."""
    return with_numbers(fold_name(full_name), numbers)


def with_numbers(folded: str, numbers: Iterable[str | None]) -> str:
    """`search_text` of a name that is folded already."""
    known = " ".join(filter(None, numbers))
    return f" {folded} {known.lower()}" if known else f" {folded}"


def guardian_keys(full_name: str, phone: str | None, personal_id: str | None) -> tuple[str, ...]:
    """What one guardian is recognised by in all institutions: the personal number, or the phone together with the name. A phone alone is
    shared by families, so it says nothing."""
    found = [f"number:{personal_id}"] if personal_id else []
    if phone and full_name:
        found.append(f"phone:{phone}:{match_key(full_name)}"[:200])
    return tuple(found)
