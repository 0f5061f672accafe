"""The state machine as a table for readers: `python -m app.domain.table` prints what README shows."""

from __future__ import annotations

from app.domain.procedure import PROCEDURES, Procedure
from app.domain.registration import Move, Refusal, State

_MOVES = {
    Move.STAY: "stays",
    Move.ASIDE_AGAIN: "as before",
    Move.AGAIN_IF_LAPSED: "**declared** if lapsed",
    Move.IF_STRONGER: "stays, if better proven",
}


def markdown(procedure: Procedure) -> str:
    """A line per event, a column per state: the new state, or why the event is refused."""
    states = list(State)
    lines = [
        f"| event ↓ in state → | {' | '.join(states)} |",
        f"|---|{'---|' * len(states)}",
    ]
    for event in procedure.events:
        cells = [_cell(procedure.moves[state, event]) for state in states if (state, event) in procedure.moves]
        if cells:
            lines.append(f"| `{event}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(outcome: State | Move | Refusal) -> str:
    if isinstance(outcome, State):
        return f"**{outcome}**"
    return _MOVES[outcome] if isinstance(outcome, Move) else f"_{outcome}_"


if __name__ == "__main__":
    for each in PROCEDURES.values():
        print(f"### `{each.code}`\n\n{markdown(each)}\n")
