"""For the page of one person: every message to them or about them, and the rungs that passed without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import ladders, nudges, passed_rungs, pauses
from app.queries.campaigns import CampaignView
from app.queries.nudges import NudgeView
from app.queries.passed_rungs import PassedRung
from app.queries.pauses import PauseView
from app.queries.people import PersonView


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A message, or a rung that passed without one."""

    on: date
    nudge: NudgeView | None
    passed: PassedRung | None


@dataclass(frozen=True, slots=True)
class PersonLedger:
    """`pauses` are the person's own; `may_send` that the visitor may pause and remind."""

    lines: tuple[LedgerLine, ...]
    pauses: tuple[PauseView, ...]
    may_send: bool


def ledger_of(scope: CampaignScope, campaign: CampaignView, person: PersonView) -> PersonLedger | None:
    """None for a role that sees no reminders."""
    if not scope.may(Action.SEE_NUDGES):
        return None
    messages = nudges.of_person(scope, person.id)
    told = {(nudge.rung.id, nudge.occasion_on) for nudge in messages if nudge.rung}
    missed = passed_rungs.passed(scope, campaign, ladders.ladder(campaign.id), person, told)
    lines = [LedgerLine(nudge.goes_on, nudge, None) for nudge in messages] + [LedgerLine(one.goes_on, None, one) for one in missed]
    return PersonLedger(
        tuple(sorted(lines, key=lambda line: line.on, reverse=True)),
        pauses.of_person(scope, person.id),
        scope.may(Action.SEND_NUDGES),
    )
