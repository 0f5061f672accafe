"""A channel that sends nothing and shows what would go: the default, for trying out."""

from __future__ import annotations

import sys
from typing import TextIO

from app.adapters.channels import Letter, Outcome, Sent
from app.adapters.references import masked
from app.domain.ladder import Channel


class ConsoleCarrier:
    """Writes the channel, a masked address, the subject and the short form, a line for each: whole texts stand in the ledger. Without a
    stream, to the standard output as it is at that moment."""

    def __init__(self, channel: Channel, stream: TextIO | None = None) -> None:
        self._channel, self._stream = channel, stream

    @property
    def channel(self) -> Channel:
        return self._channel

    def send(self, letter: Letter) -> Outcome:
        stream = self._stream or sys.stdout
        said = letter.short if self._channel is Channel.SMS else f"{letter.subject} | {letter.short}"
        stream.write(f"[{self._channel}] {masked(self._channel, letter.to)}: {said}\n")
        stream.flush()
        return Sent()

    def close(self) -> None:
        """There is nothing to close."""
