"""Whatever a roster did, undoing it leaves the database as it was; and what was done in between, as it was done."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, event, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select

from app import transaction
from app.domain.difficulties import Kind
from app.domain.registration import Event
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChangePage, GuardianKey, Guardianship, Person, Registration, User
from app.queries import operators
from app.queries.change_pages import unpacked
from app.services import difficulties, guardians, pauses, registrations, roster_steps, rosters, undoing
from app.services import people as details
from app.services.people import PersonDetails
from app.services.rosters import Applied
from app.services.undoing import Undone
from imports.values import GuardianRead
from tests.builders import DAY, make_campaign
from tests.cast import AGENCY, ALICE, CAMPAIGN, OTHER_SCHOOL, SCHOOL

# Counters and marks move on, and what tells of the roster itself stays.
MOVES = {
    "institutions": {"last_number", "people_mark"},
    "people": {"revision", "updated_at"},
    "registrations": {"changed_at", "revision"},
    "doubles": {"found_at"},
}
OF_THE_ROSTER = {"rosters", "roster_files", "roster_problems", "change_pages", "effect_pages", "log_entries", "heartbeats"}
OWN_NUMBERS = ("079214000011", "079214000022", "079215000033", "079216000044")
NAMES = ("Trần Bảo An", "Lê Minh Bình", "Phạm Gia Cường", "Vũ Thị Dung")
MOTHERS = ("Trần Thu Hà", "Lê Thị Hoa")
PHONES = ("0912000111", "0912000222", "0912000333")
MOTHERS_NUMBERS = ("001190000011", "001190000022")
BORN = (date(2014, 5, 3), date(2012, 1, 9), date(1985, 7, 20))
HEADINGS = ("Họ và tên", "Ngày sinh", "Lớp", "Số định danh", "Mã số BHXH", "Điện thoại", "Họ tên mẹ", "SĐT mẹ", "CCCD mẹ")


def maybe(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *values))


def own(place: int, *values: Any) -> st.SearchStrategy[Any]:
    return st.just(values[place])


ROW = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(BORN),
    maybe("6A1", "6A2", "7B"),
    maybe(*OWN_NUMBERS, MOTHERS_NUMBERS[0]),
    maybe("0154777327", "0154777335"),
    maybe(*PHONES),
    maybe(*MOTHERS),
    maybe(*PHONES),
    maybe(*MOTHERS_NUMBERS),
)
ROSTER = st.lists(ROW, min_size=1, max_size=5)
KNOWN = st.lists(st.tuples(ROW, st.sampled_from((CAMPAIGN, "dot-2"))), max_size=3)


def workbook(rows: list[tuple[Any, ...]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for name, born, *others in rows:
        sheet.append([name, born.strftime("%d/%m/%Y"), *others])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def take(rows: list[tuple[Any, ...]], campaign: str = CAMPAIGN, school: str = SCHOOL) -> int:
    scope = operators.in_campaign(school, campaign)
    roster_id = rosters.receive(scope, "a.xlsx", workbook(rows))
    roster_steps.confirm(scope, roster_id)
    answer = rosters.apply(scope, roster_id)
    assert isinstance(answer, Applied), answer
    return roster_id


def undo(roster_id: int, campaign: str = CAMPAIGN) -> Undone:
    scope = operators.in_campaign(SCHOOL, campaign)
    foreseen = undoing.foreseen(scope, roster_id)
    answer = undoing.undo(scope, roster_id)
    assert isinstance(answer, Undone), answer
    assert foreseen == answer, "the page shows what the button does"
    return answer


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for what moves on by itself."""
    db.session.flush()
    db.session.expire_all()
    found = {}
    for name, table in db.metadata.tables.items():
        if name not in OF_THE_ROSTER:
            columns = [column for column in table.columns if column.name not in MOVES.get(name, set())]
            found[name] = sorted((tuple(row) for row in db.session.execute(select(*columns))), key=repr)
    return found


def without_the_mirrored(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What was taken over from elsewhere is taken back by a further event: the state is as before, the history longer."""
    place = [column.name for column in db.metadata.tables["events"].columns].index("mirrored")
    return found | {"events": [row for row in found["events"] if not row[place]]}


def differing(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, tuple[list[Any], list[Any]]]:
    """By table, the rows that are gone and those that came."""
    pairs = {
        name: ([row for row in rows if row not in after[name]], [row for row in after[name] if row not in rows])
        for name, rows in before.items()
    }
    return {name: pair for name, pair in pairs.items() if any(pair)}


class Enough(Exception):
    """Nothing of an example is to stay."""


def in_one_unit(work: Any) -> None:
    with suppress(Enough), transaction.writing():
        work()
        raise Enough


def settle(known: list[tuple[tuple[Any, ...], str]], granted: list[int]) -> None:
    """People who are known before, some of them with an account; a mother is known elsewhere."""
    for row, campaign in known:
        scope = operators.in_campaign(SCHOOL, campaign)
        rosters.apply(scope, rosters.receive(scope, "before.xlsx", workbook([row])))
    scope = operators.in_campaign(OTHER_SCHOOL, CAMPAIGN)
    take([("Hồ Văn Em", BORN[0], "3B", None, None, None, MOTHERS[0], PHONES[0], MOTHERS_NUMBERS[0])], school=OTHER_SCHOOL)
    mother = db.session.scalars(
        select(Person.id).where(Person.institution_id == scope.institution_id, Person.full_name == MOTHERS[0])
    ).one()
    if 0 in granted:
        registrations.record(scope, mother, Event.GRANTED, DAY)
    scope = operators.in_campaign(SCHOOL, CAMPAIGN)
    here = sorted(db.session.scalars(select(Registration.person_id).where(Registration.institution_id == scope.institution_id)))
    registrations.record_many(scope, [here[place % len(here)] for place in granted if place and here], Event.GRANTED, DAY)


EXAMPLES = settings(
    deadline=None, max_examples=25, suppress_health_check=list(HealthCheck), print_blob=True, phases=(Phase.explicit, Phase.generate)
)


@pytest.fixture
def second_campaign(stage: Flask) -> Flask:
    make_campaign("dot-2", AGENCY)
    return stage


@given(known=KNOWN, granted=st.lists(st.integers(0, 5), max_size=3), rows=ROSTER)
@EXAMPLES
def test_undone_at_once_it_is_as_if_the_roster_had_never_been(second_campaign: Flask, known: Any, granted: Any, rows: Any) -> None:
    def work() -> None:
        settle(known, granted)
        before = dump()
        roster_id = take(rows)
        event(f"changes {len([name for name, rows in dump().items() if rows != before[name]])} tables")
        answer = undo(roster_id)
        assert answer.kept == ()
        assert differing(without_the_mirrored(before), without_the_mirrored(dump())) == {}

    in_one_unit(work)


DOINGS = ("event", "taken-back", "phone", "phone-and-back", "pause", "guardian", "difficulty", "roster", "roster-undone")


def do(what: str, person_id: int, rows: list[tuple[Any, ...]]) -> set[int]:
    """Something that people do between; answers to whom it was done for good."""
    scope = operators.in_campaign(SCHOOL, CAMPAIGN)
    match what:
        case "event" | "taken-back":
            answers = [registrations.record(scope, person_id, Event.DECLARED, DAY)]
            if what == "taken-back":  # or what came before, from who is not to declare
                answers.append(registrations.record(scope, person_id, Event.TAKEN_BACK, DAY))
            return {person_id} if any(isinstance(answer, registrations.Recorded) for answer in answers) else set()
        case "phone":
            return {person_id} if edit(scope, person_id, "0987654321") else set()
        case "phone-and-back":
            before = db.session.get_one(Person, (scope.institution_id, person_id)).phone
            edit(scope, person_id, "0987654321")
            edit(scope, person_id, before)
            return set()
        case "pause":
            return {person_id} if isinstance(pauses.pause(scope, pauses.PauseDraft(person_id=person_id)), int) else set()
        case "guardian":
            given = GuardianRead("guardian", "Ngô Văn Giám", "0977000111", None)
            noted = guardians.add_guardian(scope, person_id, given)
            return {person_id, noted} if type(noted) is int else set()
        case "difficulty":
            owner = db.session.scalars(select(User.id).where(User.email == ALICE)).one()
            draft = difficulties.DifficultyDraft(Kind.TECHNICAL, "Không nhận được tin nhắn.", person_id, owner)
            return {person_id} if isinstance(difficulties.open_difficulty(scope, draft), int) else set()
        case "roster":
            return named_by(take(rows[:2]))
        case "roster-undone":
            undo(take(rows[:2]))
    return set()


def edit(scope: CampaignScope, person_id: int, phone: str | None) -> bool:
    person = db.session.get_one(Person, (scope.institution_id, person_id), populate_existing=True)
    known = {name: getattr(person, name) for name in PersonDetails.__slots__} | {"phone": phone}
    return details.update_person(scope, person_id, person.revision, PersonDetails(**known)) is None


def named_by(roster_id: int) -> set[int]:
    pages = db.session.scalars(
        select(ChangePage.changes).where(ChangePage.roster_id == roster_id, ChangePage.kind.in_(["new", "changed", "same"]))
    )
    children = {change.person_id for page in pages for change in unpacked(page)}
    brought = set(db.session.scalars(select(Person.id).where(Person.roster_id == roster_id)))
    linked = select(Guardianship.guardian_id).where(Guardianship.child_id.in_(children - {None}))
    return {number for number in children if number} | brought | set(db.session.scalars(linked))


WHOSE = {"people": "id", "guardianships": "child_id", "units": None, "nudges": None}


def of_people(found: dict[str, list[Any]], institution_id: int) -> dict[int, set[Any]]:
    """Rows by the person of the institution whom they are about."""
    rows: dict[int, set[Any]] = {}
    for name, table in db.metadata.tables.items():
        whose = WHOSE.get(name, "person_id")
        columns = [column.name for column in table.columns if column.name not in MOVES.get(name, set())]
        if name in found and whose in columns and "institution_id" in columns:
            for row in found[name]:
                if row[columns.index("institution_id")] == institution_id and row[columns.index(whose)] is not None:
                    rows.setdefault(row[columns.index(whose)], set()).add((name, row))
    return rows


@given(
    known=KNOWN,
    granted=st.lists(st.integers(0, 5), max_size=2),
    rows=ROSTER,
    doings=st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 9)), min_size=1, max_size=4),
)
@example(  # a mother of two who were brought is somebody who stands in another list by her number, and here by her telephone
    known=[
        (("Trần Bảo An", BORN[0], "6A1", None, None, None, MOTHERS[0], PHONES[0], None), CAMPAIGN),
        (("Phạm Gia Cường", BORN[1], "6A1", MOTHERS_NUMBERS[0], None, PHONES[0], None, None, None), CAMPAIGN),
    ],
    granted=[2],
    rows=[("Trần Bảo An", BORN[0], "6A2", None, None, PHONES[2], MOTHERS[1], PHONES[1], MOTHERS_NUMBERS[0])],
    doings=[("guardian", 3)],
)
@EXAMPLES
def test_what_was_done_since_stays_and_is_named_and_all_else_is_as_it_was(
    second_campaign: Flask, known: Any, granted: Any, rows: Any, doings: Any
) -> None:
    def work() -> None:
        settle(known, granted)
        school = operators.in_campaign(SCHOOL, CAMPAIGN).institution_id
        before = dump()
        roster_id = take(rows)
        everybody = sorted(db.session.scalars(select(Registration.person_id).where(Registration.institution_id == school).distinct()))
        meant = set[int]()
        for what, place in doings:
            meant |= do(what, everybody[place % len(everybody)], rows)
        brought = set(db.session.scalars(select(Person.id).where(Person.institution_id == school, Person.roster_id == roster_id)))
        between = of_people(without_the_mirrored(dump()), school)
        answer = undo(roster_id)
        named = {one.person_id for one in answer.kept}
        now, then = of_people(without_the_mirrored(dump()), school), of_people(without_the_mirrored(before), school)
        event(f"{len(named)} named")
        for number in brought & meant & between.keys():
            assert number in named, "who was touched is named"
        for number in brought & named:
            assert {row for row in now[number] if row[0] in HELD} >= {row for row in between[number] if row[0] in HELD}, "and is as before"
        families = {number for child, guardian in pairs(school) for number in (child, guardian) if {child, guardian} & (meant | named)}
        families |= sharing_an_account(school, families)
        for number in now.keys() | then.keys():
            if number not in meant | named | families:
                assert now.get(number) == then.get(number), "nobody else is"

    in_one_unit(work)


HELD = ("people", "events", "pauses", "difficulties")


def pairs(institution_id: int) -> list[tuple[int, int]]:
    statement = select(Guardianship.child_id, Guardianship.guardian_id).where(Guardianship.institution_id == institution_id)
    return [(child, guardian) for child, guardian in db.session.execute(statement)]


def sharing_an_account(institution_id: int, people: set[int]) -> set[int]:
    """Who is the same guardian as one of these, by way of whichever institution, and their children: what is known of one's account is
    known for all of them, as long as the family stays."""
    keys = [
        (key, (of, number))
        for key, of, number in db.session.execute(select(GuardianKey.key, GuardianKey.institution_id, GuardianKey.person_id))
    ]
    same = {(institution_id, number) for number in people}
    while more := {who for key, who in keys if key in {other for other, known in keys if known in same}} - same:
        same |= more
    here = {number for of, number in same if of == institution_id}
    return here | {child for child, guardian in pairs(institution_id) if guardian in here}
