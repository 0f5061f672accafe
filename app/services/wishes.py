"""What somebody wants changed in a review, as text that a run in the background carries, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import orjson

from app.domain.scope import CampaignScope
from app.queries.terms import KeptRoster, packed_answer, unpacked_answer
from app.services import answers, corrections, repairs
from app.services.revising import Revision
from app.services.rosters import RosterRefusal
from imports.values import Answer, Correction


class _Wanted(StrEnum):
    CORRECT = "correct"
    TAKE_BACK = "take-back"
    REFUSE = "refuse"
    ACCEPT = "accept"
    ANSWER = "answer"
    FORGET = "forget"


def to_correct(cell: Correction) -> str:
    """A cell typed anew."""
    return _packed(_Wanted.CORRECT, *cell)


def to_take_back(cell: Correction) -> str:
    """What the file has in a cell."""
    return _packed(_Wanted.TAKE_BACK, *cell)


def to_refuse(field: str, code: str) -> str:
    """A kind of repair left out."""
    return _packed(_Wanted.REFUSE, field, code)


def to_accept(field: str, code: str) -> str:
    """A kind of repair taken again."""
    return _packed(_Wanted.ACCEPT, field, code)


def to_read_as(given: Answer) -> str:
    """The file read as somebody says."""
    return _packed(_Wanted.ANSWER, packed_answer(given))


def to_forget() -> str:
    """The file read without what was said before."""
    return _packed(_Wanted.FORGET)


def revision(scope: CampaignScope, kept: KeptRoster, wish: str) -> Revision | RosterRefusal:
    """What a wish comes to with a roster as it is now."""
    name, *said = orjson.loads(wish)
    match _Wanted(name):
        case _Wanted.CORRECT:
            return corrections.correction(scope, kept, Correction(*said))
        case _Wanted.TAKE_BACK:
            return corrections.removal(scope, kept, Correction(*said))
        case _Wanted.REFUSE:
            return repairs.refusal(kept, *said)
        case _Wanted.ACCEPT:
            return repairs.acceptance(kept, *said)
        case _Wanted.ANSWER:
            return answers.answering(scope, kept, unpacked_answer(*said))
        case _Wanted.FORGET:
            return answers.forgetting(scope, kept)


def _packed(wanted: _Wanted, *said: str | int) -> str:
    parts: Sequence[str | int] = (wanted.value, *said)
    return orjson.dumps(parts).decode()
