"""What the reader mends by rule, refused and taken again by the kind of repair. A refused one's values are left out, with a warning."""

from __future__ import annotations

from dataclasses import replace

from app.domain.scope import CampaignScope
from app.queries.terms import KeptRoster, Repair
from app.services.revising import revise
from app.services.rosters import RosterRefusal, understood


def refuse(scope: CampaignScope, kept: KeptRoster, field: str, code: str) -> RosterRefusal | None:
    """Only what was mended can be refused."""
    unwanted = next((repair for repair in kept.repairs if (repair.field, repair.code) == (field, code)), None)
    if unwanted is None:
        return RosterRefusal.NO_SUCH_CELL
    return _want(scope, kept, (*(repair for repair in kept.terms.refused if repair != unwanted), unwanted))


def take_again(scope: CampaignScope, kept: KeptRoster, field: str, code: str) -> RosterRefusal | None:
    return _want(scope, kept, tuple(repair for repair in kept.terms.refused if (repair.field, repair.code) != (field, code)))


def _want(scope: CampaignScope, kept: KeptRoster, refused: tuple[Repair, ...]) -> RosterRefusal | None:
    terms = replace(kept.terms, refused=refused)
    roster = revise(scope, kept, terms, understood(terms, kept.filename, kept.data))
    return roster if isinstance(roster, RosterRefusal) else None
