"""Texts that a workbook keeps once and many cells show: a parser copies them into each cell, so a small file could fill the memory.

Everything here errs on the side of too much text, so that no trick in a file makes it look smaller than the parser will find it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.parsers import expat

from imports.limits import MAX_TEXT_BYTES
from imports.values import Unreadable

_TEXT_ENDS = b"</si>"
_PREFIXED_TEXT = re.compile(rb":si[\s/>]")
_ATTRIBUTE = re.compile(rb'="[^"<]*"')
_VALUE = re.compile(rb'<(?:[A-Za-z]\w*:)?v(?: xml:space="preserve")?(?:/>|>([^<&]*)</)')


def texts_in(content: bytes) -> int:
    """About how many shared texts a part of a workbook has: never fewer than the parser finds in it."""
    return content.count(b"<si") + len(_PREFIXED_TEXT.findall(content))


def values_in(content: bytes) -> int:
    """About how many cells of a sheet have a value: never fewer than the parser finds."""
    return content.count(b"<v") + content.count(b":v")


def refuse_many_copies(parts: list[bytes], values: int, sheets: Iterable[bytes]) -> None:
    """Raise where the shared texts of `parts`, in as many cells as show them, are too much. `sheets` are looked at in doubt only."""
    most = MAX_TEXT_BYTES // values if values else MAX_TEXT_BYTES
    if all(len(content) <= most or _all_shorter(content, most) for content in parts):
        return
    lengths = [length for content in parts for length in _lengths(content)]
    refuse_copies(_uses(sheets, values), lengths)


def refuse_copies(uses: Iterable[int], lengths: Iterable[int]) -> None:
    """Raise where it can be too much text. How often each text is shown is paired with the lengths at worst: most often with longest."""
    if sum(use * length for use, length in zip(sorted(uses, reverse=True), sorted(lengths, reverse=True), strict=False)) > MAX_TEXT_BYTES:
        raise too_large(MAX_TEXT_BYTES)


def too_large(most: int) -> Unreadable:
    return Unreadable(
        "too-large",
        "The file unpacks to more than %(megabytes)s MB. Keep only the sheets with the roster, without pictures, and upload it again.",
        megabytes=most // 1_000_000,
    )


def _all_shorter(content: bytes, most: int) -> bool:
    """Whether the ends of texts stand so close together that none is longer. From each end, the farthest within reach is the next."""
    position, last = content.find(b"<si"), content.rfind(_TEXT_ENDS)
    if position < 0 or _may_hide_ends(content, position):
        return False
    while position < last:
        found = content.rfind(_TEXT_ENDS, position, position + most)
        if found < 0:
            return False
        position = found + len(_TEXT_ENDS)
    return True


def _may_hide_ends(content: bytes, start: int) -> bool:
    """What looks like a text's end may stand in a comment or in an attribute and be none."""
    odd = b"<!" in content or content.find(b"<?", start) >= 0
    return odd or content.count(b"=", start) != len(_ATTRIBUTE.findall(content, start))


def _lengths(content: bytes) -> list[int]:
    """The bytes of every shared text, all its pieces together."""
    lengths: list[int] = []
    inside = False

    def begin(name: str, _: object) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "si" and not inside:
            inside = True
            lengths.append(0)

    def end(name: str) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "si":
            inside = False

    def add(text: str) -> None:
        if inside:
            lengths[-1] += len(text) if text.isascii() else len(text.encode())

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, add
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _damaged() from error
    return lengths


def _refuse_doctype(*_: object) -> None:
    raise _damaged()


def _damaged() -> Unreadable:
    return Unreadable("damaged", "The file is damaged: its inside can't be unpacked. Open it in Excel, save it again and upload that.")


def _uses(sheets: Iterable[bytes], values: int) -> list[int]:
    """How often each text may be shown. Values that are written oddly are all taken for one and the same text."""
    uses: Counter[bytes] = Counter()
    for content in sheets:
        uses.update(_VALUE.findall(content))
    texts: Counter[int] = Counter()
    for value, count in uses.items():
        if value.strip().lstrip(b"+").isdigit():
            texts[int(value)] += count
    # Only these can't be texts: cells that say nothing, or something that is no whole number.
    texts[-1] += values - uses.total()
    return list(texts.values())
