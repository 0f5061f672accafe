"""Which pairs of the queue of likely doubles are ticked, and where in it somebody is: this goes along in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

Pair = tuple[int, int]

LONGEST = 1000  # pairs that a form or an address may name; all that wait have a word of their own


@dataclass(frozen=True, slots=True)
class Ticked:
    """`pairs` are those ticked, on whatever page of the queue; `after` is the pair behind which the page begins that is looked at."""

    pairs: tuple[Pair, ...]
    every: bool
    after: Pair | None

    def arguments(self) -> dict[str, Any]:
        """As they stand in an address."""
        pairs = [written(*pair) for pair in self.pairs]
        return {"pair": pairs, "every": "1" if self.every else None, "after": written(*self.after) if self.after else None}


def ticked() -> Ticked:
    """What the address of this request says."""
    return Ticked(pairs_of(request.args), bool(request.args.get("every")), read(request.args.get("after", "")))


def pairs_of(asked: MultiDict[str, str]) -> tuple[Pair, ...]:
    found = (read(text) for text in asked.getlist("pair")[:LONGEST])
    return tuple(dict.fromkeys(pair for pair in found if pair))


def written(one_id: int, other_id: int) -> str:
    """A pair as it stands in a form or an address: "12-34"."""
    return f"{one_id}-{other_id}"


def read(text: str) -> Pair | None:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    return (int(found[1]), int(found[2])) if found else None
