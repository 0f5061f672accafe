"""What stands where a parent's or guardian's name should: a word for a relative before or behind it, or no name but a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from imports.files.cells import Cell
from imports.files.signs import visible
from imports.judges.names import NameWords
from imports.judges.usual_names import is_usual_name
from imports.values import Finding, Severity
from imports.words.relatives import (
    FATHER,
    FATHER_MARKED,
    IN_THE_PLACE_OF_PARENTS,
    MOTHER,
    MOTHER_MARKED,
    PARENTS,
    RELATIVE_IN_BRACKETS,
    RELATIVES,
    REMARKS,
    TITLES,
    parent_of,
)

_LONGEST = 100
_WORD = rf"(?P<kin>{IN_THE_PLACE_OF_PARENTS}|{RELATIVES})|(?P<title>{TITLES})"
_FIRST = re.compile(rf"(?:{_WORD})(?P<sign>\s*[:–-]\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_WORD})\s*[:.]?", re.IGNORECASE)
_LAST = re.compile(rf"(?P<name>.*\S)\s*[(\[]\s*{RELATIVE_IN_BRACKETS}\s*[)\]]", re.IGNORECASE)
_REMARK = re.compile(rf"(?<!\w)(?:{REMARKS})(?!\w)", re.IGNORECASE)
_FEWEST = 3  # words of a name that a lone "Bà" stands before: people called Ông or Chu may have two more
_SHORT = 3  # letters that tell nearly all other words from these
_BEGINNINGS = frozenset(
    f"{word}{sign}"[:_SHORT]
    for pattern in (FATHER, FATHER_MARKED, MOTHER, MOTHER_MARKED, "họ|tên", IN_THE_PLACE_OF_PARENTS, RELATIVES, TITLES)
    for word in re.findall(r"[^\W\d_]+", pattern.replace(r"\s", " "))
    for sign in ("", *" :.,-–(")
)
_REMARK_WORDS = frozenset(re.findall(r"[^\W\d_]+", REMARKS))

KIN_BESIDE = Finding(
    Severity.REPAIR, "relative-beside-name", "A word such as Ông nội or Cô stood beside the name or alone; it was taken to say who that is."
)
NO_NAME = Finding(
    Severity.WARNING, "remark-for-name", "No name stands here but a remark, so it was left out. Write who the parent or guardian is."
)


class Kin(NamedTuple):
    """`relation`: guardian, father or mother, or None where the word is only a title. `name`: what is left."""

    relation: str | None
    name: str


def places_with_kin(cells: Sequence[Cell]) -> list[int]:
    """Where a word for a parent or another relative may stand before or behind a name: a look that costs next to nothing, before closer
    ones."""
    return [
        index
        for index, cell in enumerate(cells)
        if type(cell) is str and cell and (cell[:_SHORT].lower() in _BEGINNINGS or cell[-1] in ")]" or not cell[0].isalpha())
    ]


def kin_of(cell: str) -> Kin | None:
    """ "Bà ngoại: Lê Hoa", "Chú Lê Văn Tư", "Lê Hoa (dì)", or "Mẹ" alone; None where no word for a relative stands there for sure."""
    text = " ".join(visible(cell).split()) if len(cell) <= _LONGEST else ""
    if parent := parent_of(text):
        return Kin(parent, "")
    if match := _ALONE.fullmatch(text):
        return Kin("guardian" if match["kin"] else None, "")
    if match := _FIRST.fullmatch(text):
        words, is_usual = len(match["name"].split()), is_usual_name(match["name"])
        if match["sign"].strip() or (is_usual and (words >= _FEWEST or " " in (match["kin"] or ""))):
            return Kin("guardian" if match["kin"] else None, match["name"])
    match = _LAST.fullmatch(text)
    return Kin("guardian", match["name"]) if match else None


def shares_its_first_word(cell: str, name: str) -> bool:
    """Whether a cell begins as the child is called: "Ông Đăng Khang", father of "Ông Gia Bảo", has no title. "Ông:" is one."""
    first, child = (visible(text[:_LONGEST]).lower().split(maxsplit=1)[:1] for text in (cell, name))
    return bool(first) and first == child


def is_remark(text: str) -> bool:
    """Whether a text says how things are instead of who: "ở với bà", "Đi làm xa"; also of a parent who is named and has died."""
    return _REMARK.search(visible(text)) is not None


def without_kin(cells: Sequence[Cell], places: Sequence[int], role: str) -> tuple[Sequence[Cell], dict[int, str | None]]:
    """A column of names without such words, and whom they say where there were any. `role` is the heading's, `places` where to look."""
    found = {index: kin for index in places if (kin := kin_of(str(cells[index])))}
    relations = {}
    named = list(cells) if found else cells
    for index, (relation, name) in found.items():
        if relation not in PARENTS or role not in PARENTS.keys() - {relation}:
            named[index], relations[index] = name, relation  # type: ignore[index]
    return named, relations


def remarks_among(names: Sequence[str], written: Sequence[Cell], words: NameWords) -> list[int]:
    """Where a column of names, tidy and as written, has none: by what is said there, or in small letters where others write large ones."""
    telling = {word for word in words if word.strip("().,;:").lower() in _REMARK_WORDS}
    found = set()
    if telling:
        found = {i for i, cell in enumerate(written) if type(cell) is str and not telling.isdisjoint(cell.split()) and is_remark(cell)}
    if any(word[:1].islower() for word in words):
        low = {i for i, cell in enumerate(written) if type(cell) is str and cell.lstrip()[:1].islower()}
        if 2 * len(low) <= sum(map(bool, names)):
            found |= {index for index in low if not is_usual_name(names[index])}
    return sorted(index for index in found if names[index])
