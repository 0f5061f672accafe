"""What a row below the header is: a person, a group's name, the header again, a total, a signature, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.domain.names import fold, tidy
from imports.files.cells import Cell, Sheet, shown
from imports.headings.guardian_headings import GUARDIAN_ROLES as ROLES
from imports.judges.names import NameWords, tidy_names
from imports.judges.usual_names import is_usual_name
from imports.sheets.hints import is_hint
from imports.sheets.layout import Layout, numbers_the_columns
from imports.sheets.sections import section_of
from imports.units.departments import labelled_in, labelled_unit
from imports.units.names import begins_like_a_unit, is_class_name, is_ordinal, unit_of_title

_TOTAL = re.compile(
    r"(?:tổng|cộng)(?:\s|:|$)|(?:tong cong|tong so|tong|cong)\s*(?::|\d|$)|(?:tong cong|tong so)\b|danh sách (?:này|trên|có|gồm)"
    r"|ấn định|bằng chữ|ghi chú|lưu ý|sĩ số|nam\s*:|nữ\s*:|trong đó"
)
_SIGNATURE = re.compile(
    r"người lập|nguoi lap|hiệu trưởng|hieu truong|giám đốc|thủ trưởng|\(?ký[,\s]|ký tên|đóng dấu|xác nhận|nơi nhận|kế toán trưởng|chủ nhiệm"
    r"|ngày\s+(?:\d{1,2}|[.…_]*)\s*tháng|người kiểm|trưởng phòng|tm\.|kt\."
)
_EXAMPLE = re.compile(r"(?:ví dụ|vd|vi du|mẫu|example|ex)(?:\s*\d{1,2})?\s*[.:]?")
NAME_PARTS = frozenset({"full_name", "family_name", "middle_name", "given_name"})
_FEWEST_CONTINUED = 2
_NEARLY_ALL = 0.8
_NUMBERED_NAME = re.compile(r"\d{1,4}[.)]\s?[^\W\d]")
_DIGITS = re.compile(r"\d")
# How names begin that are none, by three letters.
_LIKE_COUNTS = frozenset(("Tổn", "Sĩ ", "Tro", "Số ", "Học", "Hs ", "Trẻ", "Chá", "Lao", "Nam", "Nữ", "Nữ ", "Dân", "Con", "Hộ "))
_OF_COUNTS = re.compile(
    r"(?:tổng (?:số|cộng)|sĩ số|trong đó|số (?:lượng|học sinh|hs|trẻ|người|nam|nữ|lao động)"
    r"|(?:học sinh|hs|trẻ(?: em)?|cháu|lao động) (?:nam|nữ|trai|gái|dân tộc|khuyết tật|nghèo|con|diện|mới|chuyển|hiện))\b"
)
_PERHAPS_COUNTS = re.compile(
    r"(?:nam|nữ)(?: (?:dân tộc|học sinh|dtts))?|dân tộc(?: thiểu số)?|hộ (?:nghèo|cận nghèo)|con (?:thương binh|liệt sĩ)"
)
_COUNTS = re.compile(r"\d+\s*[.)]?")


class Body:
    """A sheet's rows below the header, with what is needed to tell people from the rest."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout = sheet, layout
        self.lines = sheet.rows[layout.first_row : layout.end]
        columns = sorted(layout.columns, key=lambda column: column.meaning.rank)
        self.fields = {c.index: c.meaning.field for c in columns if c.meaning.field}
        self.by_field = {name: index for index, name in reversed(self.fields.items())}
        self.telling = [
            i for i, name in self.fields.items() if name not in NAME_PARTS | {"number", "unit", "sex", "is_male", "is_female", "position"}
        ]
        self.beneath: set[int] = set()  # numbered rows of another table below the list
        self.counts: set[int] = set()  # numbered rows that count people
        self.captions: frozenset[int] = frozenset()  # rows that name the unit of those below by where they stand
        self.perhaps_captions: frozenset[int] = frozenset()
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
            if all(counted) or 2 * sum(counted) >= sum(map(self.tells, self.lines)):
                return counted
        return [self.tells(line) for line in self.lines]

    def tells(self, line: Sequence[Cell]) -> bool:
        return any(_is_telling(line[index]) for index in self.telling)


def _is_count(cell: Cell) -> bool:
    return type(cell) is float or type(cell) is int or (type(cell) is str and _COUNTS.fullmatch(cell.strip()) is not None)


def _is_telling(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _DIGITS.search(cell) is not None or "@" in cell
    return isinstance(cell, (date, int, float)) and (not isinstance(cell, (int, float)) or abs(cell) >= 1000)


def kind_of(body: Body, index: int, line: Sequence[Cell], *, after: bool, closing: bool) -> str:
    """What a row is that isn't plainly a person. `after`: below the last plain one; `closing`: since a total or signature.

    "person", "group" (or a title), "header", "numbers" (of the columns), "example", "total", "signature", "below" (a text under the list),
    "nameless" (a person without a name), "unclear", or "nothing".
    """
    filled = [(place, text) for place, cell in enumerate(line) if (text := shown(cell).strip())]
    if not filled:
        return "nothing"
    if repeats_header(body.layout, line):
        return "header"
    if numbers_the_columns(line) or _is_hint(body, index, line):
        return "numbers"
    first = tidy(next((text for _, text in filled if not _COUNTS.fullmatch(text)), "")).lower()
    name, tells = body.names[index], body.tells(line)
    if _EXAMPLE.fullmatch(first):
        return "example"
    if index in body.captions or _is_board(body, index, filled, after=after):
        return "group"
    if _TOTAL.match(first):
        return "total"
    if _SIGNATURE.search(first) and not tells:
        return "signature"
    if index in body.beneath or index in body.counts:
        return "total" if index in body.counts else "unclear"
    if not tells and section_of(first) and sum(not _COUNTS.fullmatch(text) and not is_ordinal(text) for _, text in filled) == 1:
        return "below" if after else "group"
    if name and may_be_name(name) and (tells or (body.counted[index] and not closing)):
        return "person"
    if after and closing:
        return "below"
    if _is_label(body, index, filled):
        return "below" if after else "group"
    named = name and may_be_name(name) and any(place in body.fields and body.fields[place] not in NAME_PARTS for place, _ in filled)
    if named and not closing:
        return "person"
    if not name and tells:
        return "nameless"
    if closing and index not in body.perhaps_captions:
        return "signature"  # who signs, between two tables
    only_number = all(body.fields.get(place) == "number" for place, _ in filled)
    if only_number or not any(c.isalpha() for _, text in filled for c in text):
        return "nothing"
    return "below" if after else "unclear"


def beneath(body: Body, clear: Sequence[bool]) -> set[int]:
    """Numbered rows below the list that tell of nobody: counts ("1 | Học sinh nam | 15") and remarks. They begin again at a smaller number,
    behind something that is nobody, where nearly everybody above has details; a usual name is somebody all the same."""
    number = body.by_field.get("number")
    last = next((index for index in range(len(clear) - 1, -1, -1) if clear[index] and body.tells(body.lines[index])), None)
    if number is None or last is None or all(clear[last:]):
        return set()
    gap = clear.index(False, last)
    below = [index for index in range(gap, len(clear)) if clear[index]]
    if not below or not begins_again(body.lines[below[0]][number], body.lines[gap - 1][number]):
        return set()
    people = [index for index in range(last + 1) if clear[index]]
    if sum(body.tells(body.lines[index]) for index in people) < _NEARLY_ALL * len(people):
        return set()
    return {index for index in below if not is_usual_name(body.names[index]) or _TOTAL.match(body.names[index].lower())}


def counts(body: Body, clear: Sequence[bool]) -> set[int]:
    """Numbered rows that count people ("1 | Tổng số HS | 35", "2 | Nữ | 17") wherever they stand. Words that may be a name by themselves
    count so only below another such row, or where the numbers begin again."""
    found: set[int] = set()
    number = body.by_field.get("number")
    if number is None:
        return found
    for index, name in enumerate(body.names):
        if name[:3] not in _LIKE_COUNTS or not clear[index]:
            continue
        again = index > 0 and (index - 1 in found or begins_again(body.lines[index][number], body.lines[index - 1][number]))
        if _OF_COUNTS.match(name.lower()) or (again and _PERHAPS_COUNTS.fullmatch(name.lower())):
            found.add(index)
    return found


def begins_again(first: Cell, last: Cell) -> bool:
    again, before = (re.match(r"\d{1,9}", shown(cell).strip()) for cell in (first, last))
    return again is not None and before is not None and int(again[0]) <= int(before[0])


def continued(body: Body, clear: Sequence[bool]) -> set[int]:
    """Rows that only name another parent of the person above, where at least half of the people have such a row."""
    found: set[int] = set()
    for index, is_clear in enumerate(clear):
        if not is_clear and index and (clear[index - 1] or index - 1 in found) and _only_guardians(body, index):
            found.add(index)
    begun = sum(index - 1 not in found for index in found)
    return found if begun >= _FEWEST_CONTINUED and 2 * begun >= sum(clear) else set()


def _only_guardians(body: Body, index: int) -> bool:
    """Whether a row tells of guardians alone; what is merged over several rows stands in each."""
    line, above = body.lines[index], body.lines[index - 1]
    filled = {
        place: text for place, name in body.fields.items() if (text := shown(line[place]).strip()) and not _shared(name, line, above, place)
    }
    fields = {body.fields[place].partition("_") for place in filled}
    told = any(role in ROLES and part in ("name", "phone", "contact") for role, _, part in fields)
    return told and all(role in ROLES or role == "relation" for role, _, _ in fields) and not any(map(closes, filled.values()))


def _shared(field: str, line: Sequence[Cell], above: Sequence[Cell], place: int) -> bool:
    return line[place] == above[place] and field.partition("_")[0] not in ROLES


def closes(text: str) -> bool:
    return (_TOTAL.match(text.lower()) or _SIGNATURE.search(text.lower())) is not None


def may_be_name(name: str) -> bool:
    """Whether it is worth being judged as a name; a formula is, so that it is said what is wrong with it."""
    return name.startswith("=") or (any(c.isalpha() for c in name) and _begins_like_a_name(name) and ":" not in name)


def _begins_like_a_name(name: str) -> bool:
    return not name[0].isdigit() or _NUMBERED_NAME.match(name) is not None


def repeats_header(layout: Layout, line: Sequence[Cell]) -> bool:
    cells = [fold(shown(cell)) for cell in line]
    return any(sum(cell == heading != "" for cell, heading in zip(cells, header, strict=True)) >= 2 for header in layout.headers)


def _is_hint(body: Body, index: int, line: Sequence[Cell]) -> bool:
    """Whether a row below the header that came again says how to fill it in."""
    names = {place for place, name in body.fields.items() if name in NAME_PARTS}
    return index > 0 and repeats_header(body.layout, body.lines[index - 1]) and is_hint(line, names, body.by_field.get("number"))


def _is_board(body: Body, index: int, filled: list[tuple[int, str]], *, after: bool) -> bool:
    """Whether "Ban Giám đốc" in a row by itself names a unit, and not who signs above a signature and a name."""
    text = filled[0][1]
    if after or len(filled) > 1 or not begins_like_a_unit(text) or not _SIGNATURE.search(text.lower()):
        return False
    below = next((row for row in range(index + 1, len(body.lines)) if any(cell != "" for cell in body.lines[row])), None)
    if below is None or body.counted[below] or body.tells(body.lines[below]):
        return True
    return not any(closes(shown(cell)) for cell in body.lines[below]) and not is_usual_name(body.names[below])


def _is_label(body: Body, index: int, filled: list[tuple[int, str]]) -> bool:
    """One text alone (a numeral, a small count or its label beside it): in a merged cell, away from the names, or worded like a unit."""
    if len(filled) == 2 and any(labelled_unit(pair) or unit_of_title(pair) for pair in labelled_in([text for _, text in filled])):
        return True
    texts = [(place, text) for place, text in filled if not is_ordinal(text) and not re.fullmatch(r"\d{1,3}", text)]
    if len(texts) != 1 or len(filled) > 3:
        return False
    place, text = texts[0]
    if not any(c.isalpha() for c in text):
        return False
    row = body.layout.first_row + index
    merged = any(top == row and left <= place and right - left >= 2 for (top, left), (_, right) in body.sheet.merges)
    numbered = len(filled) > 1 and is_ordinal(filled[0][1])
    return merged or numbered or body.fields.get(place) not in NAME_PARTS or begins_like_a_unit(text) or is_class_name(text)
