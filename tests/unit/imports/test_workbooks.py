"""The carried workbooks, read as a careful clerk would read them (tests/workbooks/truth)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imports import Kind, KnownPerson, Reading, Severity, Snapshot, plan, read
from imports.files.kinds.separated import NAME

BOOKS = Path(__file__).parents[2] / "workbooks"
READ = [
    "01-plain-staff.xlsx",
    "02-class-sheets.xlsx",
    "03-two-row-header.xlsx",
    "04-grouped-staff.xlsx",
    "05-sector-export.xlsx",
    "06-employer.xls",
    "07-health-cards.xlsx",
    "08-html-in-disguise.xls",
    "09-tcvn3-font.xls",
    "10-semicolon-nfd.csv",
    "11-dirty.xlsx",
    "12-siblings.xlsx",
]


def reading_of(name: str) -> Reading:
    return read((BOOKS / name).read_bytes(), name)


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((BOOKS / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    if truth.get("sheet_names_free"):  # a kind of file that has one sheet without a name
        for person in truth["people"]:
            person["sheet"] = NAME
    return truth


def test_every_carried_workbook_is_read():
    assert sorted(READ) == sorted(path.name for path in BOOKS.iterdir() if path.is_file())


@pytest.mark.parametrize("name", READ)
def test_everybody_is_found_and_nobody_invented(name: str):
    truth = truth_of(name)
    assert [(p.sheet, p.row) for p in reading_of(name).people] == in_file_order(name, [(p["sheet"], p["row"]) for p in truth["people"]])


def in_file_order(name: str, places: list[tuple[str, int]]) -> list[tuple[str, int]]:
    sheets = [sheet.name for sheet in reading_of(name).sheets]
    return sorted(places, key=lambda place: (sheets.index(place[0]), place[1]))


@pytest.mark.parametrize("name", READ)
def test_every_field_is_right(name: str):
    found = {(p.sheet, p.row): p for p in reading_of(name).people}
    wrong = []
    for person in truth_of(name)["people"]:
        read_person = found[person["sheet"], person["row"]]
        for field, wanted in person.items():
            value = getattr(read_person, field)
            if field == "guardians":
                right = all(any(guardian.items() <= have._asdict().items() for have in value) for guardian in wanted)
            else:
                right = (value.isoformat() if field == "birth_date" and value else value) == wanted
            if not right:
                wrong.append((person["sheet"], person["row"], field, wanted, value))
    assert wrong == []


@pytest.mark.parametrize("name", READ)
def test_every_planted_defect_is_named_and_nothing_else_is_an_error(name: str):
    truth = truth_of(name)
    problems = [p for p in reading_of(name).problems if p.severity is not Severity.REPAIR]
    named = {(p.sheet, p.row, p.field) for p in problems}
    planted = {(p["sheet"], p["row"], p["field"]) for p in truth["problems"]}
    assert planted <= named
    assert {(p.sheet, p.row, p.field) for p in problems if p.severity is Severity.ERROR} <= planted


@pytest.mark.parametrize("name", READ)
def test_what_must_not_be_kept_is_in_no_value(name: str):
    told = repr(reading_of(name))
    assert not [word for word in truth_of(name).get("must_not_keep", []) if word in told]


@pytest.mark.parametrize("name", READ)
def test_the_same_file_again_changes_nothing(name: str):
    found = reading_of(name)
    first = plan(found, Snapshot("Trường của chúng tôi", ()))
    entered = [change for change in first.changes if change.kind is Kind.NEW and change.row]
    people = tuple(KnownPerson(number, 1, True, False, *change.row[2:]) for number, change in enumerate(entered, 1) if change.row)
    again = plan(found, Snapshot("Trường của chúng tôi", people))
    assert again.counts == first.counts | {"new": 0, "same": first.counts["new"]}
    assert [change.person_id for change in again.changes if change.kind is Kind.SAME] == [person.id for person in people]
