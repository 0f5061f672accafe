"""Who leaves, by an employer's report of changes: whoever stands in a section "Giảm" or is marked so, unless only their wages fall. They
are not read, and each is named.

The words are `sections`' alone. Who leaves is decided here, in one of three places: a section is a label above rows (`SectionsBelow`, which
`selection` takes along from row to row), a cell of a column "Phương án" (`leaving_in`), or a whole sheet by its name (`set_aside`, which
`reading` calls when all sheets are read)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from app.domain.names import tidy
from imports.files.cells import Cell
from imports.headings.column import Column
from imports.headings.plain_headings import heading_of
from imports.people.births import Births
from imports.people.table_people import TablePeople
from imports.sheets.sections import Section, is_report, section_of, within
from imports.values import Finding, Problem, Severity

_LEAVER = Finding(
    Severity.WARNING,
    "leaver",
    "By its section or its column the row is about somebody who leaves, so the person was not read. If they stay, say so there.",
)
_LONGEST_SHOWN = 100

_WAYS = frozenset(
    tuple(words.split()) for words in ("phuong an", "phuong an tang giam", "tang giam", "loai tang giam", "bien dong", "loai bien dong")
)
_LONGEST_LEGEND = 1000
_CODE = re.compile(r"\s*[A-ZĐ]{1,3}\d?\s*")
_CODE_BESIDE = re.compile(rf"^{_CODE.pattern}[:=–-]\s*|\s*[(\[]{_CODE.pattern}[)\]]$")
_LEGEND = re.compile(rf"(?<!\w)(?P<code>[A-ZĐ]{{1,3}}\d?)\s*[:=–-]\s*(?P<said>[^;,.()\n]+?)\s*(?=[;,.()\n]|[–-]{_CODE.pattern}[:=]|$)")


def leaving_in(lines: Sequence[Sequence[Cell]], columns: Iterable[Column], legends: Callable[[], Iterable[str]]) -> frozenset[int]:
    """The rows whose cell in a column "Phương án" says that the person leaves, in words ("Giảm lao động", "GH - Giảm hẳn") or by a code
    that one of the `legends` explains; a code that none does says nothing."""
    place = next((column.index for column in columns if heading_of(column.heading.rsplit(" / ")[-1]).folded in _WAYS), None)
    if place is None:
        return frozenset()
    written = {cell for line in lines if isinstance(cell := line[place], str) and cell.strip()}
    explained = _explained(legends()) if any(map(_CODE.fullmatch, written)) else frozenset()
    leaving = {cell for cell in written if cell.strip() in explained or _says_leaving(cell)}
    return frozenset(index for index, line in enumerate(lines) if line[place] in leaving) if leaving else frozenset()


def _explained(legends: Iterable[str]) -> frozenset[str]:
    """The codes of which a legend says that they stand for leaving: "TM: Tăng mới; GH: Giảm hẳn"."""
    short = (text for text in legends if len(text) <= _LONGEST_LEGEND)
    return frozenset(found["code"] for text in short for found in _LEGEND.finditer(text) if _says_leaving(found["said"]))


def _says_leaving(text: str) -> bool:
    label = section_of(_CODE_BESIDE.sub("", text)) if len(text) <= _LONGEST_SHOWN else None
    return label is not None and label.leaves


class SectionsBelow:
    """The section that holds at a row of one sheet. `labels`: the texts of all its rows that are nobody, asked for once, where one of them
    may be a section's; `titles`: the texts above the list, which may begin a section; `of_insurance`: as for `is_report`."""

    def __init__(self, sheet: str, titles: Sequence[str], labels: Callable[[], Iterable[str]], *, of_insurance: bool) -> None:
        self.sheet, self.titles, self.labels, self.of_insurance = sheet, titles, labels, of_insurance
        self.section: Section | None = None
        self.report: bool | None = None
        for title in titles:
            self.go_below(title)

    def go_below(self, text: str) -> None:
        """The rows that follow stand below this label."""
        label = section_of(text)
        if label and (label.way or self.section):
            self.section = within(self.section, label)

    def is_section(self, text: str) -> bool:
        return section_of(text) is not None and self._is_report()

    def begins(self, text: str) -> bool:
        """Whether a section begins at this label, and not a part of one."""
        label = section_of(text)
        return label is not None and label.way is not None and self._is_report()

    def leave(self) -> bool:
        """Whether whoever stands here does."""
        return self.section is not None and self.section.leaves and self._is_report()

    def _is_report(self) -> bool:
        if self.report is None:
            texts = [*self.titles, *self.labels()]
            found = filter(None, map(section_of, texts))
            self.report = is_report(found, [self.sheet, *texts], of_insurance=self.of_insurance)
        return self.report


def set_aside(tables: Sequence[TablePeople]) -> set[str]:
    """Take the people of sheets called so out of what was read; answers the sheets' names."""
    named = [(table, label) for table in tables if (label := section_of(table.sheet))]
    leaving = [table for table, label in named if label.leaves] if is_report(label for _, label in named) else []
    for table in leaving:
        gone = {row.row for row in table.rows}
        table.problems[:] = [problem for problem in table.problems if problem.row not in gone]
        table.problems += [leaver(row.sheet, row.row, row.full_name) for row in table.rows]
        table.rows.clear()
        table.births = Births([], [])
    return {table.sheet for table in leaving}


def leaver(sheet: str, row: int, name: str) -> Problem:
    """What is said of each; `row` as Excel shows it."""
    return Problem(sheet, row, None, "row", _LEAVER.severity, tidy(name)[:_LONGEST_SHOWN], _LEAVER.code, _LEAVER.text)
