"""A text as it will be read: put into words for real people, or for invented ones where there is nobody to remind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

from app import clock
from app.domain.ladder import Receiver
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.queries import people
from app.queries.campaigns import CampaignView
from app.queries.filters import NO_UNIT, PeopleFilter
from app.queries.forecast import speech_for
from app.queries.progress import UnitProgress, institution_progress
from app.queries.slips import group_digest
from app.queries.speeches import calls
from app.texts.examples import examples
from app.texts.layout import Block, blocks
from app.texts.render import said
from app.texts.short import length, parts
from app.texts.speech import Digest, Said, Speech, Wording

_DIFFERENT = (Standing.PAPER_DUE, Standing.BLOCKED_GUARDIAN, Standing.TO_START, Standing.TO_FIX)  # these say the most different things
MOST = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """One message. `about` is the person of the list whom it was made for, None for invented people."""

    name: str
    receiver: Receiver
    about: int | None
    said: Said
    blocks: tuple[Block, ...]
    characters: int
    parts: int


def previews(scope: CampaignScope | None, campaign: CampaignView, wording: Wording | None) -> list[Preview]:
    """Up to three real messages and the institution's digest; where nobody is left, or without a scope, those of invented people."""
    real = _real(scope, campaign) if scope else []
    if not scope or not real:
        number = scope.institution_id if scope else None
        invented = examples(calls(campaign, [number]).of(number), clock.today())
        return [_preview(speech, wording, None) for speech in invented]
    found = [_preview(speech, wording, person_id) for person_id, speech in real]
    return [*found, _preview(_digest(scope, campaign), wording, None)]


def _real(scope: CampaignScope, campaign: CampaignView) -> list[tuple[int, Speech]]:
    """One person of each standing that says something else; a family is spoken to once."""
    found: dict[tuple[str, ...], tuple[int, Speech]] = {}
    for standing in _DIFFERENT:
        for row in people.people_page(scope, campaign, PeopleFilter(standings=frozenset({standing})), size=1).rows:
            speech = speech_for(scope, campaign, row.id)
            if speech is not None:
                found.setdefault((speech.name, *(matter.full_name for matter in speech.matters)), (row.id, speech))
    return list(found.values())[:MOST]


def _digest(scope: CampaignScope, campaign: CampaignView) -> Digest:
    """What whoever looks at the text would be told of the whole institution."""
    call = calls(campaign, [scope.institution_id]).of(scope.institution_id)
    whole = UnitProgress(NO_UNIT, None, institution_progress(scope, campaign))
    return replace(group_digest(campaign, call, whole), receiver=Receiver.COORDINATOR, name=scope.actor.name, url=request.url_root)


def _preview(speech: Speech | Digest, wording: Wording | None, about: int | None) -> Preview:
    it = said(speech, wording)
    return Preview(speech.name, speech.receiver, about, it, blocks(it.text), length(it.short), parts(it.short))
