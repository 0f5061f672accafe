"""Rows between people that name who stands below by where they stand, whatever their words: titles above headings that come again, and
texts alone in the names' column of a list whose people have numbers and details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from imports.files.cells import Cell, shown
from imports.judges.usual_names import is_usual_name
from imports.sheets.layout import titles_of
from imports.sheets.row_kinds import Body, begins_again, closes, repeats_header
from imports.units.departments import labelled_unit
from imports.units.names import begins_like_a_unit, unit_of_title

_TITLE_ROWS, _TITLE_CELLS = 10, 3
_LONGEST = 80
_FEWEST = 2
_NEARLY_ALL = 0.8
_LIKE_UNITS = frozenset(("Ban", "Phò", "Tổ ", "Khố", "Bộ ", "Đội", "Phâ", "Xưở", "Chi", "Văn", "Hội", "Tru", "Kho", "Trạ"))
_PERSONS_MIDDLE = frozenset(("văn", "thị"))


class Captions(NamedTuple):
    """Rows of a body: those that name the unit of the people below, and those that might."""

    units: frozenset[int]
    perhaps: frozenset[int]


def titles_between(body: Body, clear: Sequence[bool]) -> frozenset[int]:
    """Rows with a text or two above the header where it comes again, up to the last person, a signer's name or a fuller row."""
    found: set[int] = set()
    left = 0  # how many rows above a header are still looked at
    for index in range(len(clear) - 1, -1, -1):
        if clear[index]:
            left = 0
            continue
        line = body.lines[index]
        texts = _texts(line)
        if repeats_header(body.layout, line):
            left = _TITLE_ROWS
        elif left and texts:
            if len(texts) > _TITLE_CELLS + sum(text.endswith(":") for text in texts) or _is_somebody(texts[0]):
                left = 0
            elif any(map(unit_of_title, titles_of([line]))):
                found.add(index)
            elif body.tells(line):
                left = 0
            elif not any(map(closes, texts)):
                found.add(index)
            left -= bool(left)
    return frozenset(found)


def captions(body: Body, clear: Sequence[bool]) -> Captions:
    """Texts alone in the names' column, right above a person. They name units where a numbered list begins with one and has another, or
    where people's numbers begin again below each; elsewhere that isn't known: without numbers it may be somebody with an unusual name. A
    column of units names them better."""
    alone: dict[int, int] = {}  # with the row of the person below
    below = None  # the next row that isn't blank
    for index in range(len(clear) - 1, -1, -1):
        texts = [] if clear[index] else _texts(body.lines[index])
        if below is not None and _is_caption(body, index, texts) and (clear[below] or body.tells(body.lines[below])):
            alone[index] = below
        below = index if clear[index] or texts else below
    if not alone or "unit" in body.by_field:
        return Captions(frozenset(), frozenset())
    first = clear.index(True) if True in clear else len(clear)
    inside = {index: below for index, below in alone.items() if index > first}
    at_the_top = "number" in body.by_field and len(inside) < len(alone) and len(alone) >= _FEWEST
    again = bool(inside) and all(_begins_again(body, clear, index, below) for index, below in inside.items())
    named = frozenset(index for index in alone if not _is_somebody(body.names[index])) if at_the_top or again else frozenset()
    return Captions(named, frozenset(alone) - named)


def numbered_units(body: Body, clear: Sequence[bool]) -> frozenset[int]:
    """Rows with a number and a unit's words alone ("1 | Ban Giám đốc"), where nearly everybody else has details."""
    found = frozenset(
        index
        for index, name in enumerate(body.names)
        if name[:3] in _LIKE_UNITS and clear[index] and _is_numbered_unit(name, _texts(body.lines[index]))
    )
    if not found:
        return found
    people = [index for index, is_clear in enumerate(clear) if is_clear and index not in found]
    told = sum(body.tells(body.lines[index]) for index in people)
    return found if people and told >= _NEARLY_ALL * len(people) else frozenset()


def _is_numbered_unit(name: str, texts: Sequence[str]) -> bool:
    return len(texts) == 2 and begins_like_a_unit(name) and _PERSONS_MIDDLE.isdisjoint(name.lower().split()[1:-1])


def caption_of(line: Sequence[Cell]) -> str:
    """What a row says: its longest text, or "Lớp:" together with what stands beside it."""
    texts = _texts(line)
    pair = next((text for text in titles_of([line]) if unit_of_title(text) or labelled_unit(text)), None) if len(texts) > 1 else None
    return pair or max(texts, key=len, default="")


def _texts(line: Sequence[Cell]) -> list[str]:
    return [text for cell in line if cell != "" and (text := shown(cell).strip())]


def _is_caption(body: Body, index: int, texts: Sequence[str]) -> bool:
    name = body.names[index]
    if len(texts) != 1 or not name or len(name) > _LONGEST or not name[0].isalpha():
        return False
    if closes(texts[0]) and not begins_like_a_unit(name):
        return False
    return not (_is_somebody(name) and len(name.split()) > 2)  # somebody of whom nothing else is known


def _is_somebody(text: str) -> bool:
    """Whether it is a usual name, and no unit's that folds to one ("Tổ Kế toán")."""
    return is_usual_name(text) and not begins_like_a_unit(text)


def _begins_again(body: Body, clear: Sequence[bool], index: int, below: int) -> bool:
    number = body.by_field.get("number")
    above = next(row for row in range(index - 1, -1, -1) if clear[row])
    return number is not None and begins_again(body.lines[below][number], body.lines[above][number])
