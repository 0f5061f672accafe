"""Rosters as they are sent: everybody found, nobody invented, nothing wrong without a word."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from imports import RosterRow, Severity, read
from tests.unit.imports.books import codes, finished, reading, workbook
from tests.unit.imports.sent import Sent
from tests.unit.imports.sent_reports import AN_ROW, HEADER


def _sent() -> dict[str, Sent]:
    """The rosters of every room called sent_…, by what is told of them; none is without any, and no two are told the same."""
    found: dict[str, Sent] = {}
    for room in pkgutil.iter_modules([str(Path(__file__).parent)], "tests.unit.imports."):
        if room.name.startswith(f"{Sent.__module__}_"):
            rosters: dict[str, Sent] = import_module(room.name).SENT
            assert rosters, room.name
            assert found.keys().isdisjoint(rosters), room.name
            found |= rosters
    return found


SENT = _sent()
BLANK = dict.fromkeys(RosterRow._fields) | {"guardians": ()}


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_a_roster_as_it_is_sent_is_read_as_a_careful_clerk_would(sent: Sent):
    made = workbook(sent.sheets)
    for name, cells in sent.merges.items():
        for merged in cells:
            made[name].merge_cells(merged)
    found = read(finished(made), "x.xlsx")
    sheet = next(iter(sent.sheets))
    assert [person._asdict() for person in found.people] == [BLANK | {"sheet": sheet} | person for person in sent.people]
    assert codes([problem for problem in found.problems if problem.severity is not Severity.REPAIR]) == sent.problems
    assert found.questions == ()


def test_who_leaves_is_named_though_their_row_holds_longer_texts():
    labels = [[["I", "Tăng lao động"]], [["II", "Giảm lao động"]]]
    leaves = [2, "Lê Thị Bình", "7912345679", "04/06/1990", "Chấm dứt hợp đồng lao động"]
    found = reading([[*HEADER, "Ghi chú"], *labels[0], [*AN_ROW, ""], *labels[1], leaves])
    assert [(problem.row, problem.code, problem.value) for problem in found.problems] == [(5, "leaver", "Lê Thị Bình")]
