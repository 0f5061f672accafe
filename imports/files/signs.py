"""Signs that can't be seen and that nobody means: they come along when text is copied from web pages and old programs."""

from __future__ import annotations

import re

# Line ends of old programs stay a gap between words; all other control characters go, as PostgreSQL takes no NUL.
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)]) | dict.fromkeys(map(ord, _LINE_ENDS), " ")
_CONTROLS = {sign: kept for sign, kept in _CONTROLS.items() if chr(sign) not in "\t\n\r"}
_ZERO_WIDTH = dict.fromkeys(
    map(ord, "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0"),
) | dict.fromkeys(
    sign
    for first, last in (
        (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F)
    )
    for sign in range(first, last + 1)
)  # fmt: skip
_INVISIBLE = _CONTROLS | _ZERO_WIDTH
_HAS_CONTROLS = re.compile(f"[{re.escape(''.join(map(chr, _CONTROLS)))}]")
_GAPS = str.maketrans("\t\n\r", "   ")


def visible(text: str) -> str:
    """Text without control characters, zero-width signs and soft hyphens; tabs and line ends are left to whoever parts it by them."""
    return text if text.isascii() and text.isprintable() else text.translate(_INVISIBLE)


def has_controls(text: str) -> bool:
    """Whether a text, as long as you like, has control characters other than tabs and line ends."""
    return not text.isprintable() and _HAS_CONTROLS.search(text) is not None


def without_controls(text: str) -> str:
    return text if text.isprintable() else text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """A text as it is kept: no control characters, tabs and line ends as spaces."""
    return without_controls(text).translate(_GAPS).strip()
