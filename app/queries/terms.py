"""On which terms a roster's file is read: what a user said it means, the cells typed anew, the repairs that are not wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import orjson
from sqlalchemy import and_, select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Institution, Roster, RosterCorrection, RosterFile
from app.queries.summaries import summary_of
from imports.values import Answer, Correction, SheetAnswer


class Repair(NamedTuple):
    """A kind of repair: what the reader mends by rule in one field. `text` is the msgid of what it says."""

    field: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """`refused` are repairs that are not wanted; `remembered` tells that the answer was given for an earlier file."""

    answer: Answer | None = None
    corrections: tuple[Correction, ...] = ()
    refused: tuple[Repair, ...] = ()
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class KeptRoster:
    """What reading a roster's file again takes. `review` is the number of its latest plan, `repairs` what was mended for that."""

    id: int
    filename: str
    data: bytes
    fingerprint: str
    status: str
    review: int
    terms: Terms
    repairs: tuple[Repair, ...]


def kept_roster(scope: CampaignScope, roster_id: int) -> KeptRoster | None:
    """None where there is no such roster, or its file has been purged."""
    statement = (
        select(Roster, RosterFile.content)
        .join(RosterFile, and_(RosterFile.institution_id == Roster.institution_id, RosterFile.roster_id == Roster.id))
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    roster, content = row
    mended = tuple(Repair(group.field, group.code, group.text) for group in summary_of(roster.summary).repairs)
    return KeptRoster(roster.id, roster.filename, content, roster.fingerprint, roster.status, roster.review, _terms(roster), mended)


def _terms(roster: Roster) -> Terms:
    cells = select(RosterCorrection.sheet, RosterCorrection.row, RosterCorrection.column, RosterCorrection.text).where(
        RosterCorrection.institution_id == roster.institution_id, RosterCorrection.roster_id == roster.id
    )
    corrections = tuple(Correction(*cell) for cell in db.session.execute(cells))
    answer = unpacked_answer(roster.answer) if roster.answer else None
    return Terms(answer, corrections, unpacked_repairs(roster.refused), roster.remembered)


def is_stale(scope: CampaignScope, roster: Roster) -> bool:
    """Whether people have changed since the roster was planned."""
    mark = db.session.scalar(select(Institution.people_mark).where(Institution.id == scope.institution_id))
    return roster.people_mark != mark


def packed_terms(terms: Terms) -> dict[str, str | bool | None]:
    """The columns of a roster that hold its terms; corrections have a table of their own."""
    answer = packed_answer(terms.answer) if terms.answer else None
    return {"answer": answer, "refused": orjson.dumps(list(map(list, terms.refused))).decode(), "remembered": terms.remembered}


def unpacked_repairs(text: str) -> tuple[Repair, ...]:
    return tuple(Repair(*repair) for repair in orjson.loads(text))


def packed_answer(answer: Answer) -> str:
    return orjson.dumps(list(answer.sheets), default=tuple).decode()


def unpacked_answer(text: str) -> Answer:
    sheets = (
        SheetAnswer(name, taken, header_row, tuple((letters, field) for letters, field in fields), *more)
        for name, taken, header_row, fields, *more in orjson.loads(text)
    )
    return Answer(tuple(sheets))
