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
def _part(text: str) -> tuple[bytes, str]:
    """Sort key and folded text of one part of a name; names share their parts, so each is looked at once."""
    key: bytes = _words().getSortKey(text)
    return key, names.fold(text)


def name_key(full_name: str) -> bytes:
    """The key by which people are listed: given name, then middle, then family. Each part's key ends in 00, which no key holds inside,
    so the joined bytes compare as the tuple of keys would."""
    return name_keys(full_name)[0]


def name_keys(full_name: str) -> tuple[bytes, str]:
    """`name_key` and the folded name together, which takes half as long as one after the other."""
    family, _, rest = full_name.partition(" ")
    middle, _, given = rest.rpartition(" ")
    if not (family and middle and given) or "  " in full_name:  # one word or two, or spaces that a tidy name hasn't
        family, middle, given = names.split(full_name)
    (of_family, family), (of_middle, middle), (of_given, given) = _part(family), _part(middle), _part(given)
    return of_given + of_middle + of_family, f"{family} {middle} {given}" if middle and family else " ".join(filter(None, (family, given)))


def unit_key(name: str) -> bytes:
    """The key by which units are listed: numbers by value, so that 6A2 comes before 6A10."""
    key: bytes = _numbered().getSortKey(name)
    return key
