"""Labels in the row above a complete header ("Thông tin cha" over a name and a telephone), and titles that stand there and are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.domain.names import fold
from imports.files.cells import Cell, Sheet, shown
from imports.headings.beside import ENDS_IT
from imports.headings.header_rows import overlaid
from imports.headings.meaning import meaning
from imports.headings.name_heads import NAMES, may_head_names

_LONGEST_LABEL = 60
_TITLE = re.compile(r"\bngay\s*(?:\d{1,2}|[.…_]{2,})\s*thang\b|\bcong hoa\b|\bdoc lap\b|\bdanh sach\b|\bkem theo\b")


def labels_above(sheet: Sheet, header: range) -> list[str]:
    """The label above each column, each over as many columns as it is merged over; "" where there is none."""
    above = [""] * len(sheet.rows[header.start])
    if header.start == 0:
        return above
    row = header.start - 1
    headings = overlaid(sheet.rows[header.start : header.stop])
    merged = False
    for (top, left), (bottom, right) in sheet.merges:
        if top <= row == bottom and left < len(above):
            over = range(left, min(right + 1, len(above)))  # a merged cell may reach beyond the last filled column
            text = shown(sheet.rows[top][left])
            above[left : over.stop] = ["" if _is_title(text, over, headings) else text] * len(over)
            merged = True
    return above if merged else _labels_without_merges(sheet.rows[row], sheet.rows[header.start], headings)


def _is_title(text: str, over: Sequence[int], headings: Sequence[Cell]) -> bool:
    """Whether a text groups nothing: it stands over all that names the people and over most of the table, or over its running numbers
    too. A group of columns leaves the person's own name outside, or is small."""
    if _TITLE.search(fold(text)):
        return True
    fields = {place: meaning(shown(cell)).field for place, cell in enumerate(headings) if cell != ""}
    if not NAMES.intersection(fields.values()):
        fields |= {place: "full_name" for place in fields if may_head_names(shown(headings[place]))}
    inside = {fields[place] for place in over if place in fields}
    outside = {field for place, field in fields.items() if place not in over}
    if not inside & NAMES:
        return False
    return "number" in inside or (not outside & NAMES and 2 * sum(place in fields for place in over) > len(fields))


def _labels_without_merges(line: Sequence[Cell], header: Sequence[Cell], headings: Sequence[Cell]) -> list[str]:
    """The same in a file that knows no merged cells, if the row holds nothing else. A label reaches to the next, or to a heading that
    can only be the person's own."""
    texts = [shown(cell).strip() for cell in line]
    named = [text for text in texts if text]
    if not named or not all(map(_is_label, named)) or (len(named) == 1 and not (meaning(named[0]).field or "").endswith("_name")):
        return [""] * len(texts)
    labels, last = [], ""
    for text, heading in zip(texts, header, strict=True):
        last = text or ("" if meaning(shown(heading)).field in ENDS_IT - NAMES else last)
        labels.append(last)
    titles = {text for text in named if _is_title(text, _places_of(text, labels), headings)}
    return ["" if label in titles else label for label in labels]


def _places_of(text: str, labels: Iterable[str]) -> list[int]:
    return [place for place, label in enumerate(labels) if label == text]


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and (meaning(text).is_known or fold(text).startswith("thong tin"))
