"""How each column was understood, with samples and with what in its values shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from imports.files.signs import one_line
from imports.sheets.columns import FieldCells
from imports.sheets.tables import Table
from imports.values import ColumnRead, Evidence

Repairs = dict[str, dict[str, int]]  # a column's letters -> code -> how often

_SAMPLES, _LONGEST = 3, 60
_OF_GUARDIAN = re.compile(r"(?:father|mother|parent2?|guardian2?)_(\w+)")
_OF_PROBLEM = {"is_male": "sex", "is_female": "sex", "family_name": "full_name", "middle_name": "full_name", "given_name": "full_name"}
_WIDTHS = {"bhxh_code": "10", "old_id": "9"}
_OF_REPAIRS = {
    "zeros-restored": Evidence("%(count)s numbers were padded with zeros to the width of the others"),
    "zero-restored": Evidence("%(count)s numbers were given the zero that was missing in front"),
    "mobile-modernised": Evidence("%(count)s numbers had eleven digits and were turned into the ten of today"),
}


def problem_field(field: str) -> str:
    """What the problems call a column's field."""
    guardian = _OF_GUARDIAN.fullmatch(field)
    if guardian:
        return f"guardian_{guardian[1]}"
    return "birth_date" if field.startswith("birth_") else _OF_PROBLEM.get(field, field)


def columns_read(table: Table, cells: FieldCells | None, found: Mapping[str | None, Evidence | None], repairs: Repairs) -> list[ColumnRead]:
    """A table's columns. Only those that are taken have samples: what isn't needed is kept nowhere."""
    read = []
    for column in table.layout.columns:
        field, letters = column.meaning.field, column.letters
        samples = cells.samples(column.index, _SAMPLES) if cells and field else []
        shown = tuple(one_line(sample)[:_LONGEST] for sample in samples)
        evidence = found.get(letters) or (_evidence(field, repairs.get(letters, {})) if field else None)
        read.append(ColumnRead(table.sheet.name, letters, column.heading, field, column.meaning.why_not, shown, column.why, evidence))
    return read


def _evidence(field: str, repairs: Mapping[str, int]) -> Evidence | None:
    for code, text in _OF_REPAIRS.items():
        if count := repairs.get(code, 0):
            width = "12" if field.endswith("personal_id") else _WIDTHS.get(field)
            if width and code == "zeros-restored":
                return Evidence("%(count)s numbers were padded with zeros to %(width)s digits", (("count", str(count)), ("width", width)))
            return text._replace(params=(("count", str(count)),))
    return None
