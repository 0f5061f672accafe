"""Which rows of a sheet are people: not blank ones, repeated headers, totals, signatures, nor rows that name a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.names import fold, tidy
from imports.cells import Cell, Sheet, letters_of, shown
from imports.judges.names import NameWords, odd_names, tidy_names
from imports.judges.words import judge_unit
from imports.layout import Layout
from imports.units import begins_like_a_unit, is_ordinal, unit_of_group_row
from imports.values import Finding, Problem, Severity

_TOTAL = re.compile(
    r"(?:tổng|cộng)(?:\s|:|$)|(?:tong cong|tong so|tong|cong)\s*(?::|\d|$)|(?:tong cong|tong so)\b|danh sách (?:này|trên|có|gồm)"
    r"|ấn định|bằng chữ|ghi chú|lưu ý|sĩ số|nam\s*:|nữ\s*:|trong đó"
)
_SIGNATURE = re.compile(
    r"người lập|nguoi lap|hiệu trưởng|hieu truong|giám đốc|thủ trưởng|\(?ký[,\s]|ký tên|đóng dấu|xác nhận|nơi nhận|kế toán trưởng|chủ nhiệm"
    r"|ngày\s+(?:\d{1,2}|[.…_]*)\s*tháng|người kiểm|trưởng phòng|tm\.|kt\."
)
_DIGITS = re.compile(r"\d")
_COUNTS = re.compile(r"\d+\s*[.)]?")

_NO_NAME = Finding(Severity.ERROR, "name-missing", "The row has a person's details but no name. Write the full name, or delete the row.")
_UNCLEAR = Finding(
    Severity.WARNING,
    "unclear-row",
    "The row was not read: it has a text of its own and none of a person's details. Check whether somebody is meant.",
)


@dataclass(slots=True)
class Selection:
    """The people's rows: places (0-based in the sheet), tidy names, the unit of the group each stands in; and what else was found."""

    rows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    odd: set[int] = field(default_factory=set)  # places in `names` with unusual words
    groups: list[str | None] | None = None
    problems: list[Problem] = field(default_factory=list)


class Body:
    """A sheet's rows below the header, with what is needed to tell people from the rest."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout = sheet, layout
        self.lines = sheet.rows[layout.first_row :]
        self.fields = {c.index: c.meaning.field for c in layout.columns if c.meaning.field}
        self.by_field = {name: index for index, name in reversed(self.fields.items())}
        self.telling = [
            i for i, name in self.fields.items() if name not in _NAMES | {"number", "unit", "sex", "is_male", "is_female", "position"}
        ]
        self.words = NameWords()
        self.names = self._names()
        self.counted = self._counted()

    def _names(self) -> list[str]:
        parts = {name: self._tidy(name) for name in ("full_name", "family_name", "middle_name", "given_name") if name in self.by_field}
        if {"full_name", "given_name"} <= parts.keys():  # "Họ và tên" beside "Tên": the given name said again, or the rest of the name
            again = sum(f" {full}".endswith(f" {given}") for full, given in zip(parts["full_name"], parts["given_name"], strict=True))
            if 2 * again > len(self.lines):
                return parts["full_name"]
        if len(parts) == 1:
            return next(iter(parts.values()))
        return [" ".join(filter(None, pieces)) for pieces in zip(*parts.values(), strict=True)]

    def _tidy(self, field: str) -> list[str]:
        index = self.by_field[field]
        return tidy_names([line[index] for line in self.lines], self.words)

    def _counted(self) -> list[bool]:
        """Rows with what only people have: a running number, or in sheets without one, a date or digits beside the name."""
        number = self.by_field.get("number")
        if number is not None:
            cells = [line[number] for line in self.lines]
            counted = [True] * len(cells) if set(map(type, cells)) <= {int, float} else list(map(_is_count, cells))
            if 2 * sum(counted) >= sum(map(bool, self.names)):
                return counted
        return [self.tells(line) for line in self.lines]

    def tells(self, line: Sequence[Cell]) -> bool:
        return any(_is_telling(line[index]) for index in self.telling)


_NAMES = frozenset({"full_name", "family_name", "middle_name", "given_name"})


def _is_count(cell: Cell) -> bool:
    return type(cell) is float or type(cell) is int or (type(cell) is str and _COUNTS.fullmatch(cell.strip()) is not None)


def _is_telling(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _DIGITS.search(cell) is not None or "@" in cell
    return isinstance(cell, (date, int, float)) and (not isinstance(cell, (int, float)) or abs(cell) >= 1000)


def select(sheet: Sheet, layout: Layout) -> Selection:
    """Sort a sheet's rows. Rows with a usual name and a number are people at once; only the others are looked at closely."""
    body = Body(sheet, layout)
    odd = odd_names(body.names, body.words)
    clear = [bool(name) and counted for name, counted in zip(body.names, body.counted, strict=True)]
    for index in odd:  # without running numbers a total may look like a name; and a name of digits alone is none in any sheet
        clear[index] = clear[index] and "number" in body.by_field and _may_be_name(body.names[index])
    selection = Selection()
    if all(clear):
        taken: Sequence[int] = range(len(body.lines))
        selection.names = body.names
    else:
        taken = _look_closely(body, clear, selection)
        selection.names = [body.names[index] for index in taken]
    selection.rows = [layout.first_row + index for index in taken]
    selection.odd = {place for place, index in enumerate(taken) if index in odd} if odd else set()
    return selection


def _look_closely(body: Body, clear: list[bool], selection: Selection) -> list[int]:
    taken: list[int] = []
    groups: list[str | None] = []
    group, closing = None, False
    last = max((index for index, is_clear in enumerate(clear) if is_clear), default=-1)
    for index, line in enumerate(body.lines):
        kind = "person" if clear[index] else _kind(body, index, line, after=index > last, closing=closing)
        if kind == "person":
            taken.append(index)
            groups.append(group)
            closing = False
        elif kind == "group":
            group, finding = judge_unit(unit_of_group_row(_label(line)))
            if finding:
                selection.problems.append(_problem(body, index, line, finding))
        elif kind == "closing":
            closing = True
        elif kind in ("nameless", "unclear"):
            selection.problems.append(_problem(body, index, line, _NO_NAME if kind == "nameless" else _UNCLEAR))
    selection.groups = groups if group is not None and "unit" not in body.by_field else None
    return taken


def _kind(body: Body, index: int, line: Sequence[Cell], *, after: bool, closing: bool) -> str:
    """What a row is that isn't plainly a person. `after`: below the last plain one; `closing`: since a total or signature."""
    filled = [(place, text) for place, cell in enumerate(line) if (text := shown(cell).strip())]
    if not filled or _repeats_header(body.layout, line):
        return "nothing"
    first = tidy(next((text for _, text in filled if not _COUNTS.fullmatch(text)), "")).lower()
    name, tells = body.names[index], body.tells(line)
    if _TOTAL.match(first) or (_SIGNATURE.search(first) and not tells):
        return "closing"
    if name and _may_be_name(name) and (tells or (body.counted[index] and not closing)):
        return "person"
    if after and closing:
        return "nothing"
    if _is_label(body, index, filled):
        return "nothing" if after else "group"
    named = name and _may_be_name(name) and any(place in body.fields and body.fields[place] not in _NAMES for place, _ in filled)
    if named and not closing:
        return "person"
    if not name and tells:
        return "nameless"
    only_number = all(body.fields.get(place) == "number" for place, _ in filled)
    return "nothing" if after or only_number or not any(c.isalpha() for _, text in filled for c in text) else "unclear"


def _repeats_header(layout: Layout, line: Sequence[Cell]) -> bool:
    cells = [fold(shown(cell)) for cell in line]
    return any(sum(cell == heading != "" for cell, heading in zip(cells, header, strict=True)) >= 2 for header in layout.headers)


def _may_be_name(name: str) -> bool:
    return any(c.isalpha() for c in name) and not name[0].isdigit() and ":" not in name


def _is_label(body: Body, index: int, filled: list[tuple[int, str]]) -> bool:
    """One text alone (a numeral or a small count beside it): in a merged cell, away from the names, or worded like a unit."""
    texts = [(place, text) for place, text in filled if not is_ordinal(text) and not re.fullmatch(r"\d{1,3}", text)]
    if len(texts) != 1 or len(filled) > 3:
        return False
    place, text = texts[0]
    if not any(c.isalpha() for c in text):
        return False
    row = body.layout.first_row + index
    merged = any(top == row and left <= place and right - left >= 2 for (top, left), (_, right) in body.sheet.merges)
    numbered = len(filled) > 1 and is_ordinal(filled[0][1])
    return merged or numbered or body.fields.get(place) not in _NAMES or begins_like_a_unit(text)


def _label(line: Sequence[Cell]) -> str:
    return max((shown(cell) for cell in line), key=len)


def _problem(body: Body, index: int, line: Sequence[Cell], finding: Finding) -> Problem:
    row = body.layout.first_row + index
    text = "" if finding is _NO_NAME else tidy(_label(line))[:100]
    names = [place for place, name in body.fields.items() if name in _NAMES]
    column, name = (letters_of(min(names)), "full_name") if finding is _NO_NAME else (None, "row")
    return Problem(body.sheet.name, row + 1, column, name, finding.severity, text, finding.code, finding.text, finding.params)
