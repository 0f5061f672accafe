"""The unaccented SMS form: only letters that every network and phone shows, and how many parts it takes."""

from __future__ import annotations

import unicodedata

ONE_PART, LINKED_PART = 160, 153  # a message of several parts needs room to link them
_EXTENSION = frozenset("^{}\\[~]|€\f")  # these count two
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_INSTEAD = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚`´", "'"),
        **dict.fromkeys("–—‑−•·", "-"),
        **{"đ": "d", "Đ": "D", "…": "...", "→": "->", "×": "x", "₫": "d"},
    }
)


class _Plain(dict[int, str]):
    """Each character as a network carries it, worked out when it is first met: texts share a few hundred."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).translate(_INSTEAD))
        # What a mark leaves behind, or a compatible form brings, may need the table once more.
        letters = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_INSTEAD)
        self[code] = found = "".join(c if c in _BASIC or c in _EXTENSION else " " if c.isspace() else "" for c in letters)
        return found


_PLAIN = _Plain()


def unaccented(text: str) -> str:
    """The text without marks, capitals kept, spaces evened; what no network carries is left out."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.translate(_PLAIN).splitlines())))


def length(text: str) -> int:
    """Characters as the network counts them."""
    return len(text) + sum(map(text.count, _EXTENSION))


def parts(text: str) -> int:
    """Parts that a text takes; a character that counts two is never split between them."""
    if not text:
        return 0
    if length(text) <= ONE_PART:
        return 1
    found, used = 1, 0
    for c in text:
        size = 2 if c in _EXTENSION else 1
        if used + size > LINKED_PART:
            found, used = found + 1, 0
        used += size
    return found


def room(count: int) -> int:
    """Characters that so many parts hold."""
    return ONE_PART if count == 1 else LINKED_PART * count
