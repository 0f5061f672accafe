"""A campaign's own texts: an officer's for the whole campaign, a coordinator's for the own institution. None is kept that can't be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, Select, func, select, update

from app import clock
from app.domain.names import tidy
from app.domain.scope import AgencyScope, CampaignScope
from app.extensions import db
from app.models import Agency, Campaign, LadderRung, MessageText
from app.queries.message_texts import Scope, in_use, owned
from app.services import log
from app.texts.render import Problem, check
from app.texts.speech import Wording

NAME_LENGTH = 80


class TextRefusal(StrEnum):
    NOT_YOURS = "not-yours"  # the campaign or text is not the scope's to change
    NO_NAME = "no-name"
    NAME_TAKEN = "name-taken"
    IN_USE = "in-use"  # a rung of a ladder uses it
    CHANGED_MEANWHILE = "changed-meanwhile"


@dataclass(frozen=True, slots=True)
class Flawed:
    """The text says what no message may, or can't be read."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text as somebody writes it; `short` may be empty: then the SMS form that comes with the program goes."""

    name: str
    subject: str
    body: str
    short: str = ""

    @property
    def wording(self) -> Wording:
        return Wording(tidy(self.subject), _lines(self.body), _lines(self.short))


def create(scope: Scope, campaign_id: int, draft: TextDraft) -> int | TextRefusal | Flawed:
    """A new text; answers its id. The same name again is refused, so a second click makes no second text."""
    if not _reaches(scope, campaign_id):
        return TextRefusal.NOT_YOURS
    refused = _refusal(scope, campaign_id, draft)
    if refused:
        return refused
    row = MessageText(
        campaign_id=campaign_id,
        institution_id=scope.institution_id if isinstance(scope, CampaignScope) else None,
        **_columns(scope, draft),
    )
    db.session.add(row)
    db.session.flush()
    _note(scope, "made-text")
    return row.id


def change(scope: Scope, campaign_id: int, text_id: int, draft: TextDraft, seen: datetime) -> TextRefusal | Flawed | None:
    """By somebody who saw the text as it was changed at `seen`."""
    if not _reaches(scope, campaign_id) or _own(scope, campaign_id, text_id) is None:
        return TextRefusal.NOT_YOURS
    refused = _refusal(scope, campaign_id, draft, but=text_id)
    if refused:
        return refused
    changed = db.session.execute(
        update(MessageText)
        .where(MessageText.id == text_id, MessageText.changed_at == seen, MessageText.removed_at.is_(None))
        .values(**_columns(scope, draft))
        .execution_options(synchronize_session=False)
    )
    if not cast(CursorResult[Any], changed).rowcount:
        return TextRefusal.CHANGED_MEANWHILE
    db.session.expire_all()
    _note(scope, "changed-text")
    return None


def remove(scope: Scope, campaign_id: int, text_id: int) -> TextRefusal | None:
    """The row stays for what was sent with it. A text that a rung uses is not removed: the rung would say something else unasked."""
    row = _own(scope, campaign_id, text_id) if _reaches(scope, campaign_id) else None
    if row is None:
        return TextRefusal.NOT_YOURS
    if db.session.scalar(select(LadderRung.id).join(MessageText, in_use()).where(MessageText.id == text_id).limit(1)):
        return TextRefusal.IN_USE
    row.removed_at = clock.now()
    db.session.flush()
    _note(scope, "removed-text")
    return None


def _refusal(scope: Scope, campaign_id: int, draft: TextDraft, but: int | None = None) -> TextRefusal | Flawed | None:
    name = tidy(draft.name)
    if not name or len(name) > NAME_LENGTH:
        return TextRefusal.NO_NAME
    problems = check(draft.wording)
    if problems:
        return Flawed(problems)
    taken = db.session.scalar(_living(scope, campaign_id).where(func.lower(MessageText.name) == name.lower(), MessageText.id != (but or 0)))
    return TextRefusal.NAME_TAKEN if taken else None


def _reaches(scope: Scope, campaign_id: int) -> bool:
    """Whether the campaign is the scope's; its row stays locked, so that of two with one name the second sees the first."""
    found = select(Campaign.id).where(Campaign.id == campaign_id).with_for_update(key_share=True, of=Campaign)
    if isinstance(scope, AgencyScope):
        found = found.join(Agency, Agency.id == Campaign.agency_id).where(Agency.path.startswith(scope.path, autoescape=True))
    elif scope.campaign_id != campaign_id:
        return False
    return db.session.scalar(found) is not None


def _living(scope: Scope, campaign_id: int) -> Select[MessageText]:
    return select(MessageText).where(MessageText.campaign_id == campaign_id, MessageText.removed_at.is_(None), owned(scope))


def _own(scope: Scope, campaign_id: int, text_id: int) -> MessageText | None:
    return db.session.scalar(_living(scope, campaign_id).where(MessageText.id == text_id))


def _columns(scope: Scope, draft: TextDraft) -> dict[str, Any]:
    wording = draft.wording
    kept = {"subject": wording.subject, "body": wording.body, "short": wording.short}
    return kept | {"name": tidy(draft.name), "changed_by": scope.actor.name[:120], "changed_at": clock.now()}


def _lines(text: str) -> str:
    """Lines end as browsers don't send them; spaces at their ends say nothing."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _note(scope: Scope, what: str) -> None:
    if isinstance(scope, AgencyScope):
        log.note(scope.actor, what, agency_id=scope.agency_id)
    else:
        log.note(scope.actor, what, institution_id=scope.institution_id)
