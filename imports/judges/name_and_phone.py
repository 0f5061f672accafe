"""A cell in which somebody's name and telephone stand together: what of it is which."""

from __future__ import annotations

import re
from typing import NamedTuple

from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.judges.blanks import says_nothing
from imports.judges.contacts import BETWEEN_TWO
from imports.judges.usual_names import is_usual_name
from imports.words.relatives import FATHER, FATHER_MARKED, MOTHER, MOTHER_MARKED, RELATIVE, RELATIVE_IN_BRACKETS

_NUMBER = re.compile(r"[(\[]?\+?\(?\d[\d\s.\-()–]*\d[)\]]?")
_FEWEST_DIGITS = 6  # fewer are no telephone, not even one with digits missing
_LABEL = r"(?:số\s+)?(?:sđt|sdt|đtdđ|dtdd|đt|dt|điện thoại|dien thoai|di động|tel|phone|mobile|zalo|số)"
_LABELS = re.compile(rf"^{_LABEL}\b[\s.:]*|(?:^|(?<=[\s(:,\-–])){_LABEL}[\s.:]*$", re.IGNORECASE)
_PARENT = re.compile(
    r"(?:^|(?<=[\s;,/|.\-–()]))(?:(?:họ (?:và )?)?tên\s+)?"
    rf"(?:{FATHER}|{FATHER_MARKED}(?=\s*:)|(?P<mother>{MOTHER}|{MOTHER_MARKED}(?=\s*:)))(?:\s*[:.\-–]\s*|\s+)",
    re.IGNORECASE,
)
_PARENT_LAST = re.compile(
    rf"(.*\S)\s*[(\[–-]\s*(?:(?:{FATHER}|{FATHER_MARKED})|(?P<mother>{MOTHER}|{MOTHER_MARKED}))\s*[)\]]?([\s\d.]*)", re.IGNORECASE
)
_RELATIVE_FIRST = re.compile(rf"{RELATIVE}\s*:\s*(.*\S)", re.IGNORECASE)
_RELATIVE_LAST = re.compile(rf"(.*\S)\s*[(\[]\s*{RELATIVE_IN_BRACKETS}\s*[)\]]([\s\d.]*)", re.IGNORECASE)
_BESIDE = " \t\r\n-–—:;,./|+&"
_LONGEST = 300


class Parted(NamedTuple):
    """`texts` are what is left beside the numbers, in the cell's order; a whole cell that is too long is one text."""

    texts: tuple[str, ...]
    numbers: tuple[str, ...]


def parted(cell: Cell) -> Parted:
    if says_nothing(cell):
        return Parted((), ())
    text = visible(shown(cell)).strip()
    if len(text) > _LONGEST:
        return Parted((text,), ())
    texts: list[str] = []
    numbers: list[str] = []
    for line in text.splitlines():
        for piece in BETWEEN_TWO.split(" ".join(line.split())):
            found = [match for match in _NUMBER.finditer(piece) if sum(map(str.isdecimal, match[0])) >= _FEWEST_DIGITS]
            numbers += [match[0] for match in found]
            ends = [0, *(place for match in found for place in match.span()), len(piece)]
            texts += filter(None, (_bare(piece[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True)))
    return Parted(tuple(texts), tuple(numbers))


def by_parent(cell: Cell) -> tuple[tuple[str, str], ...]:
    """ "Bố: Lê An 0912…; Mẹ Hồ Hoa 0987…": father and mother, and what is said of each. Nothing where a text begins otherwise, or names
    one of them twice."""
    text = visible(cell).strip() if type(cell) is str and len(cell) <= _LONGEST else ""
    found = list(_PARENT.finditer(text))
    parents = ["mother" if match["mother"] else "father" for match in found]
    if not found or text[: found[0].start()].strip(_BESIDE) or len(set(parents)) < len(parents):
        return ()
    ends = [*(match.start() for match in found[1:]), len(text)]
    said = [text[match.end() : end].strip(_BESIDE) for match, end in zip(found, ends, strict=True)]
    if _may_be_family(found[0][0], said[0]):
        return ()
    return tuple(zip(parents, said, strict=True)) if all(said) else ()


def _may_be_family(word: str, said: str) -> bool:
    """Whether "Cha" is the family name of a person: "Cha Văn Khê", but not "Cha: Văn Khê" nor "Cha Trần Hải"."""
    name = _NUMBER.split(said, maxsplit=1)[0].strip(_BESIDE)
    return word[:3].lower() == "cha" and not word[3:].strip() and len(name.split()) > 1 and not is_usual_name(name)


def guardian_named(cell: str) -> tuple[str, str] | None:
    """Father, mother or guardian, and the rest, of a text that says whom it names: "Mẹ: Lê Hoa", "Lê Hoa (mẹ)", "Lê Hoa (bà ngoại)"."""
    text = " ".join(visible(cell).split()) if len(cell) <= _LONGEST else ""
    if match := _RELATIVE_FIRST.fullmatch(text) or _RELATIVE_LAST.fullmatch(text):
        return "guardian", " ".join(match.groups()).strip()
    parents = by_parent(cell)
    if len(parents) == 1:
        return parents[0]
    match = _PARENT_LAST.fullmatch(text)
    return ("mother" if match["mother"] else "father", f"{match[1]} {match[3]}".strip()) if match else None


def _bare(text: str) -> str:
    """A text without signs at its ends, half a pair of brackets, and words such as "SĐT"."""
    while True:
        bare = _LABELS.sub("", text.strip(_BESIDE)).strip(_BESIDE).lstrip(")]").rstrip("([")
        if bare[:1] in ("(", "[") and (bare[-1:] in (")", "]") or not set(bare) & set(")]")):
            bare = bare[1:]
        if bare[-1:] in (")", "]") and not set(bare) & set("(["):
            bare = bare[:-1]
        if bare == text:
            return bare
        text = bare
