"""What the reader mends by rule, refused and taken again by the kind of repair. A refused one's values are left out, with a warning."""

from __future__ import annotations

from dataclasses import replace

from app.queries.terms import KeptRoster, Repair
from app.services.revising import Revision
from app.services.rosters import RosterRefusal
from imports.values import Reading


def refusal(kept: KeptRoster, field: str, code: str) -> Revision | RosterRefusal:
    """Only what was mended can be refused."""
    unwanted = next((repair for repair in kept.repairs if (repair.field, repair.code) == (field, code)), None)
    if unwanted is None:
        return RosterRefusal.NO_SUCH_CELL
    return _refusing(kept, (*(repair for repair in kept.terms.refused if repair != unwanted), unwanted))


def acceptance(kept: KeptRoster, field: str, code: str) -> Revision:
    """Take again what was refused."""
    return _refusing(kept, tuple(repair for repair in kept.terms.refused if (repair.field, repair.code) != (field, code)))


def _refusing(kept: KeptRoster, refused: tuple[Repair, ...]) -> Revision:
    return Revision(replace(kept.terms, refused=refused), _nothing_more)


def _nothing_more(_: Reading) -> None:
    """The terms say it all."""
