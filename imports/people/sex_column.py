"""A column of sexes. Numbers in it mean what somebody wrote of them; else what is usual, unless the people's own CCCD numbers show the
opposite nearly throughout.

A legend stands in the heading, in a row below it, in a line above or below the list, or on a look-up sheet beside it. It is followed even
where the CCCDs contradict it, and that is said in each row. Without one, at least `_ENOUGH` numbers that nearly all contradict the usual
meaning turn it, as a repair of each row; fewer are said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.numbers import PERSONAL_ID_WIDTH, personal_id_parts
from imports.files.cells import Cell, Sheet, shown
from imports.headings import sex_legends
from imports.headings.sex_legends import Legend
from imports.judges.blanks import Findings
from imports.judges.identity import written
from imports.judges.words import codes_among, judge_sexes, usual_legend
from imports.sheets.columns import FieldCells
from imports.sheets.tables import Table
from imports.values import Evidence, Finding, Severity

_ENOUGH, _SOME = 5, 2
_NEARLY_ALL, _MOST = 0.9, 0.8
_TURNED = Finding(
    Severity.REPAIR, "sex-turned", "This number was read as the other sex than is usual, as nearly all CCCD numbers of the list show."
)
_CONTRADICTED = Finding(
    Severity.WARNING,
    "sex-legend-contradicted",
    "The sex was read as the list itself says what its numbers mean, but nearly all CCCD numbers show the opposite. Check which is right.",
)
_DOUBTFUL = Finding(
    Severity.WARNING,
    "sex-number-doubtful",
    "The list doesn't say what the numbers under the sex mean, and the CCCD numbers show the opposite of what is usual. Check the sexes.",
)
_WRITTEN = Evidence("The list says what the numbers mean: %(legend)s")
_BY_NUMBERS = Evidence("The sex inside %(count)s CCCD numbers shows what the numbers mean: %(legend)s")
_USUAL = Evidence("Nothing says what the numbers mean; read as is usual: %(legend)s")


@dataclass(slots=True)
class SexesRead:
    """`legend`: what the column's numbers were taken to mean, None where it has none. `shown`: somebody wrote it, or CCCD numbers show it.
    `coded`: the places of the people with a number."""

    values: list[str | None]
    findings: Findings
    legend: Legend | None = None
    is_shown: bool = False
    evidence: Evidence | None = None
    coded: Sequence[int] = ()


class _Held(NamedTuple):
    """How many people's own CCCD numbers have the sex that was read, and how many the other."""

    agree: int
    differ: int

    def contradicts(self, enough: int) -> bool:
        return self.differ >= enough and self.differ >= _NEARLY_ALL * (self.agree + self.differ)


def read_sexes(cells: FieldCells, table: Table, rows: Sequence[int], years: Sequence[int | None]) -> SexesRead:
    """The sexes in a table's column. `rows`: the people's (0-based), `years`: their years of birth."""
    column = cells.take("sex")
    values = column.values if column else []
    codes = codes_among(values)
    if not codes:
        return SexesRead(*judge_sexes(values))
    numbers = set(codes.values())
    said = _heading_says(table) or _beside_says(table.sheet, rows, [codes[cell] for cell in values if cell in codes])
    legend = sex_legends.whole(said, numbers) if said else usual_legend(numbers)
    sexes, findings = judge_sexes(values, legend if said else None)
    coded = [index for index, cell in enumerate(values) if cell in codes]
    held = _held(cells, coded, sexes, years)
    read = SexesRead(sexes, findings, legend, said is not None, _evidence(_WRITTEN if said else _USUAL, legend), coded)
    if said:
        if held.contradicts(_SOME):
            findings += [(index, _CONTRADICTED) for index in coded if sexes[index]]
    elif held.contradicts(_ENOUGH) and set(legend.values()) == {"male", "female"} and len(legend) == len(numbers) == 2:
        read.legend, read.is_shown = sex_legends.turned(legend), True
        read.evidence = _evidence(_BY_NUMBERS, read.legend, held.differ)
        for index in coded:
            sexes[index] = read.legend[codes[values[index]]]
        findings += [(index, _TURNED) for index in coded]
    elif held.contradicts(_SOME):
        findings += [(index, _DOUBTFUL) for index in coded if sexes[index]]
    else:
        read.is_shown = held.agree >= _ENOUGH and held.agree >= _NEARLY_ALL * (held.agree + held.differ)
    return read


def _heading_says(table: Table) -> Legend | None:
    """What a heading says, or the row below it on how to fill the column in."""
    sheet, layout = table
    columns = [column for column in layout.columns if column.meaning.field == "sex"]
    hints = (shown(line[column.index]) for column in columns for line in sheet.rows[max(0, layout.header_row) : layout.first_row])
    return next((legend for text in (*(c.heading for c in columns), *hints) if (legend := sex_legends.legend_of(text))), None)


def _beside_says(sheet: Sheet, rows: Sequence[int], codes: Sequence[str]) -> Legend | None:
    """What rows that are nobody's say, if it is of the numbers that stand in the column; counts of boys and girls are of others."""
    people = set(rows)
    legend = sex_legends.legend_among(text for row, line in enumerate(sheet.rows) if row not in people for text in _texts(line))
    return legend if legend and sum(code in legend for code in codes) >= _MOST * len(codes) else None


def _texts(line: Sequence[Cell]) -> Iterator[str]:
    """The texts of a row, and all of them together: a legend may be set over several cells."""
    texts = [cell for cell in line if isinstance(cell, str) and cell]
    yield from texts
    if len(texts) > 1:
        yield "; ".join(texts)


def _held(cells: FieldCells, coded: Iterable[int], sexes: Sequence[str | None], years: Sequence[int | None]) -> _Held:
    """A number with another birth year than the row may be somebody else's and tells nothing."""
    column = cells.take("personal_id")
    agree = differ = 0
    for index in coded:
        cell = column.values[index] if column else ""
        text = cell if isinstance(cell, str) and len(cell) in (0, PERSONAL_ID_WIDTH) else written(cell).text
        parts = personal_id_parts(text if len(text) == PERSONAL_ID_WIDTH else text.rjust(PERSONAL_ID_WIDTH, "0")) if text else None
        if parts and sexes[index] and parts.birth_year == years[index]:
            agree += parts.sex == sexes[index]
            differ += parts.sex != sexes[index]
    return _Held(agree, differ)


def _evidence(said: Evidence, legend: Legend, count: int | None = None) -> Evidence:
    counted = (("count", str(count)),) if count else ()
    return said._replace(params=(*counted, ("legend", sex_legends.as_written(legend))))
