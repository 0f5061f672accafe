"""What a message is to the outside, and what may become of it; each channel is one small carrier behind this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from app.domain.ladder import Channel


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it leaves. `id` is the nudge's ("12.345", at most 40 characters) and the same for every try of one message; `to` a
    phone ("+84912345678") or an e-mail address; `short` the unaccented SMS form; `values` fills a Zalo template; `stop_url` is where the
    receiver can decline further messages."""

    id: str
    to: str
    name: str
    subject: str
    text: str
    html: str
    short: str
    stop_url: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


class Fault(StrEnum):
    """Why a message surely was not sent."""

    AGAIN = "again"  # nothing left: try again after a while
    BAD_ADDRESS = "bad-address"  # there is no such mailbox or number: the next channel, and the address is dead
    NO_ACCOUNT = "no-account"  # the number has no account there: the next channel, the number itself is good
    REFUSED = "refused"  # the receiver wants nothing on this channel: stop
    MORNING = "morning"  # the channel is closed at night: after six
    TOMORROW = "tomorrow"  # the channel's quota is used up: the next day
    OPERATOR = "operator"  # login, balance, sender name or template: nothing goes until the operator has mended it


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel has taken the message. `provider_id` is its number there."""

    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """The message surely did not leave. `detail` is the channel's own short word for it; it holds nothing personal."""

    fault: Fault
    detail: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can tell whether the message left (the line broke before the answer): it is shown, never sent again by itself."""

    detail: str


Outcome = Sent | NotSent | Unknown


class Carrier(Protocol):
    """One channel that has been set up. `send` never raises for what the other side does: it answers an outcome. It is used by one thread
    at a time and may keep a connection open until `close`."""

    @property
    def channel(self) -> Channel: ...

    def send(self, letter: Letter) -> Outcome: ...

    def close(self) -> None: ...
