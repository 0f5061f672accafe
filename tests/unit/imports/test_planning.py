"""What a roster would do to the people that are known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from imports import Difference, GuardianRead, Kind, KnownPerson, Plan, Problem, Reading, RosterRow, Severity, Snapshot, plan

BORN = date(2014, 5, 16)
FATHER = GuardianRead("father", "Lê Văn Hải", "0912345678", None)
NOBODY: dict[str, Any] = dict.fromkeys(RosterRow._fields[2:]) | {"full_name": "Lê Thị Hoa", "guardians": ()}


def row(number: int = 8, **values: Any) -> RosterRow:
    return RosterRow(sheet="6A1", row=number, **(NOBODY | born(values)))


def known(number: int = 1, *, registered: bool = True, by_hand: bool = False, **values: Any) -> KnownPerson:
    return KnownPerson(id=number, revision=number * 10, registered=registered, by_hand=by_hand, **(NOBODY | born(values)))


def born(values: dict[str, Any]) -> dict[str, Any]:
    day = values.get("birth_date")
    return values | ({"birth_year": day.year} if day else {})


def planned(rows: list[RosterRow], people: list[KnownPerson], *problems: Problem) -> Plan:
    return plan(Reading(tuple(rows), problems, (), (), ()), Snapshot("Trường THCS ABC", tuple(people)))


def matched(found: Plan) -> list[tuple[str, int | None]]:
    return [(change.kind.value, change.person_id) for change in found.changes]


def test_the_fields_of_a_row_and_of_a_known_person_stand_in_one_order():
    assert RosterRow._fields[2:] == KnownPerson._fields[4:-1]


def test_somebody_who_is_not_known_is_new():
    assert matched(planned([row()], [])) == matched(planned([row()], [known(full_name="Ngô An", by_hand=True)])) == [("new", None)]


MATCHES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "by personal id, whatever the name": ({"personal_id": "001", "full_name": "Lê Hoa"}, {"personal_id": "001"}),
    "by BHXH code": ({"bhxh_code": "1"}, {"bhxh_code": "1"}),
    "by pupil code": ({"pupil_code": "1"}, {"pupil_code": "1"}),
    "by staff code": ({"staff_code": "1"}, {"staff_code": "1"}),
    "by name, birth date and unit": ({"birth_date": BORN, "unit": "6A1"}, {"birth_date": BORN, "unit": "Lớp 6a1"}),
    "by name where the tone mark stands elsewhere": (
        {"full_name": "Lê Hoà", "birth_date": BORN},
        {"full_name": "Lê Hòa", "birth_date": BORN},
    ),
    "by name where one side has no unit": ({"birth_date": BORN, "unit": "6A1"}, {"birth_date": BORN}),
    "by name where one side has only the year": ({"birth_year": 2014, "unit": "6A1"}, {"birth_date": BORN, "unit": "6A1"}),
    "by name and unit where neither side has a birth date": ({"unit": "6A1", "phone": "0912345678"}, {"unit": "6A1"}),
    "by name and unit where the file has no birth dates": ({"unit": "6A1", "phone": "0912345678"}, {"birth_date": BORN, "unit": "6A1"}),
    "by name and unit where no birth date was known": ({"birth_date": BORN, "unit": "6A1"}, {"unit": "6A1"}),
    "by a name alone, if it is all there ever was": ({}, {}),
    "by name where one side has a number": ({"birth_date": BORN, "personal_id": "001"}, {"birth_date": BORN}),
}

STRANGERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another mark in the name": ({"full_name": "Lê Vĩ", "birth_date": BORN}, {"full_name": "Lê Vỹ", "birth_date": BORN}),
    "another birth date": ({"birth_date": BORN}, {"birth_date": date(2014, 5, 17)}),
    "another unit": ({"birth_date": BORN, "unit": "6A1"}, {"birth_date": BORN, "unit": "6A2"}),
    "a name alone, and more is known of the other": ({}, {"phone": "0912345678"}),
    "a name alone, and one side has a unit": ({"unit": "6A1"}, {}),
    "a birth date on one side only": ({"birth_date": BORN}, {}),
    "a birth date on one side only, and another unit": ({"birth_date": BORN, "unit": "6A1"}, {"unit": "6A2"}),
    "a birth date on one side only, and a number differs": (
        {"unit": "6A1", "pupil_code": "1"},
        {"birth_date": BORN, "unit": "6A1", "pupil_code": "2"},
    ),
    "name and date agree, a number differs": ({"birth_date": BORN, "bhxh_code": "1"}, {"birth_date": BORN, "bhxh_code": "2"}),
}


@pytest.mark.parametrize(("new", "old"), MATCHES.values(), ids=MATCHES)
def test_a_known_person_is_found(new: dict[str, Any], old: dict[str, Any]):
    assert planned([row(**new)], [known(7, **old)]).changes[0][2:4] == (7, 70)


@pytest.mark.parametrize(("new", "old"), STRANGERS.values(), ids=STRANGERS)
def test_somebody_else_is_not_taken_for_a_known_person(new: dict[str, Any], old: dict[str, Any]):
    assert planned([row(**new)], [known(**old)]).changes[0][:3] == (Kind.NEW, row(**new), None)


def test_a_personal_id_counts_more_than_a_code():
    people = [known(1, bhxh_code="1"), known(2, personal_id="001")]
    assert planned([row(personal_id="001", bhxh_code="")], people).changes[0].person_id == 2


def test_a_number_that_differs_forbids_the_match_and_the_row_waits():
    found = planned([row(personal_id="001", bhxh_code="1")], [known(personal_id="001", bhxh_code="2")])
    assert matched(found) == [("waiting", None)]
    assert [(problem.field, problem.code) for problem in found.problems] == [("personal_id", "numbers-contradict")]


def test_two_rows_that_mean_one_person_are_not_both_taken():
    found = planned([row(8, personal_id="001"), row(9, bhxh_code="1")], [known(personal_id="001", bhxh_code="1")])
    assert matched(found) == [("same", 1), ("waiting", None)]
    assert [(problem.row, problem.code) for problem in found.problems] == [(9, "matched-twice")]


def test_a_name_that_fits_several_people_matches_none_of_them():
    people = [known(1, birth_date=BORN, unit="6A1", phone="0911111111"), known(2, birth_date=BORN, unit="6A1", phone="0922222222")]
    found = planned([row(birth_date=BORN, unit="6A1", phone="0933333333")], people)
    assert matched(found) == [("waiting", None)]
    assert found.problems[0].code == "ambiguous-person"


def test_a_name_that_fits_several_people_matches_the_one_who_is_the_same_in_all():
    people = [known(1, birth_date=BORN, unit="6A1", phone="0911111111"), known(2, birth_date=BORN, unit="6A1", phone="0922222222")]
    found = planned([row(birth_date=BORN, unit="6A1", phone="0922222222")], people)
    assert matched(found) == [("same", 2), ("absent", 1)]


def test_two_people_whom_nothing_tells_apart_stay_the_two_they_are():
    people = [known(1, unit="6A1"), known(2, unit="6A1")]
    assert matched(planned([row(8, unit="6A1"), row(9, unit="6A1")], people)) == [("same", 1), ("same", 2)]


def test_two_new_rows_that_fit_one_known_person_both_wait():
    rows = [row(8, birth_date=BORN, unit="6A1", personal_id="001"), row(9, birth_date=BORN, unit="6A1", personal_id="002")]
    assert matched(planned(rows, [known(birth_date=BORN, unit="6A1")])) == [("waiting", None), ("waiting", None)]


def test_without_birth_dates_nobody_is_guessed():
    people = [known(1, birth_date=BORN, unit="6A1"), known(2, birth_date=date(2014, 1, 2), unit="6A1")]
    assert matched(planned([row(unit="6A1", phone="0912345678")], people)) == [("waiting", None)]
    assert matched(planned([row(8, unit="6A1"), row(9, unit="6A1", phone="0912345678")], people[:1])) == [("same", 1), ("new", None)]
    both = [row(8, unit="6A1", phone="0912345677"), row(9, unit="6A1", phone="0912345678")]
    assert matched(planned(both, people[:1])) == [("waiting", None), ("waiting", None)]


def test_a_birth_date_tells_more_than_a_class():
    people = [known(1, birth_date=BORN, unit="6A1"), known(2, birth_date=date(2014, 1, 2), unit="6A1")]
    rows = [row(8, birth_date=BORN, unit="6A1", phone="0912345678"), row(9, unit="6A1", phone="0912345679")]
    assert matched(planned(rows, people)) == [("changed", 1), ("changed", 2)]


def test_twins_stay_two():
    people = [known(1, birth_date=BORN, unit="6A1"), known(2, full_name="Lê Thị Huệ", birth_date=BORN, unit="6A1")]
    rows = [row(8, birth_date=BORN, unit="6A1"), row(9, full_name="Lê Thị Huệ", birth_date=BORN, unit="6A1")]
    assert matched(planned(rows, people)) == [("same", 1), ("same", 2)]


DIFFERENCES: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, str | None, str | None] | None]] = {
    "a value that was not known": ({"phone": "0912345678"}, {}, ("phone", None, "0912345678")),
    "another value": ({"position": "Giáo viên"}, {"position": "Nhân viên"}, ("position", "Nhân viên", "Giáo viên")),
    "an empty cell": ({}, {"phone": "0912345678", "email": "a@b.vn", "position": "X", "unit": "6A1", "birth_date": BORN}, None),
    "a birth date": ({"birth_date": BORN}, {"birth_year": 2014}, ("birth_date", "2014", "2014-05-16")),
    "only the year of a date that is known": ({"birth_year": 2014}, {"birth_date": BORN}, None),
    "a birth year": ({"birth_year": 1980}, {}, ("birth_year", None, "1980")),
    "the name in marks": ({"full_name": "Lê Thị Hòa"}, {}, ("full_name", "Lê Thị Hoa", "Lê Thị Hòa")),
    "the name without its marks": ({"full_name": "Le Thi Hoa"}, {}, None),
    "the tone mark elsewhere": ({"full_name": "Lê Hoà"}, {"full_name": "Lê Hòa"}, None),
    "another class": ({"unit": "7A1"}, {"unit": "6A1"}, ("unit", "6A1", "7A1")),
    "the class otherwise written": ({"unit": "6a1"}, {"unit": "Lớp 6A1"}, None),
    "capitals in an e-mail": ({"email": "a@b.vn"}, {"email": "A@b.vn"}, None),
    "a guardian": ({"guardians": (FATHER,)}, {}, ("guardians", None, "Lê Văn Hải, 0912345678 (father)")),
    "the same guardian": ({"guardians": (FATHER,)}, {"guardians": (FATHER,)}, None),
    "a guardian told in part": ({"guardians": (GuardianRead("father", "LÊ VĂN HẢI", None, None),)}, {"guardians": (FATHER,)}, None),
    "a guardian's new phone": (
        {"guardians": (FATHER._replace(phone="0987654321"),)},
        {"guardians": (FATHER, GuardianRead("mother", "Vũ Thị Lan", None, None))},
        ("guardians", "Lê Văn Hải, 0912345678 (father)", "Lê Văn Hải, 0987654321 (father)"),
    ),
    "a guardian with a phone alone": ({"guardians": (GuardianRead(None, None, "0912345678", None),)}, {"guardians": (FATHER,)}, None),
}


@pytest.mark.parametrize(("new", "old", "difference"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_differences_are_said_field_by_field(new: dict[str, Any], old: dict[str, Any], difference: tuple[Any, ...] | None):
    change = planned([row(bhxh_code="1", **new)], [known(bhxh_code="1", **old)]).changes[0]
    assert change.differences == ((Difference(*difference),) if difference else ())
    moves = difference is not None and difference[0] == "unit"
    assert change.kind is (Kind.MOVED if moves else Kind.CHANGED if difference else Kind.SAME)


def test_who_had_no_class_and_gets_one_has_not_moved():
    assert planned([row(bhxh_code="1", unit="7A1")], [known(bhxh_code="1", unit=None)]).changes[0].kind is Kind.CHANGED


def test_who_moves_and_changes_otherwise_too_has_moved():
    change = planned([row(bhxh_code="1", unit="7A1", phone="0912000111")], [known(bhxh_code="1", unit="6A1")]).changes[0]
    assert change.kind is Kind.MOVED
    assert [difference.field for difference in change.differences] == ["phone", "unit"]


def test_a_year_that_contradicts_a_known_birth_date_is_said_and_changes_nothing():
    found = planned([row(bhxh_code="1", birth_year=2013)], [known(bhxh_code="1", birth_date=BORN)])
    assert matched(found) == [("same", 1)]
    assert [(problem.code, problem.severity, problem.params) for problem in found.problems] == [
        ("other-year-known", Severity.WARNING, (("known", "16/05/2014"),))
    ]


def test_somebody_known_who_is_not_in_the_campaign_is_new_in_it():
    change = planned([row(bhxh_code="1", phone="0912345678")], [known(registered=False, bhxh_code="1")]).changes[0]
    assert (change.kind, change.person_id, change.differences) == (Kind.NEW, 1, (Difference("phone", None, "0912345678"),))


def test_a_row_with_an_error_waits_and_its_person_is_not_absent():
    error = Problem("6A1", 8, "D", "birth_date", Severity.ERROR, "31/02/2014", "not-a-date", "…")
    warning = error._replace(row=9, severity=Severity.WARNING)
    found = planned([row(8, bhxh_code="1"), row(9, bhxh_code="2")], [known(1, bhxh_code="1"), known(2, bhxh_code="2")], error, warning)
    assert matched(found) == [("waiting", 1), ("same", 2)]
    assert (found.counts["problems"], found.counts["waiting"]) == (2, 1)


ABSENT: dict[str, tuple[str | None, list[KnownPerson], list[int]]] = {
    "everybody else, if the file names no unit": (None, [known(2, unit="6A1", full_name="An"), known(3, full_name="Bình")], [2, 3]),
    "of the units that the file speaks of": ("6A1", [known(2, unit="6a1", full_name="An"), known(3, unit="6A2", full_name="Bình")], [2]),
    "nobody added by hand": ("6A1", [known(2, unit="6A1", full_name="An", by_hand=True)], []),
    "nobody outside the campaign": ("6A1", [known(2, unit="6A1", full_name="An", registered=False)], []),
    "nobody whose unit is not known": ("6A1", [known(2, full_name="An")], []),
}


@pytest.mark.parametrize(("unit", "people", "absent"), ABSENT.values(), ids=ABSENT)
def test_who_is_missing_from_the_file_is_absent(unit: str | None, people: list[KnownPerson], absent: list[int]):
    found = planned([row(unit=unit)], people)
    assert [change.person_id for change in found.changes if change.kind is Kind.ABSENT] == absent
    assert all(change.row is None for change in found.changes if change.kind is Kind.ABSENT)


def test_the_counts_name_every_kind():
    repair = Problem("6A1", 8, "D", "phone", Severity.REPAIR, "912345678", "zero-restored", "…")
    assert planned([row()], [], repair).counts == {
        "new": 1, "changed": 0, "moved": 0, "same": 0, "waiting": 0, "absent": 0, "problems": 0, "repairs": 1
    }  # fmt: skip


def test_a_name_alone_is_no_guardians():
    """A guardian is known by name and phone; a list of staff with the same name means somebody else until a number says so."""
    mother = known(registered=False, phone="0912345678")
    assert matched(planned([row(position="Giáo viên")], [mother])) == [("new", None)]
    numbered = known(registered=False, phone="0912345678", personal_id="001")
    assert matched(planned([row(personal_id="001", position="Giáo viên")], [numbered])) == [("new", 1)]


def test_who_had_left_and_stands_in_the_file_comes_back():
    left = known(personal_id="001", unit="6A1", left="Đã chuyển trường")
    found = planned([row(personal_id="001", unit="6A1")], [left])
    assert matched(found) == [("changed", 1)]
    assert found.changes[0].differences == (Difference("returns", "Đã chuyển trường", "trở lại"),)


def test_who_had_left_and_is_not_in_the_file_is_not_missed():
    assert matched(planned([row(full_name="Ngô An")], [known(left="Thôi học"), known(2)])) == [("new", None), ("absent", 2)]


TODAY = date(2026, 11, 23)
AGES: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"birth_date": date(2041, 5, 16)}, "waiting", ["birth-to-come"]),  # 2014, mistyped
    ({"birth_date": date(2026, 11, 24)}, "waiting", ["birth-to-come"]),
    ({"birth_year": 2027}, "waiting", ["birth-to-come"]),
    ({"birth_date": TODAY}, "new", []),
    ({"birth_year": 2026}, "new", []),
    ({"birth_date": BORN}, "new", []),
    ({"birth_year": 1916}, "new", []),
    ({"birth_year": 1915}, "waiting", ["very-old"]),
    ({"birth_date": date(1901, 1, 1)}, "waiting", ["very-old"]),
    ({}, "new", []),
]


@pytest.mark.parametrize(("values", "kind", "codes"), AGES)
def test_who_is_not_born_yet_or_would_be_very_old_waits(values: dict[str, Any], kind: str, codes: list[str]):
    found = plan(Reading((row(**values),), (), (), (), ()), Snapshot("Trường THCS ABC", (), today=TODAY))
    assert matched(found) == [(kind, None)]
    assert [problem.code for problem in found.problems] == codes
