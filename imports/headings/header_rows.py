"""Which rows are a sheet's header: the row that names people and something about them, with one or two more that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from imports.files.cells import Cell, shown
from imports.files.limits import MAX_HEADER_ROW
from imports.headings.head_words import by_its_head
from imports.headings.meaning import meaning
from imports.headings.name_heads import NAMES, may_head_names
from imports.headings.plain_headings import Meaning

_TELLING = frozenset({"family_name", "middle_name", "birth_date", "sex", "is_male", "is_female", "unit", "position"}) | {
    "personal_id", "old_id", "bhxh_code", "health_card", "pupil_code", "staff_code", "phone", "email",
}  # fmt: skip
_ROWS_TO_COMPARE = 4  # a better header stands close below a row that only looks like one
_MOST_ROWS = 3
_FEWEST_BY_HEAD = 3  # headings that are known beside one that may be of names

Line = Sequence[Cell]


def find_header(rows: Sequence[Line]) -> range | None:
    """The header's rows, or None where no row of the first ones is one."""
    return _find(rows, _known, 1) or _find(rows, _known_by_head, _FEWEST_BY_HEAD - 1)


def _find(rows: Sequence[Line], known_in: Callable[[Line], int], best_known: int) -> range | None:
    best = None
    fields: dict[str | None, int] = {}
    for index, line in enumerate(rows[:MAX_HEADER_ROW]):
        if best is not None and (index > best + _ROWS_TO_COMPARE or begins_the_list(fields, line)):
            break
        known = known_in(line)
        if known > best_known:
            best, best_known = index, known
            fields = {meaning(cell).field: place for place, cell in enumerate(line) if isinstance(cell, str)}
    if best is None:
        return None
    top = next((row for row in range(max(0, best - _MOST_ROWS + 1), best) if _completes(rows[row : best + 1])), best)
    return header_from(rows, top, best)


def header_from(rows: Sequence[Line], top: int, known_to: int | None = None) -> range:
    """The header that begins in row `top`: as many rows below as belong to it."""
    below = (top if known_to is None else known_to) + 1
    while below < min(len(rows), top + _MOST_ROWS) and _is_lower_header(overlaid(rows[top:below]), rows[below]):
        below += 1
    return range(top, below)


def names_people(line: Line) -> bool:
    """Whether a row could be a header by itself."""
    return _known(line) > 1 or _known_by_head(line) >= _FEWEST_BY_HEAD


def begins_the_list(fields: Mapping[str | None, int], line: Line) -> bool:
    """Whether a row lists somebody below a header with these fields: a name, and something with digits where the header tells of people."""
    named = any(line[place] != "" for field, place in fields.items() if field in NAMES | {"family_name"})
    told = (shown(line[place]) for field, place in fields.items() if field in _TELLING - {"unit", "position"})
    return named and any(any(sign.isdigit() for sign in text) for text in told)


def overlaid(lines: Sequence[Line]) -> list[Cell]:
    """Several rows as one, the lower ones covering what stands above them."""
    covered: list[Cell] = list(lines[0])
    for line in lines[1:]:
        covered = [lower if lower != "" else upper for upper, lower in zip(covered, line, strict=True)]
    return covered


def spread(upper: Line, lower: Line) -> list[str]:
    """The upper header's text over every column that has a lower heading: a merged cell has its text in its first column only."""
    above, last = [], ""
    for top, sub in zip(upper, lower, strict=True):
        last = shown(top) if top != "" else last
        above.append(last if sub != "" else shown(top))
    return above


def _known(line: Line) -> int:
    """How many headings a row knows, if a name is among them. "Tên" alone may name anything ("Mã, Tên" of a look-up sheet)."""
    texts = [cell for cell in line if isinstance(cell, str) and cell.strip()]
    meanings = list(map(meaning, texts))
    fields = {m.field for m in meanings}
    if not fields & NAMES or ("full_name" not in fields and not fields & _TELLING):
        return 0
    return sum(m.is_known or by_its_head(text) is not None for m, text in zip(meanings, texts, strict=True))


def _known_by_head(line: Line) -> int:
    """The same, if no heading is one of names but one may be."""
    texts = [cell for cell in line if isinstance(cell, str) and cell.strip()]
    if len(texts) < _FEWEST_BY_HEAD or not any(map(may_head_names, texts)):
        return 0
    meanings = list(map(meaning, texts))
    if not {one.field for one in meanings} & _TELLING:
        return 0
    return 1 + sum(one.field is not None for one in meanings)


def _completes(lines: Sequence[Line]) -> bool:
    """Whether the first of these rows heads columns that are blank below it: the lower half of a header often knows more headings."""
    lower = overlaid(lines[1:])
    if not all(_is_lower_header(overlaid(lines[:place]), lines[place]) for place in range(1, len(lines))):
        return False
    return any(top != "" and sub == "" and meaning(shown(top)).field for top, sub in zip(lines[0], lower, strict=True))


def _is_lower_header(top: Line, sub: Line) -> bool:
    """Whether the row below the header belongs to it. A first person's row must not: its cells name nothing, or hold digits."""
    filled = [(index, cell) for index, cell in enumerate(sub) if cell != ""]
    if not filled or any(not isinstance(cell, str) for _, cell in filled):
        return False
    above = spread(top, sub)
    means = {index: meaning(str(cell), above[index]) for index, cell in filled}
    if any(any(c.isdigit() for c in str(cell)) and not means[index].is_known for index, cell in filled):
        return False
    if any(meaning(shown(top[index])).field in {*NAMES, "number"} and not _names_a_part(means[index], str(cell)) for index, cell in filled):
        return False
    known = [index for index, found in means.items() if found.is_known or by_its_head(str(sub[index]))]
    return any(top[index] == "" for index in known) and len(known) >= 0.6 * len(filled)


def _names_a_part(found: Meaning, text: str) -> bool:
    return {found.field, meaning(text).field} & {"family_name", "middle_name", "given_name"} != set()
