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
from app.services.revising import Revision
from imports.values import Answer, Reading


def answering(scope: CampaignScope, kept: KeptRoster, given: Answer) -> Revision:
    """Read a roster as somebody says. Where nothing is open then, the answer is remembered for the institution; one that says nothing is
    none, and takes the place of an earlier one all the same."""
    if not given.sheets:
        return replace(forgetting(scope, kept), may_ask=kept.status == "asking")

    def keep(reading: Reading) -> None:
        if not reading.questions:
            remember(scope, kept.fingerprint, given, kept.filename)

    return Revision(replace(kept.terms, answer=given, remembered=False), keep, may_ask=kept.status == "asking")


def remember(scope: CampaignScope, fingerprint: str, given: Answer, filename: str) -> None:
    """The newest answer for a workbook's headings is the one that counts."""
    if not fingerprint:
        return
    key = {"institution_id": scope.institution_id, "fingerprint": fingerprint}
    said = {"answer": packed_answer(given), "filename": filename, "answered_by": scope.actor.name, "answered_at": clock.now()}
    statement = insert_into(RosterAnswer).values(**key, **said).on_conflict_do_update(index_elements=list(key), set_=said)
    db.session.execute(statement)


def forgetting(scope: CampaignScope, kept: KeptRoster) -> Revision:
    """Read a roster without an answer, and the next ones too."""

    def keep(_: Reading) -> None:
        of_headings = (RosterAnswer.institution_id == scope.institution_id, RosterAnswer.fingerprint == kept.fingerprint)
        db.session.execute(delete(RosterAnswer).where(*of_headings))

    return Revision(replace(kept.terms, answer=None, remembered=False), keep, may_ask=True)
