"""What the numbers of a column of sexes mean, said or shown on another sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.domain.names import fold
from imports.files.cells import Cell, shown
from imports.headings import sex_legends
from imports.headings.sex_legends import Legend
from imports.people.refused_repairs import Refused, without_refused
from imports.people.table_people import TablePeople
from imports.values import Evidence, Finding, Problem, Severity

_LOOKED_AT = 50  # rows of a look-up sheet
_LONGEST = 40
_HEADINGS = ("gioi tinh", "ma gioi tinh", "phai", "sex", "gender")
_CODES = frozenset("012")
_TURNED = Finding(
    Severity.REPAIR, "sex-turned", "This number was read as the other sex than is usual, as another sheet shows what it means."
)
_ELSEWHERE = Evidence("Another sheet shows what the numbers mean: %(legend)s")
_ANSWERED = frozenset({"sex-number-doubtful", "other-sex"})


def legend_in_list(rows: Sequence[Sequence[Cell]]) -> Legend | None:
    """What a look-up list says: a number beside Nam and another beside Nữ, on a sheet that speaks of sexes."""
    found: dict[str, str] = {}
    lines = [[shown(cell).strip() for cell in line] for line in rows[:_LOOKED_AT]]
    if not any(fold(text).startswith(_HEADINGS) for line in lines for text in line if len(text) <= _LONGEST):
        return None
    for line in lines:
        for one, other in pairwise(line):
            code, word = (one, other) if one.isdigit() else (other, one)
            if code in _CODES and (sex := sex_legends.sex_of(word)):
                found.setdefault(code, sex)
    return found if len(found) == len(set(found.values())) == 2 else None


def settle_sexes(tables: Sequence[TablePeople], lists: Iterable[Legend], refused: Refused) -> None:
    """Read the numbers of tables that don't show themselves what they mean as the others do, if those agree; in place."""
    told = [*lists, *(table.sexes.legend for table in tables if table.sexes and table.sexes.is_shown and table.sexes.legend)]
    if not told or any(one != told[0] for one in told):
        return
    for table in tables:
        own = table.sexes.legend if table.rows and table.sexes and not table.sexes.is_shown else None
        if own and own.keys() <= told[0].keys():
            if any(told[0][code] != sex for code, sex in own.items()):
                _turn(table, refused)
            evidence = _ELSEWHERE._replace(params=(("legend", sex_legends.as_written(told[0])),))
            table.columns[:] = [column._replace(evidence=evidence) if column.field == "sex" else column for column in table.columns]


def _turn(table: TablePeople, refused: Refused) -> None:
    letters = next((column.letters for column in table.columns if column.field == "sex"), None)
    turned = set()
    for place in table.sexes.coded if table.sexes else ():
        row = table.rows[place]
        if row.sex:
            turned.add(row.row)
            sexes: list[str | None] = ["male" if row.sex == "female" else "female"]
            _, finding = without_refused("sex", [(0, _TURNED)], refused, sexes)[0]
            value = "Nam" if row.sex == "male" else "Nữ"
            table.problems.append(
                Problem(row.sheet, row.row, letters, "sex", finding.severity, value, finding.code, finding.text, finding.params)
            )
            table.rows[place] = row._replace(sex=sexes[0])
    answered = [problem for problem in table.problems if problem.row in turned and problem.code in _ANSWERED]
    table.problems[:] = sorted((problem for problem in table.problems if problem not in answered), key=lambda problem: problem.row)
