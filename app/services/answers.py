"""What a user says that a workbook means: it is read so at once, and so is the next one with these headings."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete

from app import clock
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import RosterAnswer
from app.queries.terms import KeptRoster, packed_answer
from app.services.inserting import insert_into
from app.services.revising import revise
from app.services.rosters import RosterRefusal, understood, understood_or_asked
from imports.values import Answer, Question


def answer(scope: CampaignScope, kept: KeptRoster, given: Answer) -> tuple[Question, ...] | RosterRefusal:
    """Read a roster as somebody says. Answers what is still open; where nothing is, the answer is remembered for the institution."""
    terms = replace(kept.terms, answer=given, remembered=False)
    read_on = understood_or_asked if kept.status == "asking" else understood
    reading = read_on(terms, kept.filename, kept.data)
    roster = revise(scope, kept, terms, reading)
    if isinstance(roster, RosterRefusal):
        return roster
    if not reading.questions:
        remember(scope, kept.fingerprint, given, kept.filename)
    return reading.questions


def remember(scope: CampaignScope, fingerprint: str, given: Answer, filename: str) -> None:
    """The newest answer for a workbook's headings is the one that counts."""
    if not fingerprint:
        return
    key = {"institution_id": scope.institution_id, "fingerprint": fingerprint}
    said = {"answer": packed_answer(given), "filename": filename, "answered_by": scope.actor.name, "answered_at": clock.now()}
    statement = insert_into(RosterAnswer).values(**key, **said).on_conflict_do_update(index_elements=list(key), set_=said)
    db.session.execute(statement)


def forget(scope: CampaignScope, kept: KeptRoster) -> RosterRefusal | None:
    """Read a roster without an answer, and the next ones too."""
    terms = replace(kept.terms, answer=None, remembered=False)
    roster = revise(scope, kept, terms, understood_or_asked(terms, kept.filename, kept.data))
    if isinstance(roster, RosterRefusal):
        return roster
    of_headings = (RosterAnswer.institution_id == scope.institution_id, RosterAnswer.fingerprint == kept.fingerprint)
    db.session.execute(delete(RosterAnswer).where(*of_headings))
    return None
