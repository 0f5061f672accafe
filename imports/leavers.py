"""Who leaves, by an employer's report of changes: whoever stands in a section "Giảm", unless only their wages fall. They are not read, and
each is named.

The words are `sections`' alone. Who leaves is decided here, in one of two places: a section is a label above rows (`SectionsBelow`, which
`selection` takes along from row to row) or a whole sheet by its name (`set_aside`, which `reading` calls when all sheets are read)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain.names import tidy
from imports.births import Births
from imports.sections import Section, is_report, section_of, within
from imports.table_people import TablePeople
from imports.values import Finding, Problem, Severity

_LEAVER = Finding(
    Severity.WARNING,
    "leaver",
    "The row stands in a section of people who leave, so the person was not read. Whoever stays belongs in another section.",
)
_LONGEST_SHOWN = 100


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
