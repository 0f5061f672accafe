"""The procedures a campaign can follow, each a versioned value: which events exist, the paper window, the office's promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.registration import Event, Move, Refusal, State

S, E, R = State, Event, Refusal
Outcome = State | Move | Refusal


@dataclass(frozen=True, slots=True)
class Procedure:
    """`paper_days`: days from declaring until the signed form must be handed in, None where there is no paper.
    `office_days`: working days the office has for its decision. `identity`: the number by which the office knows a person."""

    code: str
    paper_days: int | None
    office_days: int
    identity: str
    moves: Mapping[tuple[State, Event], Outcome]

    def with_paper_days(self, days: int | None) -> Procedure:
        """The same procedure with a campaign's own paper window; a procedure without paper stays without."""
        return self if self.paper_days is None or days is None else replace(self, paper_days=days)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that can be recorded under this procedure, in the order of the way."""
        return tuple(e for e in Event if e is E.TAKEN_BACK or any(self.moves[s, e] is not R.NO_PAPER for s in State))


# Rows are events, columns states in the order of `State`. What has happened outside can always be recorded, also late and out of
# order: a grant or a sign-in is accepted from every state but an exclusion, because the office's word counts more than what we had
# noted (domain: "not linear").
# fmt: off
_STAY, _BACK, _LAPSED, _PROOF = Move.STAY, Move.ASIDE_AGAIN, Move.AGAIN_IF_LAPSED, Move.IF_STRONGER
_WAY: dict[Event, tuple[Outcome, ...]] = {
    #                   to-start             code-missing            declared             form-received        handed-in            rejected             granted            in-use             excluded            stopped
    E.CODE_MISSING:     (S.CODE_MISSING,     R.CODE_ALREADY_MISSING, S.CODE_MISSING,      S.CODE_MISSING,      S.CODE_MISSING,      S.CODE_MISSING,      R.ALREADY_GRANTED, R.ALREADY_IN_USE,  R.IS_EXCLUDED,      R.IS_STOPPED),
    E.CODE_ISSUED:      (R.CODE_NOT_MISSING, S.TO_START,             R.CODE_NOT_MISSING,  R.CODE_NOT_MISSING,  R.CODE_NOT_MISSING,  R.CODE_NOT_MISSING,  R.CODE_NOT_MISSING, R.CODE_NOT_MISSING, R.IS_EXCLUDED,    R.IS_STOPPED),
    E.DECLARED:         (S.DECLARED,         S.DECLARED,             _LAPSED,             _LAPSED,             R.ALREADY_HANDED_IN, S.DECLARED,          R.ALREADY_GRANTED, R.ALREADY_IN_USE,  R.IS_EXCLUDED,      S.DECLARED),
    E.FORM_RECEIVED:    (R.NOT_DECLARED,     R.NOT_DECLARED,         S.FORM_RECEIVED,     R.ALREADY_RECEIVED,  R.ALREADY_HANDED_IN, S.FORM_RECEIVED,     _STAY,             _STAY,             R.IS_EXCLUDED,      R.IS_STOPPED),
    E.HANDED_IN:        (R.NOT_DECLARED,     R.NOT_DECLARED,         S.HANDED_IN,         S.HANDED_IN,         R.ALREADY_HANDED_IN, S.HANDED_IN,         _STAY,             _STAY,             R.IS_EXCLUDED,      R.IS_STOPPED),
    E.REJECTED:         (S.REJECTED,         S.REJECTED,             S.REJECTED,          S.REJECTED,          S.REJECTED,          R.ALREADY_REJECTED,  R.ALREADY_GRANTED, R.ALREADY_IN_USE,  R.IS_EXCLUDED,      R.IS_STOPPED),
    E.GRANTED:          (S.GRANTED,          S.GRANTED,              S.GRANTED,           S.GRANTED,           S.GRANTED,           S.GRANTED,           _PROOF,            _PROOF,             R.IS_EXCLUDED,      S.GRANTED),
    E.APP_INSTALLED:    (_STAY,              _STAY,                  _STAY,               _STAY,               _STAY,               _STAY,               _STAY,             _STAY,             R.IS_EXCLUDED,      R.IS_STOPPED),
    E.SIGNED_IN:        (S.IN_USE,           S.IN_USE,               S.IN_USE,            S.IN_USE,            S.IN_USE,            S.IN_USE,            S.IN_USE,          _PROOF,             R.IS_EXCLUDED,      R.IS_STOPPED),
    E.PASSWORD_CHANGED: (S.IN_USE,           S.IN_USE,               S.IN_USE,            S.IN_USE,            S.IN_USE,            S.IN_USE,            S.IN_USE,          _STAY,             R.IS_EXCLUDED,      R.IS_STOPPED),
    E.DATA_CHANGED:     (R.NOT_GRANTED,      R.NOT_GRANTED,          R.NOT_GRANTED,       R.NOT_GRANTED,       R.NOT_GRANTED,       R.NOT_GRANTED,       _STAY,             _STAY,             R.IS_EXCLUDED,      R.IS_STOPPED),
    E.STOPPED:          (R.NOT_GRANTED,      R.NOT_GRANTED,          R.NOT_GRANTED,       R.NOT_GRANTED,       R.NOT_GRANTED,       R.NOT_GRANTED,       S.STOPPED,         S.STOPPED,         R.IS_EXCLUDED,      R.ALREADY_STOPPED),
    E.EXCLUDED:         (S.EXCLUDED,         S.EXCLUDED,             S.EXCLUDED,          S.EXCLUDED,          S.EXCLUDED,          S.EXCLUDED,          S.EXCLUDED,        S.EXCLUDED,        R.ALREADY_EXCLUDED, S.EXCLUDED),
    E.READMITTED:       (R.NOT_EXCLUDED,     R.NOT_EXCLUDED,         R.NOT_EXCLUDED,      R.NOT_EXCLUDED,      R.NOT_EXCLUDED,      R.NOT_EXCLUDED,      R.NOT_EXCLUDED,    R.NOT_EXCLUDED,    _BACK,              R.NOT_EXCLUDED),
}
# fmt: on
_PAPER_EVENTS = (E.FORM_RECEIVED, E.HANDED_IN)

PAPER_2021 = Procedure(
    code="paper-2021",
    paper_days=10,
    office_days=3,
    identity="bhxh_code",
    moves={(state, event): outcome for event, row in _WAY.items() for state, outcome in zip(State, row, strict=True)},
)
EID_2025 = Procedure(
    code="eid-2025",
    paper_days=None,
    office_days=3,
    identity="personal_id",
    moves={key: R.NO_PAPER if key[1] in _PAPER_EVENTS else outcome for key, outcome in PAPER_2021.moves.items()},
)
PROCEDURES: dict[str, Procedure] = {p.code: p for p in (PAPER_2021, EID_2025)}
