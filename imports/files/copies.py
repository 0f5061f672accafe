"""Texts that a workbook keeps once and many cells show: a parser copies them into each cell, so a small file could fill the memory.

Everything here errs on the side of too much text, so that no trick in a file makes it look smaller than the parser will find it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from xml.parsers import expat

from imports.files.limits import MAX_TEXT_BYTES
from imports.files.refusals import not_unpacked, too_large

_SHORTEST_CELL = len(b'<c t="s"><v>0</v></c>')
_LONGEST_NUMBER = 1_000  # with any number of zeros in front
_TEXT_ENDS = b"</si>"
_TEXT = re.compile(rb"[<:]si[\s/>]")
_PREFIXED_TEXT = re.compile(rb":si[\s/>]")
_ATTRIBUTE = re.compile(rb'="[^"<]*"')
_VALUE = re.compile(rb'<(?:[A-Za-z]\w*:)?v(?: xml:space="preserve")?(?:/>|>([^<&]*)</)')


def texts_in(content: bytes) -> int:
    """How many shared texts a part of a workbook has: never fewer than the parser finds in it."""
    count = content.count(b"<si") + len(_PREFIXED_TEXT.findall(content))
    return count if count and _TEXT.search(content) else 0


def refuse_many_copies(parts: list[bytes], sheets_size: int, sheets: Iterable[bytes]) -> None:
    """Raise where the shared texts of `parts`, in as many cells as show them, are too much. `sheets` are looked at in doubt only."""
    most = MAX_TEXT_BYTES // max(1, sheets_size // _SHORTEST_CELL)
    if all(len(content) <= most or _all_shorter(content, most) for content in parts):
        return
    tables = [lengths for content in parts if (lengths := _lengths(content))]
    refuse_copies(_uses(sheets), tables)


def refuse_copies(uses: Mapping[int, int], tables: list[list[int]]) -> None:
    """Raise where it is too much text. `uses`: how often the text of each number is shown; -1 for those that may be any."""
    if not tables:
        return
    table = tables[0] if len(tables) == 1 else list(map(max, zip_longest(*tables, fillvalue=0)))
    copied = sum(times * table[number] for number, times in uses.items() if 0 <= number < len(table))
    if copied + uses.get(-1, 0) * max(table) > MAX_TEXT_BYTES:
        raise too_large(MAX_TEXT_BYTES)


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
        if name.rpartition(":")[2] == "si":
            if inside:  # whoever counts these may count otherwise than the parser
                raise not_unpacked()
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
        raise not_unpacked() from error
    return lengths


def _refuse_doctype(*_: object) -> None:
    raise not_unpacked()


def _uses(sheets: Iterable[bytes]) -> Counter[int]:
    """How often the text of each number may be shown; -1 for values that are written oddly."""
    values: Counter[bytes] = Counter()
    odd = 0
    for content in sheets:
        found = _VALUE.findall(content)
        values.update(found)
        odd += content.count(b"<v") + content.count(b":v") - len(found)
    texts: Counter[int] = Counter({-1: odd})
    for value, count in values.items():
        number = value.strip().lstrip(b"+")
        if number.isdigit() and len(number) <= _LONGEST_NUMBER:  # anything else names no text
            texts[int(number)] += count
    return texts
