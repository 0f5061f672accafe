"""Two people's names in one cell: "Nguyễn Văn An và Trần Thị Bình", "Ông Trần An - Bà Lê Hoa"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.files.cells import Cell
from imports.files.signs import visible
from imports.judges.kin import is_remark
from imports.judges.usual_names import is_usual_name
from imports.words.relatives import FATHER, FATHER_MARKED, MOTHER, MOTHER_MARKED

_BETWEEN = re.compile(r"\s+(?:và|&|\+|-)\s+|\s*[–—,;/\n]\s*", re.IGNORECASE)
_MAY_BE = re.compile(r"\s(?:và|&|\+|-)\s|[–—,;/\n]", re.IGNORECASE)
_AND = re.compile(r"\s(?:và|&|\+)\s", re.IGNORECASE)
_TITLE = re.compile(r"(?:ông|bà|anh|chị)\s+(?=\S)", re.IGNORECASE)
_PARENT = re.compile(rf"\s*[(\[]\s*(?:(?:{FATHER}|{FATHER_MARKED})|(?P<mother>{MOTHER}|{MOTHER_MARKED}))\s*[)\]]", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[+\d][\d\s.]*$")
_FEWEST = 3
_LONGEST = 150

Named = tuple[str | None, str]  # father or mother, if the cell says so; the name, with the telephone behind it


def two_named(cells: Sequence[Cell]) -> dict[int, tuple[Named, Named]]:
    """Where a cell holds two usual names and nothing else. Where only a sign is between them, the second isn't shorter than three words
    unless the first is: "Trần Văn An - Hà Nội" is one."""
    if not _MAY_BE.search("|".join(cell for cell in cells if type(cell) is str)):  # mostly so, and told at once
        return {}
    return {index: two for index, cell in enumerate(cells) if type(cell) is str and (two := _two(cell))}


def _two(cell: str) -> tuple[Named, Named] | None:
    parts = _BETWEEN.split(visible(cell).strip()) if len(cell) <= _LONGEST else []
    if len(parts) != 2:
        return None
    first, second = map(_named, parts)
    if not first or not second:
        return None
    words = [len(_NUMBER.sub("", name).split()) for _, name in (first, second)]
    is_one = words[1] < _FEWEST <= words[0] and not _AND.search(cell)
    return None if is_one or is_remark(second[1]) else (first, second)


def _named(part: str) -> Named | None:
    text = _TITLE.sub("", part, count=1) if _TITLE.match(part) else part
    parent = _PARENT.search(text)
    text = _PARENT.sub("", text, count=1)
    words = _NUMBER.sub("", text).split()
    if len(words) < 2 or not is_usual_name(" ".join(words)) or not all(word[0].isupper() for word in words):
        return None
    return ("mother" if parent["mother"] else "father") if parent else None, text
