"""The identity of a sheet's people, from up to four columns that overlap: số định danh, CMND, BHXH code, health card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.numbers import BHXH_CODE_WIDTH, PERSONAL_ID_WIDTH
from imports.files.cells import Cell
from imports.judges.blanks import Findings
from imports.judges.identity import (
    Papers,
    all_of_width,
    doubtful_personal_ids,
    judge_bhxh_code,
    judge_health_card,
    judge_old_id,
    judge_personal_ids,
    keeps_zeros,
)
from imports.values import Finding, Severity

_OTHER_NUMBER = Finding(
    Severity.WARNING, "numbers-disagree", "Two columns of the row give different numbers for the same thing. The other one was kept."
)


class Identity(NamedTuple):
    personal_ids: Sequence[str | None]
    old_ids: Sequence[str | None]
    bhxh_codes: Sequence[str | None]


class PaperColumn(NamedTuple):
    """What one column told, and the findings on it."""

    field: str
    papers: Identity
    findings: Findings


def judge_paper_column(field: str, cells: Sequence[Cell], years: Sequence[int | None], sexes: Sequence[str | None]) -> PaperColumn:
    """One of the four columns. Columns of nothing but right-sized text are taken in one pass."""
    nothing: list[str | None] = [None] * len(cells)
    if field == "personal_id" and all_of_width(cells, PERSONAL_ID_WIDTH):
        ids = _texts(cells)
        return PaperColumn(field, Identity(ids, nothing, nothing), doubtful_personal_ids(ids, years, sexes))
    if field in ("bhxh_code", "health_card") and all_of_width(cells, BHXH_CODE_WIDTH) and _zeros_stand(field, cells):
        return PaperColumn(field, Identity(nothing, nothing, _texts(cells)), [])
    if field == "personal_id":
        papers, findings = judge_personal_ids(cells, years, sexes)
    else:
        papers, findings = _one_by_one(_JUDGES[field](cells, years, sexes))
    return PaperColumn(field, Identity(*map(list, zip(*papers, strict=True))), findings)


def _zeros_stand(field: str, cells: Sequence[Cell]) -> bool:
    """Ten digits on a card may be twelve that lost two zeros, unless the column shows that it keeps its zeros."""
    return field == "bhxh_code" or keeps_zeros(cells, BHXH_CODE_WIDTH)


def _texts(cells: Sequence[Cell]) -> list[str | None]:
    return [cell or None for cell in cells]  # type: ignore[misc]


Judged = list[tuple[Papers, Finding | None]]


def _judge_codes(cells: Sequence[Cell], years: Sequence[int | None], sexes: Sequence[str | None]) -> Judged:
    zeros = keeps_zeros(cells, BHXH_CODE_WIDTH)
    return [judge_bhxh_code(cell, keeps_zeros=zeros) for cell in cells]


def _judge_cards(cells: Sequence[Cell], years: Sequence[int | None], sexes: Sequence[str | None]) -> Judged:
    zeros = keeps_zeros(cells, BHXH_CODE_WIDTH) or keeps_zeros(cells, PERSONAL_ID_WIDTH)
    return [judge_health_card(cell, year, sex, keeps_zeros=zeros) for cell, year, sex in zip(cells, years, sexes, strict=True)]


def _judge_old_ids(cells: Sequence[Cell], years: Sequence[int | None], sexes: Sequence[str | None]) -> Judged:
    return [judge_old_id(cell) for cell in cells]


_JUDGES: dict[str, Callable[[Sequence[Cell], Sequence[int | None], Sequence[str | None]], Judged]] = {
    "bhxh_code": _judge_codes,
    "health_card": _judge_cards,
    "old_id": _judge_old_ids,
}


def _one_by_one(judged: Judged) -> tuple[list[Papers], Findings]:
    return [papers for papers, _ in judged], [(index, finding) for index, (_, finding) in enumerate(judged) if finding]


def put_together(columns: Sequence[PaperColumn], count: int) -> tuple[Identity, dict[str, Findings]]:
    """One identity per person. The column named for a number comes before one that only implies it; where both differ, that is said."""
    further: dict[str, Findings] = {}
    parts: list[list[str | None]] = []
    for part in range(3):
        telling = [column for column in columns if any(column.papers[part])]
        values: list[str | None] = list(telling[0].papers[part]) if telling else [None] * count
        for column in telling[1:]:
            for index, number in enumerate(column.papers[part]):
                if values[index] is None:
                    values[index] = number
                elif number not in (None, values[index]):
                    further.setdefault(column.field, []).append((index, _OTHER_NUMBER))
        parts.append(values)
    return Identity(*parts), further
