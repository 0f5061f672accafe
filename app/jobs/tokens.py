"""Zalo's tokens, for all senders: kept sealed in the database, and renewed by one sender at a time.

A refresh token can be used once. So it is exchanged while the row that keeps it is locked: whoever comes second waits, and finds the new
one. That is the one place where a unit of work waits for another service; it happens about once a day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from app import transaction
from app.adapters.sealing import Sealer, Unsealable
from app.adapters.zalo import Tokens
from app.domain.ladder import Channel
from app.services import tokens

EARLY = timedelta(minutes=5)  # a token that is about to run out may do so on its way


@dataclass(frozen=True, slots=True)
class _Kept:
    """`began_with` is a mark of the setting that the chain of tokens began with: when the operator sets another, that one counts."""

    access: str
    refresh: str
    until: datetime
    began_with: str


class KeptTokens:
    """The store that `app.adapters.zalo` asks for. `first` is the refresh token of the settings, used once. `context` gives each call an
    application context, because carriers work in threads of their own; `now` is the sender's clock."""

    def __init__(
        self, first: str, sealer: Sealer, now: Callable[[], datetime], context: Callable[[], AbstractContextManager[object]]
    ) -> None:
        self._first, self._sealer, self._now, self._context = first, sealer, now, context
        self._mark = hashlib.sha256(first.encode()).hexdigest()

    def access(self) -> str | None:
        with self._context(), transaction.reading():
            return self._valid(self._opened(tokens.kept(Channel.ZALO)))

    def renew(self, refused: str | None, exchange: Callable[[str], Tokens]) -> str:
        with self._context(), transaction.writing():
            kept = self._opened(tokens.locked(Channel.ZALO))
            found = self._valid(kept)
            if found and found != refused:
                return found
            fresh = exchange(kept.refresh if kept else self._first)
            until = self._now() + timedelta(seconds=fresh.seconds)
            tokens.keep(Channel.ZALO, self._sealed(_Kept(fresh.access, fresh.refresh, until, self._mark)), until)
            return fresh.access

    def _valid(self, kept: _Kept | None) -> str | None:
        return kept.access if kept and kept.until - EARLY > self._now() else None

    def _opened(self, sealed: bytes | None) -> _Kept | None:
        """None where there are none of this chain, or no key opens them any more."""
        if sealed is None:
            return None
        try:
            said = orjson.loads(self._sealer.open(sealed))
        except Unsealable:
            return None
        kept = _Kept(said["access"], said["refresh"], datetime.fromisoformat(said["until"]), said["began_with"])
        return kept if kept.began_with == self._mark else None

    def _sealed(self, kept: _Kept) -> bytes:
        return self._sealer.seal(orjson.dumps(kept))
