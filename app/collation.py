"""Vietnamese order as bytes that any database compares alike: ICU sort keys, kept with the version that made them."""

from __future__ import annotations

from functools import cache, lru_cache

import icu

from app.domain import names


@cache
def _words() -> icu.Collator:
    return icu.Collator.createInstance(icu.Locale("vi"))


@cache
def _numbered() -> icu.Collator:
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    return collator


def version() -> str:
    """What the keys depend on; keys made under another version must be made anew (`flask rebuild-keys`)."""
    return f"icu {icu.ICU_VERSION} vi"


@lru_cache(maxsize=65536)
def _word_key(text: str) -> bytes:
    key: bytes = _words().getSortKey(text)
    return key


def name_key(full_name: str) -> bytes:
    """The key by which people are listed: given name, then middle, then family. Each part's key ends in 00, which no key holds inside,
    so the joined bytes compare as the tuple of keys would."""
    family, middle, given = names.split(full_name)
    return _word_key(given) + _word_key(middle) + _word_key(family)


def unit_key(name: str) -> bytes:
    """The key by which units are listed: numbers by value, so that 6A2 comes before 6A10."""
    key: bytes = _numbered().getSortKey(name)
    return key
