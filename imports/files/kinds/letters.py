"""Bytes of plain text as text: UTF-8, UTF-16, Windows-1258, or one byte a letter as old fonts have it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from imports.files.fonts.conversion import guess
from imports.files.fonts.syllables import is_syllable
from imports.files.fonts.words import words_of

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT = 20_000
_DECLARABLE = ("windows-", "cp125", "iso-8859-", "latin")
_BROKEN, _WHOLE = "\ufffd", 5  # so many whole letters to a broken one
_ENOUGH = 0.5  # of the words make sense
_LOST = re.compile(r"\?[^\W\d_]")  # behind a word they may be a question's
_MOST_LOST = 0.05  # of all words
_MOST_ODD = 0.01  # of all signs may be control signs


class Decoded(NamedTuple):
    text: str
    encoding: str


def decoded(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text, and how it was written; None for bytes that are no text. What the bytes show goes before what they declare."""
    for encoding in _candidates(data, declared):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            text = _mostly_utf_8(data) or "" if encoding == "utf-8" else ""
            if not text:
                continue
        if _is_text(text):
            return Decoded(text, encoding)
    return None


def letters_are_lost(text: str) -> bool:
    """Whether question marks stand in words in place of letters that an encoding doesn't have: no file tells any more what they were."""
    head = text[:_LOOKED_AT]
    return len(_LOST.findall(head)) > _MOST_LOST * len(head.split())


def beginning(data: bytes, size: int) -> str:
    """The first signs, well enough to see tags and separators among them."""
    head = data[:size]
    encoding = next(_candidates(head, None))
    return head.decode("latin-1" if encoding == "utf-8" else encoding, "replace").lstrip("\ufeff \t\r\n")


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield encoding
    head = data[:_LOOKED_AT]
    if b"\0" in head:  # text in UTF-16 without a mark: every other byte of plain letters is zero
        yield "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return
    yield "utf-8"
    yield from _one_byte(head, declared)


def _one_byte(head: bytes, declared: str | None) -> Iterator[str]:
    """What makes words in Windows-1258 is that; text in an old font makes none, and its bytes are kept apart by Windows-1252. So are the
    bytes of a text that was saved where only western letters are known."""
    vietnamese, western = (_words_in(head.decode(encoding, "replace")) for encoding in ("cp1258", "cp1252"))
    if western > vietnamese:
        yield "cp1252"
    elif vietnamese < _ENOUGH:
        if guess(head.decode("cp1252", "replace").splitlines()):
            yield "cp1252"
        elif declared and declared.lower().startswith(_DECLARABLE):
            yield declared
    yield from ("cp1258", "cp1252", "latin-1")


def _words_in(text: str) -> float:
    """What part of the words that aren't plain ASCII are Vietnamese."""
    words = [word for word in words_of(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0


def _mostly_utf_8(data: bytes) -> str | None:
    """UTF-8 in which some letters are broken: they are told apart later, the others needn't suffer."""
    text = data.decode("utf-8-sig", "replace")
    broken = text.count(_BROKEN)
    whole = sum(not sign.isascii() for sign in text[:_LOOKED_AT]) - text[:_LOOKED_AT].count(_BROKEN)
    return text if broken and whole > _WHOLE * text[:_LOOKED_AT].count(_BROKEN) else None


def _is_text(text: str) -> bool:
    head = text[:_LOOKED_AT]
    odd = sum(sign < " " and sign not in "\t\n\r\f\v" for sign in head)
    return odd <= _MOST_ODD * len(head)
