"""Pupil and staff codes: an institution's own, so their width is the column's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from app.domain.names import fold
from app.domain.numbers import is_digits, padded
from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.judges.blanks import Findings, says_nothing
from imports.judges.identity import DIGITS_GONE, ZEROS_RESTORED
from imports.judges.lengths import LONGEST_CODE, TOO_LONG, fits
from imports.values import Finding, Severity

MINISTRY_WIDTH = 10

_LONGEST_BADGE = 7
_NEARLY_ALL = 0.8
_WITH_LETTERS = re.compile(r"([A-ZĐ]{2,5})[-. ]?\d{1,7}")
_LETTERS_OF = {
    "staff_code": frozenset({"NV", "CB", "GV", "CN", "VC", "CC", "NLĐ", "NLD", "LĐ", "LD", "CBVC", "CBNV", "MNV", "MSNV", "EMP"}),
    "pupil_code": frozenset({"HS", "SV", "HV", "MSSV", "MHS"}),
}

_DIGITS_GONE = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_OF_STUDENTS = re.compile(r"\b(?:sinh vien|sv|mssv|msv|student)\b")

_NOT_WHOLE = Finding(Severity.ERROR, "not-a-code", "This is not a code. Write the code as it stands in your records.")
_PERSONAL_ID = Finding(Severity.WARNING, "looks-like-personal-id", "Twelve digits look like a số định danh. Check which number it is.")


def judge_codes(cells: Sequence[Cell], width: int | None) -> tuple[list[str | None], Findings]:
    """A column of codes. `width` is the ministry's where the heading names it; otherwise the column's text may show one."""
    width = width or width_of(cells)
    if _need_no_mending(cells, width):
        return [cell or None for cell in cells], []  # type: ignore[misc]
    zeros = width is not None and any(isinstance(cell, str) and len(cell) == width and cell[0] == "0" for cell in cells)
    judged = [judge_code(cell, width, keeps_zeros=zeros) for cell in cells]
    return [code for code, _ in judged], [(index, finding) for index, (_, finding) in enumerate(judged) if finding]


def lost_the_ministrys_zero(cells: Sequence[Cell], heading: str) -> bool:
    """Whether a column is ministry codes of which some lost their zero: nine digits, as after "01" to "08", beside ten. Nine alone are an
    institution's own, and a university's codes grow by a digit from one year to the next ("243100311", of who began in 2024)."""
    texts = [(text, isinstance(cell, str)) for cell in cells if (text := shown(cell).strip())]
    short = [text for text, _ in texts if len(text) == MINISTRY_WIDTH - 1]
    if not short or not all(is_digits(text) and len(text) in (MINISTRY_WIDTH, MINISTRY_WIDTH - 1) for text, _ in texts):
        return False
    whole = any(len(text) == MINISTRY_WIDTH and (text[0] == "0" or not was_text) for text, was_text in texts)
    has_zeros = any(len(text) == MINISTRY_WIDTH and text[0] == "0" for text, _ in texts)
    return all(text[0] in "12468" for text in short) and (has_zeros or (whole and not _OF_STUDENTS.search(fold(heading))))


def are_badges(texts: Sequence[str]) -> bool:
    """Whether all numbers under "Mã thẻ" are too short for a health card, even without its zeros."""
    longest = max(map(len, texts), default=0)
    return 0 < longest <= _LONGEST_BADGE


def owners_of(texts: Sequence[str]) -> str | None:
    """The field that codes say themselves to be of: NV0012 an employee's, HS0012 a pupil's, if nearly all do and each stands once."""
    codes = [match for text in texts if (match := _WITH_LETTERS.fullmatch(text.upper()))]
    field = next((field for field, some in _LETTERS_OF.items() if some.issuperset(match[1] for match in codes)), None)
    enough = min(len(codes), len({match[0] for match in codes})) >= _NEARLY_ALL * sum(map(bool, texts))
    return field if codes and enough else None


def _need_no_mending(cells: Sequence[Cell], width: int | None) -> bool:
    if set(map(type, cells)) != {str} or not all(map(str.isalnum, filter(None, cells))):  # type: ignore[arg-type]
        return False
    lengths = set(map(len, cells))  # type: ignore[arg-type]
    return lengths <= {0, width if width and width <= MINISTRY_WIDTH else 0} if width else max(lengths) <= MINISTRY_WIDTH


def width_of(cells: Sequence[Cell]) -> int | None:
    """The width that codes with zeros in front show, if nearly all codes written as text have it."""
    lengths = Counter(len(cell.strip()) for cell in cells if isinstance(cell, str) and is_digits(cell.strip()))
    if not lengths or not any(isinstance(cell, str) and cell.startswith("0") for cell in cells):
        return None
    width, count = lengths.most_common(1)[0]
    return width if count >= 0.9 * lengths.total() else None


def judge_code(cell: Cell, width: int | None = None, *, keeps_zeros: bool = False) -> tuple[str | None, Finding | None]:
    """One code. Zeros are put back into a number, and into text where the column's text has none left in front."""
    if says_nothing(cell):
        return None, None
    text = unicodedata.normalize("NFC", _SPACES.sub("", visible(shown(cell))))
    if _DIGITS_GONE.fullmatch(text):
        return None, DIGITS_GONE
    if (isinstance(cell, float) and not cell.is_integer()) or not any(c.isalnum() for c in text):
        return None, _NOT_WHOLE
    if not fits(text, LONGEST_CODE):
        return None, TOO_LONG
    if width and is_digits(text) and len(text) < width:
        return _short(text, width, may_have_lost_zeros=not (isinstance(cell, str) and keeps_zeros))
    if len(text) == 12 and is_digits(text) and width == MINISTRY_WIDTH:
        return text, _PERSONAL_ID
    return text, None


def _short(text: str, width: int, *, may_have_lost_zeros: bool) -> tuple[str | None, Finding]:
    if may_have_lost_zeros and len(text) >= width - 3:
        return padded(text, width), ZEROS_RESTORED
    return None, Finding(
        Severity.ERROR,
        "code-too-short",
        "The code has %(digits)s digits where the others have %(width)s. Compare it with your records.",
        (("digits", str(len(text))), ("width", str(width))),
    )
