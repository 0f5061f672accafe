"""Số định danh, CMND, BHXH codes and health cards: zeros put back, lost digits named, the parts held against birth year and sex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from app.domain.numbers import (
    BHXH_CODE_WIDTH,
    CARD_WIDTH,
    OLD_ID_WIDTH,
    PERSONAL_ID_WIDTH,
    card_numbers,
    century_digits,
    is_digits,
    is_known_place,
    padded,
    personal_id_doubt,
)
from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.judges.blanks import Findings, says_nothing
from imports.values import Finding, Severity

_SEPARATORS = re.compile(r"[\s.\-/'`_]+")
_LABEL = re.compile(r"(?:SỐ|SO|SỔ|MÃ|MS|CCCD|CMND|CC|ĐDCN|BHXH|BHYT|THẺ)+:?(?=\d)")  # "Số: 0123456789"
_CARD = re.compile(r"[A-Z]{2}\d{13}")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_LOST_TO_PRECISION = 6  # so many zeros at a number's end: typed from 7.92E+10

DIGITS_GONE = Finding(
    Severity.ERROR,
    "digits-gone",
    "The number's last digits are lost: Excel had shortened it. Format the column as text and write the number again.",
)
ZEROS_RESTORED = Finding(Severity.REPAIR, "zeros-restored", "Zeros missing in front were put back.")
_NOT_12 = Finding(Severity.ERROR, "not-12-digits", "A số định danh (CCCD) has 12 digits, and this has not. Compare it with the card.")
_NOT_10 = Finding(Severity.ERROR, "not-10-digits", "A mã số BHXH has 10 digits, and this has not. Compare it with the book or card.")
_NO_CARD = Finding(
    Severity.ERROR,
    "not-a-card",
    "A health-insurance card's number has 15, 10 or 12 characters, and this has not. Compare it with the card.",
)
_CONTRADICTED = Finding(
    Severity.ERROR,
    "zeros-contradicted",
    "Digits are missing, and with zeros in front the number doesn't fit the person. Compare it with the card.",
)
_OLD_ID = Finding(Severity.WARNING, "old-id", "This is an old ID card (CMND), invalid since 2025. Ask for the 12-digit number.")
_PASSPORT_GIVEN = Finding(Severity.WARNING, "passport", "This is a passport's number. It was not kept; ask for a số định danh.")
_IS_CARD = Finding(Severity.WARNING, "card-for-code", "This is a health-insurance card's number; the BHXH code was taken from its end.")
_IS_PERSONAL_ID = Finding(Severity.WARNING, "personal-id-for-code", "This is a 12-digit số định danh, no BHXH code; it was kept as such.")
_DOUBTS = {
    "place": Finding(Severity.WARNING, "unknown-place", "The first three digits are no province and no country. Compare it with the card."),
    "birth-year": Finding(Severity.WARNING, "other-birth-year", "The birth year inside the number differs from the date. Check both."),
    "sex": Finding(Severity.WARNING, "other-sex", "The sex inside the number differs from the one given. Check both."),
}


class Written(NamedTuple):
    """A number as it stands in its cell: separators gone, capitals; `typed` is False for a number cell, which can't keep zeros."""

    text: str
    typed: bool


class Papers(NamedTuple):
    """What one cell tells: a số định danh, an old CMND, a BHXH code."""

    personal_id: str | None = None
    old_id: str | None = None
    bhxh_code: str | None = None


_NOTHING = Papers()


def written(cell: Cell) -> Written:
    typed = isinstance(cell, str)
    if not typed:
        return Written(shown(cell), typed)
    text = _SEPARATORS.sub("", visible(shown(cell))).upper()
    is_bare = text[:1].isdigit() or _CARD.fullmatch(text)  # whose letters may be those of a label: CC, MS
    return Written(text if is_bare else _LABEL.sub("", text, count=1), typed)


def all_of_width(cells: Sequence[Cell], width: int) -> bool:
    """One pass over a column that needs no mending: text, and nothing but digits of the right number."""
    return set(map(type, cells)) == {str} and set(map(len, cells)) <= {0, width} and is_digits("".join(cells) or "0")  # type: ignore[arg-type]


def keeps_zeros(cells: Sequence[Cell], width: int) -> bool:
    """Whether the column's text has kept zeros in front: then a text that is too short has lost something else."""
    return any(isinstance(cell, str) and len(cell) == width and cell[0] == "0" for cell in cells)


def judge_personal_ids(cells: Sequence[Cell], years: Sequence[int | None], sexes: Sequence[str | None]) -> tuple[list[Papers], Findings]:
    """A column of số định danh (CCCD), or of CMND and CCCD mixed."""
    zeros = keeps_zeros(cells, PERSONAL_ID_WIDTH)
    papers, findings = [], []
    for index, (cell, year, sex) in enumerate(zip(cells, years, sexes, strict=True)):
        paper, finding = judge_personal_id(cell, year, sex, keeps_zeros=zeros)
        papers.append(paper)
        if finding:
            findings.append((index, finding))
    return papers, findings


def doubtful_personal_ids(ids: Sequence[str | None], years: Sequence[int | None], sexes: Sequence[str | None]) -> Findings:
    """Warnings on twelve-digit numbers whose place, birth year or sex doesn't fit; a whole column at once."""
    fitting = {(year, sex): century_digits(year, sex) for year, sex in product(set(years), set(sexes)) if year and sex}
    expected = map(fitting.get, zip(years, sexes, strict=True))  # type: ignore[arg-type]
    suspects = [index for index, (number, digits) in enumerate(zip(ids, expected, strict=True)) if number and number[3:6] != digits]
    places = {place for place in {number[:3] for number in ids if number} if not is_known_place(place)}
    if places:
        suspects = sorted({*suspects, *(index for index, number in enumerate(ids) if number and number[:3] in places)})
    doubts = ((index, personal_id_doubt(ids[index] or "", years[index], sexes[index])) for index in suspects)
    return [(index, _DOUBTS[doubt]) for index, doubt in doubts if doubt]


def judge_personal_id(
    cell: Cell, year: int | None = None, sex: str | None = None, *, keeps_zeros: bool = False
) -> tuple[Papers, Finding | None]:
    """One cell under a heading for identity papers. `keeps_zeros`: the column's text has zeros in front, so none were lost in text."""
    if says_nothing(cell):
        return _NOTHING, None
    text, typed = written(cell)
    if _digits_are_gone(cell, text, PERSONAL_ID_WIDTH):
        return _NOTHING, DIGITS_GONE
    if not is_digits(text):
        return _NOTHING, _PASSPORT_GIVEN if _PASSPORT.fullmatch(text) else _NOT_12
    if len(text) == PERSONAL_ID_WIDTH:
        doubt = personal_id_doubt(text, year, sex)
        return Papers(text), _DOUBTS[doubt] if doubt else None
    if len(text) in (PERSONAL_ID_WIDTH - 1, PERSONAL_ID_WIDTH - 2):
        return _with_zeros(text, year, sex, likely=not (typed and keeps_zeros))
    if len(text) == OLD_ID_WIDTH or (len(text) == OLD_ID_WIDTH - 1 and not typed):
        return Papers(None, padded(text, OLD_ID_WIDTH)), _OLD_ID
    return _NOTHING, _NOT_12


def _with_zeros(text: str, year: int | None, sex: str | None, *, likely: bool) -> tuple[Papers, Finding]:
    """Eleven digits that lost their zero can be nothing else. Ten may be a BHXH code or a phone: they must fit the person."""
    number = padded(text, PERSONAL_ID_WIDTH)
    doubt = personal_id_doubt(number, year, sex)
    if doubt is None and (likely or (year and sex)):
        return Papers(number), ZEROS_RESTORED
    if likely and doubt in ("birth-year", "sex") and len(text) == PERSONAL_ID_WIDTH - 1:
        return Papers(number), _DOUBTS[doubt]
    return _NOTHING, _CONTRADICTED if likely else _NOT_12


def judge_old_id(cell: Cell) -> tuple[Papers, Finding | None]:
    """One cell under "Số CMND": nine digits; twelve are a số định danh that somebody wrote there."""
    if says_nothing(cell):
        return _NOTHING, None
    text, typed = written(cell)
    if is_digits(text) and (len(text) == OLD_ID_WIDTH or (len(text) == OLD_ID_WIDTH - 1 and not typed)):
        return Papers(None, padded(text, OLD_ID_WIDTH)), None
    return judge_personal_id(cell)


def judge_bhxh_code(cell: Cell, *, keeps_zeros: bool = False) -> tuple[Papers, Finding | None]:
    """One cell under "Mã số BHXH". A card's number or a số định danh written there is told apart by its length, and said."""
    if says_nothing(cell):
        return _NOTHING, None
    text, typed = written(cell)
    if _digits_are_gone(cell, text, BHXH_CODE_WIDTH):
        return _NOTHING, DIGITS_GONE
    if is_digits(text) and len(text) == BHXH_CODE_WIDTH:
        return Papers(None, None, text), None
    if is_digits(text) and len(text) == BHXH_CODE_WIDTH - 1 and not (typed and keeps_zeros):
        return Papers(None, None, padded(text, BHXH_CODE_WIDTH)), ZEROS_RESTORED
    card = card_numbers(text)
    if card.bhxh_code:
        return Papers(None, None, card.bhxh_code), _IS_CARD
    if card.personal_id and personal_id_doubt(card.personal_id, None, None) is None:
        return Papers(card.personal_id), _IS_PERSONAL_ID
    return _NOTHING, _NOT_10


def judge_health_card(
    cell: Cell, year: int | None = None, sex: str | None = None, *, keeps_zeros: bool = False
) -> tuple[Papers, Finding | None]:
    """One cell under "Số thẻ BHYT": 15 characters and 10 digits tell the BHXH code, 12 digits are the số định danh."""
    if says_nothing(cell):
        return _NOTHING, None
    text, typed = written(cell)
    if _digits_are_gone(cell, text, BHXH_CODE_WIDTH):
        return _NOTHING, DIGITS_GONE
    lost = is_digits(text) and not (typed and keeps_zeros)
    if lost and len(text) in (10, 11) and year and sex and personal_id_doubt(padded(text, PERSONAL_ID_WIDTH), year, sex) is None:
        return Papers(
            padded(text, PERSONAL_ID_WIDTH)
        ), ZEROS_RESTORED  # place, century, sex and year all fit: no BHXH code does that by chance
    if lost and len(text) == BHXH_CODE_WIDTH - 1:
        return Papers(None, None, padded(text, BHXH_CODE_WIDTH)), ZEROS_RESTORED
    code, number = card_numbers(text)
    if number:
        doubt = personal_id_doubt(number, year, sex)
        return Papers(number), _DOUBTS[doubt] if doubt else None
    return (Papers(None, None, code), None) if code else (_NOTHING, _NO_CARD)


def _digits_are_gone(cell: Cell, text: str, width: int) -> bool:
    """7.92E+10 as text, or as the number that Excel makes of such text: zeros to the end."""
    if isinstance(cell, str):
        return _SHORTENED.fullmatch(visible(cell).strip().replace(" ", "")) is not None
    return len(text) > CARD_WIDTH or (len(text) >= width - 2 and text.endswith("0" * _LOST_TO_PRECISION))
