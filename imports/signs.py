"""Signs that can't be seen and that nobody means: they come along when text is copied from web pages and old programs."""

from __future__ import annotations

import re

# Line ends of old programs stay a gap between words; all other control characters go, as PostgreSQL takes no NUL.
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)]) | dict.fromkeys(map(ord, _LINE_ENDS), " ")
_CONTROLS = {sign: kept for sign, kept in _CONTROLS.items() if chr(sign) not in "\t\n\r"}
_ZERO_WIDTH = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0]
    + [*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)]
    + [*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
)
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
