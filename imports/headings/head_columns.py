"""Columns whose headings nobody listed: known by their head words, if their values agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.numbers import card_numbers
from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.contact_persons import lists_pupils
from imports.headings.guardian_headings import GUARDIAN_ROLES
from imports.headings.head_words import CLASS_CODE, INSTITUTION, SCHOOL, by_its_head
from imports.headings.meaning import UNKNOWN, meaning
from imports.headings.name_heads import NAMES, Whose, without_whose
from imports.headings.plain_headings import Meaning
from imports.judges.blanks import says_nothing
from imports.judges.contacts import judge_emails, judge_phones
from imports.judges.identity import written
from imports.judges.lengths import LONGEST_UNIT, fits
from imports.judges.usual_names import is_usual_name
from imports.judges.words import judge_sexes
from imports.units.names import begins_like_a_unit, is_class_name, unit_of_sheet, unit_of_titles

_NEARLY_ALL, _HALF = 0.8, 0.5
_FEW = 4  # as many telephones may be one family's
_LONGEST_CODE = 7  # digits
_DIGITS = re.compile(r"\W")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d(?:-\d\d-\d\d)?")
_NUMBERED_CLASS = re.compile(r"(?:[1-9]|1[0-2])\d\d")
_CLASS_CODE = re.compile(r"(?=.{2,15}$)(?=.*\d)(?=.*[^\W\d_])[\w./-]+")
_OF_ANYBODY = frozenset({"unit", "position", "birth_date", "sex", "email"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_FOR_A_UNIT = frozenset({"co", "có", "không", "ko", "khong", "true", "false"})


def with_heads(
    columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]], titles: Sequence[str], sheet: str, whose: Whose = ()
) -> tuple[Column, ...]:
    """The columns with those named by their head words whose values, in these rows, look so. A heading that is known as a whole comes
    first: where one has values of the field, no other is guessed. `whose`: what a heading may call the listed people."""
    guessed = {
        column.index: found
        for column in columns
        if not column.meaning.field and column.meaning.why_not in ("unknown", "not-needed") and (found := _known_as(column.heading, whose))
    }
    if not guessed:
        return columns
    rows = _rows_of_people(columns, lines)
    known = {c.meaning.field for c in columns if c.meaning.field and any(line[c.index] != "" for line in rows)}
    named = []
    for column in columns:
        found = guessed.get(column.index)
        cells = [line[column.index] for line in rows if not says_nothing(line[column.index])] if found else []
        free = found and cells and found.field not in known and not _may_be_a_parents(found, column, columns)
        taken = found and free and _looks_so(found, cells) and _belongs(found, cells, columns, titles, sheet)
        named.append(replace(column, meaning=found) if found and taken else column)
    return tuple(named)


def _known_as(heading: str, whose: Whose) -> Meaning | None:
    shorter = without_whose(heading, whose)
    whole = meaning(shorter) if shorter != heading else UNKNOWN
    return whole if whole.field in _LOOKS else by_its_head(shorter)


def _may_be_a_parents(found: Meaning, column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column right of a parent's name may tell of the parent; telephones and numbers there are looked at with the others."""
    if found.rank in (SCHOOL, CLASS_CODE) or found.field not in _OF_ANYBODY:
        return False
    return any((c.meaning.field or "").partition("_")[0] in GUARDIAN_ROLES and c.index < column.index for c in columns)


def _rows_of_people(columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Rows with a name and something beside it: a row that names a unit has no more."""
    names = [column.index for column in columns if column.meaning.field in NAMES]
    return [line for line in lines if any(line[name] != "" for name in names) and sum(cell != "" for cell in line) > 2]


def _belongs(found: Meaning, cells: Sequence[Cell], columns: Sequence[Column], titles: Sequence[str], sheet: str) -> bool:
    """A whole institution is a unit only where the list is of staff, or over several of them. In a list of pupils it is where a parent
    works, unless it is a school."""
    if found.field == "parent_phone":
        return lists_pupils(columns, titles, sheet)
    if found.field != "unit" or found.rank < INSTITUTION:
        return True
    if found.rank == CLASS_CODE:
        return unit_of_titles(titles) is None and unit_of_sheet(sheet) is None
    if found.rank < SCHOOL:
        return not lists_pupils(columns, titles, sheet)
    return len(set(cells)) > 1 or not lists_pupils(columns, titles, sheet)


def _looks_so(found: Meaning, cells: Sequence[Cell]) -> bool:
    if found.rank == CLASS_CODE:
        return _are_class_codes(cells)
    looks = _LOOKS.get((found.field or "").rpartition("_")[2]) or _LOOKS.get(found.field or "")
    return looks is not None and looks(cells)


def _are_phones(cells: Sequence[Cell]) -> bool:
    """Nearly everybody's own: a telephone that comes again and again is a teacher's or an office's."""
    phones = [phone for phone in judge_phones(cells)[0] if phone]
    return len(phones) >= _NEARLY_ALL * len(cells) and (len(cells) <= _FEW or len(set(phones)) >= _NEARLY_ALL * len(phones))


def _are_mails(cells: Sequence[Cell]) -> bool:
    return sum(map(bool, judge_emails(cells)[0])) >= _NEARLY_ALL * len(cells)


def _are_sexes(cells: Sequence[Cell]) -> bool:
    return sum(map(bool, judge_sexes(cells)[0])) >= _NEARLY_ALL * len(cells)


def _are_workers_codes(cells: Sequence[Cell]) -> bool:
    """Everybody's own, and too short for a card: a branch's comes again, a number of a person's has ten digits or twelve."""
    texts = [shown(cell).strip() for cell in cells]
    codes = [text for text in texts if any(map(str.isdigit, text)) and sum(map(str.isdigit, text)) <= _LONGEST_CODE and " " not in text]
    return len(set(codes)) >= _NEARLY_ALL * len(cells)


def _have_digits(widths: range) -> Callable[[Sequence[Cell]], bool]:
    def look(cells: Sequence[Cell]) -> bool:
        numbers = [_DIGITS.sub("", shown(cell)) for cell in cells]
        return sum(number.isdigit() and len(number) in widths for number in numbers) >= _NEARLY_ALL * len(cells)

    return look


def _are_cards(cells: Sequence[Cell]) -> bool:
    numbers = (card_numbers(written(cell).text) for cell in cells)
    return sum(any(number) for number in numbers) >= _NEARLY_ALL * len(cells)


def _are_dates(cells: Sequence[Cell]) -> bool:
    return sum(_DATE.fullmatch(shown(cell).strip()) is not None for cell in cells) >= _NEARLY_ALL * len(cells)


def _are_words(cells: Sequence[Cell]) -> bool:
    """Names of places or of work: no people's names, no marks, no numbers."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    words = sum(_WORD.search(text) is not None and fits(text, LONGEST_UNIT) and text.lower() not in _NOT_FOR_A_UNIT for text in texts)
    return words >= _NEARLY_ALL * len(cells) and sum(map(_names_somebody, texts)) < _HALF * len(cells)


def _are_class_codes(cells: Sequence[Cell]) -> bool:
    """Classes as they are called ("4A1", "601"), or short codes that several share ("DCT121C5"). A grade ("6") is no class, a long number
    says nothing."""
    texts = [shown(cell).strip() for cell in cells]
    classes = sum(is_class_name(text) or _NUMBERED_CLASS.fullmatch(text) is not None for text in texts)
    codes = sum(_CLASS_CODE.fullmatch(text) is not None or is_class_name(text) for text in texts)
    are_shared = len(set(texts)) <= _HALF * len(texts) or len(texts) <= _FEW
    return classes >= _NEARLY_ALL * len(texts) or (are_shared and codes >= _NEARLY_ALL * len(texts))


def _names_somebody(text: str) -> bool:
    """ "Trường Mầm non" begins like Trương, "Tổ Hành chính" like Tô."""
    return is_usual_name(text) and not begins_like_a_unit(text) and text.split()[0].lower() != "trường"


_LOOKS = {
    "phone": _are_phones,
    "email": _are_mails,
    "sex": _are_sexes,
    "personal_id": _have_digits(range(9, 13)),
    "bhxh_code": _have_digits(range(8, 11)),
    "health_card": _are_cards,
    "birth_date": _are_dates,
    "staff_code": _are_workers_codes,
    "unit": _are_words,
    "position": _are_words,
}
