"""The words of a text, in whatever font it is: the signs that stand for letters in old fonts belong to them."""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"[A-Za-z\u00a1-\u024f\u0300-\u0323\u1e00-\u1ef9\u20ab]+")


def each_word(text: str, change: Callable[[str], str]) -> str:
    """The text with every word that isn't plain ASCII changed."""
    return _WORD.sub(lambda match: match[0] if match[0].isascii() else change(match[0]), text)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)
