"""Ditto marks: what stands above is meant once more."""

from __future__ import annotations

from collections.abc import Sequence

from imports.files.cells import Cell
from imports.files.signs import visible
from imports.judges.blanks import Findings
from imports.values import Finding, Severity

_MARKS = frozenset('nt|n.t|n/t|như trên|nhu tren|idem|//|\'\'|"|""|″|”|“|„|〃|’’|,,'.split("|"))
_DASHES = frozenset("-|–|—|--|_".split("|"))
_LONGEST = 12

_FROM_ABOVE = Finding(Severity.REPAIR, "ditto", "A ditto mark stands here; what is written above it was taken.")
_NOTHING_ABOVE = Finding(Severity.ERROR, "ditto-of-nothing", "A ditto mark stands here, and nothing above it. Write out what is meant.")
_DASH = Finding(
    Severity.WARNING, "dash", "A dash may mean none as well as the same as above; the cell was read as blank. Write out what is meant."
)


def written_out(cells: Sequence[Cell], *, dashes: bool = False) -> tuple[Sequence[Cell], Findings]:
    """A column with what its ditto marks stand for, and what was done. `dashes`: in a column of units or positions a dash
    alone is looked at, too; it stays blank. There capitals with which the column begins are a name: "NT" is a nursery's class (nhà trẻ)."""
    first = next((cell for cell in cells if cell != ""), "") if dashes else ""
    short = [cell for cell in set(cells) if type(cell) is str and 0 < len(cell) <= _LONGEST and not (cell == first and cell.isupper())]
    kinds: dict[Cell, Finding] = {cell: finding for cell in short if (finding := _kind(cell, dashes))}
    if not kinds:
        return cells, []
    written: list[Cell] = []
    findings: Findings = []
    for index, cell in enumerate(cells):
        finding = kinds.get(cell)
        above = written[-1] if written and finding is _FROM_ABOVE else ""
        written.append(above if finding else cell)
        if finding:
            findings.append((index, _NOTHING_ABOVE if finding is _FROM_ABOVE and above == "" else finding))
    return written, findings


def _kind(cell: str, dashes: bool) -> Finding | None:
    text = visible(cell).strip()
    if dashes and text in _DASHES:
        return _DASH
    return _FROM_ABOVE if text.strip(" .-–").lower() in _MARKS else None
