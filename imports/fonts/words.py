"""The words of a text, in whatever font it is: the signs that stand for letters in old fonts belong to them."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z\u00a1-\u024f\u0300-\u0323\u1ea0-\u1ef9\u20ab]+")


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)
