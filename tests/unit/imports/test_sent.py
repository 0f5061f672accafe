"""Rosters as they are sent: everybody found, nobody invented, nothing wrong without a word."""

from __future__ import annotations

import pytest

from imports import RosterRow, Severity, read
from tests.unit.imports import (
    sent_contacts,
    sent_groups,
    sent_heads,
    sent_offices,
    sent_parents_numbers,
    sent_reports,
    sent_schools,
    sent_staff,
    sent_titles,
    sent_traps,
)
from tests.unit.imports.books import codes, finished, reading, workbook
from tests.unit.imports.sent import Sent
from tests.unit.imports.sent_reports import AN_ROW, HEADER

_ROOMS = (
    sent_contacts,
    sent_groups,
    sent_heads,
    sent_offices,
    sent_parents_numbers,
    sent_reports,
    sent_schools,
    sent_staff,
    sent_titles,
    sent_traps,
)
SENT = {name: sent for room in _ROOMS for name, sent in room.SENT.items()}
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
