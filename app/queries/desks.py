"""The desk's counter: who is meant by what was typed or read, as fast among a million people as among ten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true, union_all

from app.collation import name_key
from app.domain.cards import Card, Number, Words, read_query, spellings
from app.domain.numbers import BHXH_CODE_WIDTH, OLD_ID_WIDTH, PERSONAL_ID_WIDTH, is_mobile
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.domain.track import Part
from app.extensions import db
from app.models import Person, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import PeopleFilter, known_to, meant, standing_column, with_people
from app.queries.guardians import children_of
from app.queries.people import ChildView

AT_MOST = 10
_NAMESAKES = 500  # as many as are looked at for one card or telephone


@dataclass(frozen=True, slots=True)
class DeskRow:
    """Somebody who may be meant. `children` are those of a guardian."""

    id: int
    full_name: str
    unit: str | None
    birth_date: date | None
    birth_year: int | None
    part: Part
    state: State
    standing: Standing
    paper_due_on: date | None
    submitted_on: date | None
    reason: str | None
    children: tuple[ChildView, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`exact`: it is one person, and nothing speaks against it. `card` where a card was read; `more` where there are others beside."""

    rows: tuple[DeskRow, ...]
    card: Card | None
    exact: bool
    more: bool = False


def find(scope: CampaignScope, campaign: CampaignView, query_text: str, limit: int = AT_MOST) -> Found:
    """Whom a card's line, a number or words of a name mean. The kinds of number are asked for one after the other: each has its index, and
    one condition over all of them would have none."""
    query = read_query(query_text)
    match query:
        case Card():
            return _of_card(scope, campaign, query, limit)
        case Number():
            for condition in _numbers(query):
                rows = _rows(scope, campaign, limit, condition)
                if rows:
                    return _found(scope, campaign, rows, limit, exact=len(rows) == 1)
            # A part of a number has no index either; a whole one that nobody has is not looked for as a part.
            return Found((), None, False) if query.is_known_kind else _of_words(scope, campaign, Words(query.typed), limit)
        case Words():
            return _of_words(scope, campaign, query, limit)


def _of_card(scope: CampaignScope, campaign: CampaignView, card: Card, limit: int) -> Found:
    """By the card's numbers; else by name and birth. Whose number is known to be another is shown, but it is for people to judge."""
    rows = _rows(scope, campaign, limit, Person.personal_id == card.personal_id)
    if rows:
        return _found(scope, campaign, rows, limit, exact=True, card=card)
    rows = _rows(scope, campaign, limit, Person.old_id == card.old_id) if card.old_id else []
    if not rows and card.full_name:
        rows = _rows(scope, campaign, limit, *_is_called(card), besides=_was_born(card))
    exact = len(rows) == 1 and not rows[0].has_number and card.birth_date is not None and rows[0].birth_date == card.birth_date
    return _found(scope, campaign, rows, limit, exact=exact, card=card)


def _is_called(card: Card) -> list[ColumnElement[bool]]:
    """The name, in each way of placing its tones."""
    return [Person.sort_key == name_key(name) for name in spellings(card.full_name)]


def _was_born(card: Card) -> ColumnElement[bool]:
    """On the card's day; of whom only a year is known, in that."""
    born = card.birth_date
    if born is None:
        return true()
    only_a_year = and_(Person.birth_date.is_(None), or_(Person.birth_year == born.year, Person.birth_year.is_(None)))
    return or_(Person.birth_date == born, only_a_year)


def _numbers(number: Number) -> Iterator[ColumnElement[bool]]:
    """What the number can be, telephones last: they have no index."""
    kinds = {PERSONAL_ID_WIDTH: Person.personal_id, OLD_ID_WIDTH: Person.old_id, BHXH_CODE_WIDTH: Person.bhxh_code}
    column = kinds.get(len(number.text)) if number.is_known_kind else None
    if column is not None:
        yield column == number.text
    codes = sorted({number.text, number.typed, number.typed.upper()})
    yield Person.pupil_code.in_(codes)
    yield Person.staff_code.in_(codes)
    if is_mobile(number.text) or (not number.is_known_kind and number.text.startswith("0") and number.text.isdigit()):
        yield Person.phone == number.text


def _of_words(scope: CampaignScope, campaign: CampaignView, words: Words, limit: int) -> Found:
    if not words.text:
        return Found((), None, False)
    statement = _statement(scope, campaign).where(meant(campaign, PeopleFilter(q=words.text))).order_by(Person.sort_key, Person.id)
    return _found(scope, campaign, db.session.execute(statement.limit(limit + 1)).all(), limit, exact=False)


def _rows(
    scope: CampaignScope, campaign: CampaignView, limit: int, *indexed: ColumnElement[bool], besides: ColumnElement[bool] | None = None
) -> Sequence[Any]:
    """First who it is, each condition by its index alone; then what else is asked, and what is known of them. In one statement the database
    might rather go through everybody of the institution, or of the campaign, or in the order asked for."""
    people = select(Person.id).where(Person.institution_id == scope.institution_id)
    who = union_all(*(people.where(condition) for condition in indexed))
    ids = db.session.scalars((who if besides is None else people.where(Person.id.in_(who), besides)).limit(_NAMESAKES)).all()
    if not ids:
        return ()
    known = _statement(scope, campaign).where(Person.id.in_(ids), Registration.person_id.in_(ids))
    return sorted(db.session.execute(known).all(), key=lambda row: (row.sort_key, row.id))[: limit + 1]


def _statement(scope: CampaignScope, campaign: CampaignView) -> Select[*tuple[Any, ...]]:
    columns = (
        *(Person.id, Person.full_name, Person.sort_key, Person.birth_date, Person.birth_year),
        *(Person.personal_id.is_not(None).label("has_number"), Unit.name.label("unit"), standing_column(campaign).label("standing")),
        *(Registration.part, Registration.state, Registration.paper_due_on, Registration.submitted_on, Registration.reason),
    )
    return (
        with_people(select(*columns))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(known_to(scope), Person.institution_id == scope.institution_id)
    )


def _found(
    scope: CampaignScope, campaign: CampaignView, found: Sequence[Any], limit: int, *, exact: bool, card: Card | None = None
) -> Found:
    children = children_of(scope, campaign, [row.id for row in found[:limit]]) if found and not exact else {}
    rows = tuple(
        DeskRow(
            id=row.id,
            full_name=row.full_name,
            unit=row.unit,
            birth_date=row.birth_date,
            birth_year=row.birth_year,
            part=Part(row.part),
            state=State(row.state),
            standing=Standing(row.standing),
            paper_due_on=row.paper_due_on,
            submitted_on=row.submitted_on,
            reason=row.reason,
            children=tuple(children.get(row.id, ())),
        )
        for row in found[:limit]
    )
    return Found(rows, card, exact, len(found) > limit)
