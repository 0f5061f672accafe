"""A channel that sends nothing and keeps what it was given: for tests and dry runs, which say what becomes of each letter."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from app.adapters.channels import Letter, Outcome, Sent
from app.domain.ladder import Channel

Answer = Outcome | Callable[[Letter], Outcome]


class RecordingCarrier:
    """`letters` are those it was given, in order. `outcomes` are what becomes of the first of them, `otherwise` of all others; either may
    be worked out of the letter. What an answer raises is raised, as by a process that dies while it sends."""

    def __init__(self, channel: Channel, outcomes: Iterable[Answer] = (), *, otherwise: Answer | None = None) -> None:
        self._channel = channel
        self._next = deque(outcomes)
        self._otherwise = otherwise if otherwise is not None else Sent()
        self.letters: list[Letter] = []
        self.is_closed = False

    @property
    def channel(self) -> Channel:
        return self._channel

    def will(self, *outcomes: Answer) -> None:
        """What becomes of the letters to come."""
        self._next.extend(outcomes)

    def send(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        answer = self._next.popleft() if self._next else self._otherwise
        return answer(letter) if callable(answer) else answer

    def close(self) -> None:
        self.is_closed = True
