"""The minutes of handing signed forms over to the office, as a PDF to print and sign twice (laid out as Nghị định 30/2020 wants it)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import orjson
import typst

from app.exports.text import clean

TITLE = "Biên bản bàn giao tờ khai đăng ký sử dụng ứng dụng VssID"
_TEMPLATE = Path(__file__).with_suffix(".typ")
_TO_FILL_IN = "." * 12
_LONGEST_WORD, _LONGEST_LINE = 16, 30  # characters; what is longer is broken
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One person's form. `birth` is a day or a year as it is written; `left` says how many days are left until `due_on`; `taken_out` is why
    the form left the batch, None where it is handed over."""

    name: str
    birth: str
    unit: str | None
    guardian: str | None
    file_number: str | None
    declared_on: date | None
    due_on: date | None
    left: str | None
    taken_out: str | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say. `number` is the batch's; `institution` gives and `agency` receives; `as_of` is a worded line."""

    number: int
    institution: str
    institution_above: str | None
    agency: str
    on: date
    place: str | None
    campaign: str
    given_by: str
    given_by_position: str | None
    received_by: str | None
    note: str | None
    forms: tuple[FormLine, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table. Dates are as wide as dates are; columns of text share what is left."""

    heading: str
    value: Callable[[FormLine], str]
    shares: bool = True


_NAME = _Column("Họ và tên", lambda form: clean(form.name))
_BIRTH = _Column("Ngày sinh", lambda form: clean(form.birth), shares=False)
_UNIT = _Column("Lớp/đơn vị", lambda form: _said(form.unit))
_COLUMNS = (
    _NAME,
    _BIRTH,
    _UNIT,
    _Column("Người\ngiám hộ", lambda form: _said(form.guardian)),
    _Column("Số hồ sơ", lambda form: _said(form.file_number)),
    _Column("Ngày\nkê khai", lambda form: _day(form.declared_on), shares=False),
    _Column("Hạn nộp", lambda form: _due(form), shares=False),
)
_COLUMNS_OF_TAKEN_OUT = (_NAME, _BIRTH, _UNIT, _Column("Lý do rút lại", lambda form: _said(form.taken_out)))


@dataclass(frozen=True, slots=True)
class _PrintedColumn:
    """`share` is the column's part of the width that is left, 0 for one that takes what it needs."""

    heading: str
    share: int


@dataclass(frozen=True, slots=True)
class _PrintedTable:
    columns: list[_PrintedColumn]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the template is given: text only, and all of it as data, so nothing that people wrote is read as markup."""

    title: str
    number: str
    institution: str
    institution_capitals: str
    above_capitals: str
    agency: str
    day: str
    place: str
    campaign: str
    given_by: str
    given_by_position: str
    received_by: str
    note: list[str]
    count: str
    count_in_words: str
    handed_over: _PrintedTable
    taken_out: _PrintedTable
    as_of: str


def pdf(minutes: Minutes) -> bytes:
    """The same minutes give the same bytes: no time of making stands in them."""
    data = orjson.dumps(_printed(minutes)).decode()
    return typst.compile(_template(), format="pdf", font_paths=_fonts(), sys_inputs={"minutes": data})


def official_day(on: date) -> str:
    """A day as official papers write it: days below 10 and the months 1 and 2 with a zero, so that nothing can be put before them."""
    return f"ngày {on.day:02} tháng {on.month:0{2 if on.month < 3 else 1}} năm {on.year}"


def in_words(number: int) -> str:
    """A count below a million, written out so that it can't be altered."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _hundreds(rest)
    words = f"{_hundreds(thousands)} nghìn"
    return f"{words} {_hundreds(rest, after_thousands=True)}" if rest else words


def _printed(minutes: Minutes) -> _Printed:
    handed_over = [form for form in minutes.forms if form.taken_out is None]
    taken_out = [form for form in minutes.forms if form.taken_out is not None]
    return _Printed(
        title=TITLE,
        number=str(minutes.number),
        institution=clean(minutes.institution),
        institution_capitals=_capitals(minutes.institution),
        above_capitals=_capitals(minutes.institution_above),
        agency=clean(minutes.agency),
        day=official_day(minutes.on),
        place=_said(minutes.place) or _TO_FILL_IN,
        campaign=clean(minutes.campaign),
        given_by=clean(minutes.given_by),
        given_by_position=_said(minutes.given_by_position),
        received_by=_said(minutes.received_by),
        note=list(filter(None, map(clean, (minutes.note or "").splitlines()))),
        count=f"{len(handed_over):02}",
        count_in_words=in_words(len(handed_over)),
        handed_over=_table(_COLUMNS, handed_over),
        taken_out=_table(_COLUMNS_OF_TAKEN_OUT, taken_out),
        as_of=clean(minutes.as_of),
    )


def _table(columns: Sequence[_Column], forms: Sequence[FormLine]) -> _PrintedTable:
    """No column is spent on what nobody has."""
    values = {column: [column.value(form) for form in forms] for column in columns}
    used = [column for column in columns if any(values[column])]
    return _PrintedTable(
        columns=[_PrintedColumn(column.heading, _share(column, values[column])) for column in used],
        rows=[[values[column][row] for column in used] for row in range(len(forms))],
    )


def _share(column: _Column, values: Sequence[str]) -> int:
    """Wide enough that no word is broken and a text takes two lines, wherever its words end; within reason."""
    if not column.shares:
        return 0
    texts = (*values, column.heading)
    word = max(len(word) for text in texts for word in text.split())
    return max(min(word, _LONGEST_WORD), min(max(map(len, texts)) * 3 // 5, _LONGEST_LINE))


def _due(form: FormLine) -> str:
    return "\n".join(filter(None, (_day(form.due_on), f"({clean(form.left)})" if form.left else "")))


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""


def _capitals(name: str | None) -> str:
    """The last two syllables stay together: mostly they are the name."""
    return "\u00a0".join(_said(name).upper().rsplit(maxsplit=1))


def _said(text: str | None) -> str:
    return clean(text or "")


def _hundreds(number: int, *, after_thousands: bool = False) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not after_thousands:
        return _tens(rest)
    words = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return words
    return f"{words} linh {_DIGITS[rest]}" if rest < 10 else f"{words} {_tens(rest)}"


def _tens(number: int) -> str:
    """After tens one and five have words of their own."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not ones:
        return words
    last = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{words} {last}"


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Found once, because to search the system takes longer than to set a hundred forms. The typesetter brings one of its own, so a server
    need not have any."""
    return typst.Fonts()
