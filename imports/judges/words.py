"""Sex, unit and position: columns of few distinct words, each word looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter

from app.domain.names import fold, tidy
from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.judges.blanks import Findings
from imports.judges.dittos import written_out
from imports.judges.lengths import LONGEST_POSITION, LONGEST_UNIT, TOO_LONG, fits
from imports.values import Finding, Severity
from imports.words.vocabulary import CHILD_WORDS

Judge = Callable[[Cell], tuple[str | None, Finding | None]]

_SEXES = {
    "nam": "male", "m": "male", "male": "male", "1": "male", "trai": "male",
    "nu": "female", "f": "female", "female": "female", "0": "female", "2": "female", "gai": "female",
    "t": "male", "g": "female", "boy": "male", "girl": "female", "♂": "male", "♀": "female",
    "ong": "male", "anh": "male", "mr": "male", "ba": "female", "chi": "female", "ms": "female", "mrs": "female",
}  # fmt: skip
_USUAL = {code: sex for code, sex in _SEXES.items() if code.isdigit()}
_PARTS = re.compile(r"[\W_]+")
_MARKED = frozenset("x|1|true|co|yes|y|v|+|*|✓|✔|√|☑|☒".split("|"))
_NOT_MARKED = frozenset("|0|false|khong|ko|-|no".split("|"))  # "N" is neither: it may be Nữ as well as No

_NOT_A_SEX = Finding(Severity.ERROR, "not-a-sex", "The sex can't be told from this. Write Nam or Nữ.")
_TWO_SEXES = Finding(Severity.ERROR, "two-sexes", "Both Nam and Nữ are marked. Mark only one of them.")


def judge_sexes(cells: Sequence[Cell], legend: Mapping[str, str] | None = None) -> tuple[list[str | None], Findings]:
    """A column Giới tính: Nam, Nữ, M, F, T (trai), G (gái), 1, 0; or how somebody is addressed: Ông, Bà, Mr, Ms. `legend`: what somebody
    wrote of its numbers. B beside G is a boy."""
    if {"B", "G"} <= set(map(shown, set(cells))):
        legend = {**(legend or _USUAL), "b": "male"}
    return _each_once(cells, lambda cell: judge_sex(shown(cell), legend))


def judge_sex(text: str, legend: Mapping[str, str] | None = None) -> tuple[str | None, Finding | None]:
    word = fold(visible(text)).strip(" .")
    if legend and (word.isdigit() or word in legend):
        return (legend[word], None) if word in legend else (None, _NOT_A_SEX)
    if word and word not in _SEXES:  # "Bé trai", "Giới tính: Nữ"
        word = " ".join(one for one in word.replace(":", " ").split() if one not in CHILD_WORDS) or word
    if word and word not in _SEXES:
        word = _said_twice(word)
    return (_SEXES.get(word), None) if word in _SEXES or not word else (None, _NOT_A_SEX)


def codes_among(cells: Sequence[Cell]) -> dict[Cell, str]:
    """The cells of a column of sexes that hold a number, each with it."""
    words = {cell: visible(shown(cell)).strip(" .") for cell in set(cells) if cell != ""}
    return {cell: word for cell, word in words.items() if len(word) == 1 and word.isdigit()}


def usual_legend(codes: Iterable[str]) -> dict[str, str]:
    """What these numbers mean where nobody says what they mean."""
    return {code: _USUAL[code] for code in codes if code in _USUAL}


def _said_twice(word: str) -> str:
    """ "Nữ/Female", "Nam (M)": one sex in two languages, or by its letter. Numbers say nothing more: "Nam 2" may be the second of them."""
    parts = [part for part in _PARTS.split(word) if part and part not in CHILD_WORDS]
    agree = len({_SEXES.get(part) for part in parts}) == 1 and not any(map(str.isdigit, parts))
    return parts[0] if agree else word


def judge_marks(male: Sequence[Cell] | None, female: Sequence[Cell] | None) -> tuple[list[str | None], Findings]:
    """Columns Nam and Nữ with an x. Where there is only one of them, blank is the other sex, unless the column has no mark at all."""
    count = len(male if male is not None else female or ())
    men, men_odd = _marks(male, "nam", "nu")
    women, women_odd = _marks(female, "nu", "nam")
    findings: Findings = [(index, _NOT_A_SEX) for index in sorted(men_odd | women_odd)]
    if male is None or female is None:
        marked, sex, other = (women, "female", "male") if male is None else (men, "male", "female")
        sexes: list[str | None] = [sex if index in marked else other for index in range(count)] if marked else [None] * count
    else:
        sexes = ["male" if index in men else "female" if index in women else None for index in range(count)]
        findings += [(index, _TWO_SEXES) for index in sorted(men & women)]
    for index, _ in findings:
        sexes[index] = None
    return sexes, findings


def _marks(cells: Sequence[Cell] | None, own: str, other: str) -> tuple[set[int], set[int]]:
    """Where a mark stands, and where something that is neither a mark nor a blank."""
    if cells is None:
        return set(), set()
    words = {cell: fold(visible(shown(cell))).strip(" .") for cell in set(cells)}
    marked = {cell for cell, word in words.items() if word in _MARKED or word == own}
    odd = {cell for cell, word in words.items() if cell not in marked and word not in _NOT_MARKED and word != other}
    return ({i for i, cell in enumerate(cells) if cell in marked}, {i for i, cell in enumerate(cells) if cell in odd} if odd else set())


def judge_units(cells: Sequence[Cell]) -> tuple[list[str | None], Findings]:
    return _each_once(cells, judge_unit, dashes=True)


def judge_positions(cells: Sequence[Cell]) -> tuple[list[str | None], Findings]:
    return _each_once(cells, judge_position, dashes=True)


def judge_unit(cell: Cell) -> tuple[str | None, Finding | None]:
    return _judge_word(cell, LONGEST_UNIT)


def judge_position(cell: Cell) -> tuple[str | None, Finding | None]:
    return _judge_word(cell, LONGEST_POSITION)


def _judge_word(cell: Cell, longest: int) -> tuple[str | None, Finding | None]:
    if isinstance(cell, (date, timedelta)):
        return None, Finding(
            Severity.ERROR, "became-a-date", "Excel turned this into a date. Format the column as text and write it again, like 5/3."
        )
    text = tidy(visible(shown(cell)))
    if not fits(text, longest):
        return None, TOO_LONG
    return text or None, None


def _each_once(cells: Sequence[Cell], judge: Judge, *, dashes: bool = False) -> tuple[list[str | None], Findings]:
    """What was judged once for each word, put where the word stands."""
    cells, dittos = written_out(cells, dashes=dashes)
    known = {cell: judge(cell) for cell in set(cells)}
    values = {cell: value for cell, (value, _) in known.items()}
    odd = {cell: finding for cell, (_, finding) in known.items() if finding}
    findings = [(index, odd[cell]) for index, cell in enumerate(cells) if cell in odd] if odd else []
    return list(map(values.__getitem__, cells)), sorted(findings + dittos, key=itemgetter(0)) if dittos else findings
