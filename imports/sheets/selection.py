"""Which rows of a sheet are people, in which group each stands, and what was skipped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from app.domain.names import tidy
from imports.files.cells import Cell, Sheet, letters_of, shown
from imports.judges.names import odd_names
from imports.judges.usual_names import is_usual_name
from imports.judges.words import judge_unit
from imports.people.leavers import SectionsBelow, leaver, leaving_in
from imports.people.parents_below import ParentRow, parents_in
from imports.sheets.captions import caption_of, captions, numbered_units, titles_between
from imports.sheets.layout import Layout
from imports.sheets.row_kinds import NAME_PARTS, Body, beneath, continued, counts, kind_of, may_be_name
from imports.sheets.sections import LIKE_SECTIONS, section_of
from imports.units.departments import label_and_unit, labelled_unit
from imports.units.names import (
    is_ordinal,
    names_a_kind,
    says_it_is_a_unit,
    unit_key,
    unit_of_group_row,
    unit_of_sheet,
    unit_of_title,
    unit_of_titles,
)
from imports.values import Finding, Problem, Severity

_NO_NAME = Finding(Severity.ERROR, "name-missing", "The row has a person's details but no name. Write the full name, or delete the row.")
_UNCLEAR = Finding(
    Severity.WARNING,
    "unclear-row",
    "The row was not read: it has a text of its own and none of a person's details. Check whether somebody is meant.",
)
_SAME_UNIT = Finding(
    Severity.WARNING,
    "title-without-unit",
    "The titles above this row name no class or department. The people below were taken for the one above; check that.",
)
_NO_GROUP = re.compile(
    r"\W*(?:gvcn|gv chủ nhiệm|giáo viên chủ nhiệm|năm học|niên kh|học kỳ|sĩ số|trường|sở|phòng gd|phòng giáo dục|ubnd"
    r"|cộng hòa|cộng hoà|độc lập|trang (?:số )?\d+|mang sang|tiếp theo)\b",
    re.IGNORECASE,
)
_ONLY_A_LABEL = re.compile(r"(?:.*:|lớp|\d{1,2}/\d{1,2}/\d{4})$", re.IGNORECASE)
_LONGEST_LABEL = 80
_OF_INSURANCE = frozenset(("bhxh_code", "health_card"))


@dataclass(slots=True)
class Selection:
    """The people's rows: places (0-based in the sheet), tidy names, the unit of the group each stands in; and what else was found."""

    rows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    odd: set[int] = field(default_factory=set)  # places in `names` with unusual words
    groups: list[str | None] | None = None
    more: list[tuple[int, int]] = field(default_factory=list)  # rows with further guardians, and whose in `rows`
    parents: list[ParentRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)  # by kind, the rows as Excel numbers them


def select(sheet: Sheet, layout: Layout) -> Selection:
    """Sort a sheet's rows. Rows with a usual name and a number are people at once; only the others are looked at closely."""
    body = Body(sheet, layout)
    odd = odd_names(body.names, body.words)
    clear = [bool(name) and counted for name, counted in zip(body.names, body.counted, strict=True)]
    for index in odd:  # without running numbers a total may look like a name; and a name of digits alone is none in any sheet
        clear[index] = clear[index] and "number" in body.by_field and may_be_name(body.names[index])
    for index, name in enumerate(body.names):
        if name[:3] in LIKE_SECTIONS and clear[index] and section_of(name) and not body.tells(body.lines[index]):
            clear[index] = False
    body.counts = counts(body, clear)
    for index in body.counts:
        clear[index] = False
    numbered = numbered_units(body, clear)
    for index in numbered:
        clear[index] = False
    parents = parents_in(body)
    for index in parents:
        clear[index] = False
    selection = Selection()
    if not all(clear):
        body.beneath = beneath(body, clear)
        for index in body.beneath:
            clear[index] = False
        units, body.perhaps_captions = captions(body, clear)
        body.captions = numbered | units | titles_between(body, clear)
    leaving = leaving_in(body.lines, layout.columns, lambda: [*layout.titles, *_texts_of_nobody(body, clear)])
    if all(clear) and not leaving and not any((section := section_of(title)) and section.leaves for title in layout.titles):
        taken: Sequence[int] = range(len(body.lines))
        selection.names = body.names
    else:
        taken = _Closely(body, clear, selection, parents, leaving).taken()
        selection.names = [body.names[index] for index in taken]
    selection.rows = [layout.first_row + index for index in taken]
    selection.odd = {place for place, index in enumerate(taken) if index in odd} if odd else set()
    return selection


def _texts_of_nobody(body: Body, clear: Sequence[bool]) -> Iterator[str]:
    """What rows say that aren't plainly a person's, with the numeral beside it."""
    for line, is_clear in zip(body.lines, clear, strict=True):
        if not is_clear:
            first = next((text for cell in line if (text := shown(cell).strip())), "")
            yield f"{first} {caption_of(line)}" if is_ordinal(first) else caption_of(line)


class _Closely:
    """A look at every row that isn't plainly a person, from the top: what stands between two people may name a group."""

    def __init__(
        self, body: Body, clear: list[bool], selection: Selection, parents: dict[int, tuple[str, str]], leavers: frozenset[int]
    ) -> None:
        self.body, self.clear, self.selection, self.parents, self.leavers = body, clear, selection, parents, leavers
        self.group: str | None = None
        self.labels: list[int] = []  # rows that may name a group, since the last person
        self.unclear: set[int] = set()
        self.closing = False  # a total or signature came since the last person
        self.signed = False  # a signature did
        self.header: int | None = None  # so did the header again
        self.begun = False  # somebody was found
        of_insurance = not _OF_INSURANCE.isdisjoint(body.by_field)
        self.sections = SectionsBelow(
            body.sheet.name, body.layout.titles, partial(_texts_of_nobody, body, clear), of_insurance=of_insurance
        )
        self.kinds_below = False  # a kind of people stood right below a unit
        self.in_section = False  # the group is named below a section's label
        self.leaving = False  # the last person was one who leaves
        self.named_above = bool(unit_of_titles(body.layout.titles)) or unit_of_sheet(body.sheet.name) is not None
        self.whole: str | None = None  # what "Đơn vị:" names above the list, where it is no unit but the institution
        self._look_at_labelled()

    def _look_at_labelled(self) -> None:
        """ "Đơn vị: Phòng Kế toán" above the first headings names a unit where above further ones another is named so."""
        above = next((found for title in self.body.layout.titles if (found := label_and_unit(title))), None)
        if above is None:
            return
        label, unit = above
        titles = (label_and_unit(caption_of(self.body.lines[index])) for index in self.body.captions)
        if any(title and title[0] == label and unit_key(title[1]) != unit_key(unit) for title in titles):
            self.group = judge_unit(unit)[0]
        else:
            self.whole = unit

    def taken(self) -> list[int]:
        taken: list[int] = []
        groups: list[str | None] = []
        last = max((index for index, is_clear in enumerate(self.clear) if is_clear), default=-1)
        more = continued(self.body, self.clear)
        for index, line in enumerate(self.body.lines):
            if self.leaving and (index in more or index in self.parents):
                continue
            if index in more:
                self.selection.more.append((self.body.layout.first_row + index, len(taken) - 1))
                self.selection.skipped.setdefault("more", []).append(self.body.layout.first_row + index + 1)
                continue
            if index in self.parents and taken:
                self.selection.parents.append(ParentRow(self.body.layout.first_row + index, len(taken) - 1, *self.parents[index]))
                self.selection.skipped.setdefault("more", []).append(self.body.layout.first_row + index + 1)
                continue
            kind = "person" if self.clear[index] else kind_of(self.body, index, line, after=index > last, closing=self.closing)
            if kind == "person":
                if self.labels or self.header is not None or self.closing:
                    self._begin_group()
                self.begun = True
                self.leaving = index in self.leavers or self.sections.leave()
                if self.leaving:
                    row = self.body.layout.first_row + index + 1
                    self.selection.problems.append(leaver(self.body.sheet.name, row, self.body.names[index]))
                    continue
                taken.append(index)
                groups.append(self.group)
            elif kind != "nothing":
                self._pass_by(index, line, kind)
        self.selection.groups = groups if any(groups) and "unit" not in self.body.by_field else None
        return taken

    def _pass_by(self, index: int, line: Sequence[Cell], kind: str) -> None:
        if kind in ("nameless", "unclear"):
            self._found(index, _NO_NAME if kind == "nameless" else _UNCLEAR)
            if index in self.body.perhaps_captions:
                self.group = None  # it may name another unit than the one above
            return
        if kind == "numbers":  # above the first person, what stands between them and the header belongs to it
            above = [] if self.begun else self.labels
            self.labels = self.labels if self.begun else []
            self.selection.skipped.setdefault("header", []).extend(self.body.layout.first_row + row + 1 for row in [*above, index])
            return
        self.closing = self.closing or kind in ("total", "signature")
        self.signed = self.signed or kind == "signature"
        if kind == "group":
            self.labels.append(index)
        elif kind == "header":
            self.header = index
        if kind != "group":
            self.selection.skipped.setdefault(kind, []).append(self.body.layout.first_row + index + 1)

    def _begin_group(self) -> None:
        """Say what unit the people below stand in, by the rows since the last person."""
        texts = {index: caption_of(self.body.lines[index]) for index in self.labels}
        in_section = self.sections.section is not None
        for text in texts.values():
            self.sections.go_below(text)
        begins = max((index for index, text in texts.items() if self.sections.begins(text)), default=None)
        unit, row = self._unit_of(texts)
        if unit is not None:
            self.in_section = in_section if begins is None else begins < row
            self.group, finding = judge_unit(unit)
            if finding:
                self._found(row, finding)
        elif self.header is not None and self._is_new_title(texts.values()) and "unit" not in self.body.by_field:
            self._found(self.header, _SAME_UNIT)
        if unit is None and begins is not None and self.in_section:
            self.group = None
        self._look_at_kinds([index for index, text in texts.items() if names_a_kind(text)], None if unit is None else row)
        kind = "group" if self.header is None else "title"
        for index in self.labels:
            if index in self.unclear:
                continue
            self.selection.skipped.setdefault(kind, []).append(self.body.layout.first_row + index + 1)
        self.labels, self.header, self.closing, self.signed = [], None, False, False

    def _look_at_kinds(self, kinds: list[int], unit: int | None) -> None:
        """Kinds of people ("Hợp đồng") stand below units or beside them: where none stood right below a unit, they end the one above."""
        if kinds and unit is not None:
            self.kinds_below = self.kinds_below or kinds[-1] > unit
        elif kinds and self.group is not None and not self.kinds_below:
            self.group = None
            self.unclear.add(kinds[-1])
            self._found(kinds[-1], _UNCLEAR)

    def _unit_of(self, texts: dict[int, str]) -> tuple[str | None, int]:
        """A class that a title names; else what is worded or numbered like a unit; else, where nothing else names one, any label."""
        for index, text in texts.items():
            unit = unit_of_title(text)
            if unit:
                return unit, index
        labels = {index: text for index, text in texts.items() if not self._names_no_group(text)}
        for index, text in reversed(labels.items()):
            numbered = is_ordinal(next(filled for c in self.body.lines[index] if (filled := shown(c).strip())))
            if (numbered or says_it_is_a_unit(text)) and not names_a_kind(text):
                self._say_below(index, labels)
                return unit_of_group_row(text), index
        if self.header is not None:
            return None, 0
        if self.signed:  # a signer's name, or the unit of those below
            unread = [index for index, text in labels.items() if not is_usual_name(text)]
            if unread and self.group is not None:
                self.group = None
                self.unclear.add(unread[-1])
                self._found(unread[-1], _UNCLEAR)
            return None, 0
        for index, text in reversed(labels.items()):
            if not self.named_above and len(text) <= _LONGEST_LABEL:
                return unit_of_group_row(text), index
            self.unclear.add(index)
            self._found(index, _UNCLEAR)
        return None, 0

    def _names_no_group(self, text: str) -> bool:
        whole = self.whole is not None and labelled_unit(text) == self.whole
        kind = names_a_kind(text) and not self.named_above
        return whole or kind or any(no_name.match(text) for no_name in (_ONLY_A_LABEL, _NO_GROUP)) or self.sections.is_section(text)

    def _say_below(self, taken: int, labels: Iterable[int]) -> None:
        """What stands between the label that was taken and its people may name their unit more closely."""
        if self.header is None and not self.closing:
            for index in labels:
                if index > taken:
                    self.unclear.add(index)
                    self._found(index, _UNCLEAR)

    def _is_new_title(self, texts: Iterable[str]) -> bool:
        titles = set(self.body.layout.titles)
        return any(tidy(text) not in titles and not self.sections.is_section(text) for text in texts)

    def _found(self, index: int, finding: Finding) -> None:
        self.selection.problems.append(_problem(self.body, index, self.body.lines[index], finding))


def _problem(body: Body, index: int, line: Sequence[Cell], finding: Finding) -> Problem:
    row = body.layout.first_row + index
    text = "" if finding is _NO_NAME else tidy(caption_of(line))[:100]
    names = [place for place, name in body.fields.items() if name in NAME_PARTS]
    column, name = (letters_of(min(names)), "full_name") if finding is _NO_NAME else (None, "row")
    return Problem(body.sheet.name, row + 1, column, name, finding.severity, text, finding.code, finding.text, finding.params)
