"""What an institution's people said that workbooks with certain headings mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterAnswer
from app.queries.terms import Repair, Terms, unpacked_answer, unpacked_repairs
from imports.files.origins import Origin
from imports.values import Answer
from imports.words.vocabulary import RETURNED_SUFFIX

_LOOKED_AT = 200
_RETURNED = re.compile(rf"(.*?){RETURNED_SUFFIX}(?: ?\(\d+\))?")  # "6A1 - cần sửa (1)", as browsers number what they download again


@dataclass(frozen=True, slots=True)
class AnswerView:
    filename: str
    answered_by: str
    answered_at: datetime


def recalled(scope: CampaignScope, filename: str, fingerprint: str, origin: Origin | None = None) -> Terms:
    """On which terms a new file is to be read: as was answered for its headings, and where it is a workbook that was returned here, without
    the repairs that were refused in it."""
    answer = for_fingerprint(scope, fingerprint)
    return Terms(answer, refused=_refused(scope, filename, fingerprint, origin), remembered=answer is not None)


def _refused(scope: CampaignScope, filename: str, fingerprint: str, origin: Origin | None) -> tuple[Repair, ...]:
    """What was refused in the newest roster with these headings that is the same workbook: the one that it says it is of, or what came
    under its name since. Where it says nothing, because a program has dropped that, a name that we gave tells. Where it is somebody
    else's, nothing is taken over."""
    is_returned, stem = _RETURNED.fullmatch(PurePath(filename).stem) is not None, _stem(filename)
    if origin is None and not is_returned:
        return ()
    newest = db.session.execute(
        select(Roster.id, Roster.digest, Roster.filename, Roster.refused)
        .where(
            Roster.institution_id == scope.institution_id,
            Roster.campaign_id == scope.campaign_id,
            Roster.fingerprint == fingerprint,
            Roster.status.in_(["asking", "read", "applied"]),
        )
        .order_by(Roster.id.desc())
        .limit(_LOOKED_AT)
    )
    under_the_name: tuple[Repair, ...] | None = None
    for number, digest, name, refused in newest:
        if under_the_name is None and _stem(name) == stem:
            under_the_name = unpacked_repairs(refused)
            if origin is None:
                return under_the_name
        if origin == (number, digest):
            return unpacked_repairs(refused) if under_the_name is None else under_the_name
    return ()


def _stem(filename: str) -> str:
    stem = PurePath(filename).stem
    sent = _RETURNED.fullmatch(stem)
    return sent[1] if sent else stem


def for_fingerprint(scope: CampaignScope, fingerprint: str) -> Answer | None:
    """The answer that was given for a workbook with these headings, in any campaign."""
    kept = _answer(scope, fingerprint)
    return unpacked_answer(kept.answer) if kept else None


def answer_view(scope: CampaignScope, fingerprint: str) -> AnswerView | None:
    kept = _answer(scope, fingerprint)
    return AnswerView(kept.filename, kept.answered_by, kept.answered_at) if kept else None


def _answer(scope: CampaignScope, fingerprint: str) -> RosterAnswer | None:
    if not fingerprint:
        return None
    return db.session.scalar(
        select(RosterAnswer).where(RosterAnswer.institution_id == scope.institution_id, RosterAnswer.fingerprint == fingerprint)
    )
