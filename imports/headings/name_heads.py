"""The column of names where no heading is known as one: "Họ và tên" with words that nobody listed ("Họ tên khách hàng", "Họ và tên
CNV"), unless they name another person and if the values are names. What those words call people, other headings may say too
("Ngày sinh của khách hàng")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.meaning import UNKNOWN, meaning
from imports.headings.plain_headings import LONGEST_HEADING, PUPILS, Meaning, heading_of
from imports.judges.usual_names import is_usual_name

NAMES = frozenset({"full_name", "given_name"})
Whose = tuple[tuple[str, ...], ...]  # words for the listed people, folded

_HEADS = (("ho", "va", "ten"), ("ho", "ten"), ("ho", "dem", "va", "ten"), ("ho", "chu", "dem", "va", "ten"), ("ten",))
_OTHERS = frozenset(  # folded words of which one names another person than whoever is listed, or no person
    "con chau vo chong npt cha me bo ong ba phu than ho gvcn nhiem truong giam doc thu ly trach dien lap ky pho ke toan ty don vi to "
    "chuc doanh nghiep lop quan ngan tai khoan huong thua lanh thieu khac goi xa thon khai cap nhan anh dem lot tieng viet tat thuong chi "
    "nhanh dau thuc theo kiem duyet nop khu vuc duong quay xe may lh lien lac bao tin".split()
)
_OF_THE_LISTED = tuple(  # although one of those words is in it
    tuple(words.split())
    for words in (
        "quy anh chi", "anh chi", "nhan su", "nhan vien", "nhan cong", "nhan khau", "benh nhan", "cong nhan", "quan nhan", "cong chuc",
        "vien chuc", "lai xe", "ho dan", "nguoi huong", "to vien",
    )
)  # fmt: skip
_ASKED: Whose = (("quy", "thay", "co"), ("thay", "co"), ("quy", "anh", "chi"), ("anh", "chi"), ("ban",))  # whoever answers a form
_NEARLY_ALL, _HALF = 0.8, 0.5


def may_head_names(text: str) -> bool:
    """Whether an unknown heading begins like one of names and names nobody else."""
    rest = _rest(text)
    return rest is not None and not meaning(text).field and _names_nobody_else(rest)


def heads_names(text: str) -> bool:
    """Whether a heading is one of names, or may be."""
    return meaning(text).field in NAMES or may_head_names(text)


def with_names(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[tuple[Column, ...], Whose]:
    """The columns with such a one named where there is no other, and what it calls the people. A blank column of names gives way."""
    columns = _without_blank(columns, lines)
    if any(column.meaning.field in NAMES for column in columns):
        # where pupils are listed, parents are asked
        return columns, () if any(map(_names_pupils, columns)) else tuple(("cua", *words) for words in _ASKED)
    found = [column for column in columns if may_head_names(column.heading)]
    if len(found) != 1:
        return columns, ()
    (at,) = found
    field = _field_of(at, columns, lines)
    if field is None:
        return columns, ()
    rest = _rest(at.heading) or ()
    whose = (rest[1:] if rest[:1] == ("cua",) else rest,)
    named = tuple(replace(column, meaning=Meaning(field, None, 1), why="values") if column is at else column for column in columns)
    return tuple(_of_the_same(column, whose) for column in named), whose


def without_whose(text: str, whose: Whose) -> str:
    """A heading without the words for the listed people; as it is where it has none of them."""
    if not whose:
        return text
    heading = heading_of(text)
    for words in whose:
        size = len(words)
        for place in range(len(heading.folded) - size + 1 if size else 0):
            if heading.folded[place : place + size] == words:
                start = place - 1 if place and heading.folded[place - 1] == "cua" else place
                return " ".join(heading.written[:start] + heading.written[place + size :])
    return text


def _of_the_same(column: Column, whose: Whose) -> Column:
    shorter = without_whose(column.heading, whose) if column.meaning == UNKNOWN else column.heading
    return replace(column, meaning=meaning(shorter)) if shorter != column.heading and shorter else column


def _rest(text: str) -> tuple[str, ...] | None:
    """What follows "Họ và tên"; None for a heading that doesn't begin so."""
    words = heading_of(text).folded if len(text) <= LONGEST_HEADING else ()
    head = next((head for head in _HEADS if words[: len(head)] == head and len(words) > len(head)), None)
    return words[len(head) :] if head else None


def _names_nobody_else(rest: tuple[str, ...]) -> bool:
    words = rest
    for phrase in _OF_THE_LISTED:
        for place in range(len(words) - len(phrase) + 1):
            if words[place : place + len(phrase)] == phrase:
                words = words[:place] + words[place + len(phrase) :]
                break
    return _OTHERS.isdisjoint(words)


def _names_pupils(column: Column) -> bool:
    words = f" {' '.join(heading_of(column.heading).folded)} "
    return column.meaning.field in NAMES and (PUPILS.search(words) is not None or words.endswith((" con ", " em ")))


def _field_of(at: Column, columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> str | None:
    texts = [shown(line[at.index]).strip() for line in lines if line[at.index] != ""]
    beside = any(column.meaning.field == "family_name" for column in columns)
    is_bare = heading_of(at.heading).folded[0] == "ten"
    if is_bare and beside:
        return "given_name" if texts and sum(text.isalpha() for text in texts) >= _NEARLY_ALL * len(texts) else None
    enough = (_NEARLY_ALL if is_bare else _HALF) * len(texts)
    return "full_name" if texts and sum(map(is_usual_name, texts)) >= enough else None


def _without_blank(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """A column of names without any, which a form adds by itself, is none where there is another."""
    names = [column for column in columns if column.meaning.field in NAMES or may_head_names(column.heading)]
    blank = [column for column in names if column.meaning.field == "full_name" and not any(line[column.index] != "" for line in lines)]
    if not blank or not lines or len(blank) == len(names):
        return columns
    return tuple(replace(column, meaning=Meaning(None, "not-needed")) if column in blank else column for column in columns)
