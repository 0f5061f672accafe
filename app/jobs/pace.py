"""Of how many rows so many have been read: nobody knows before the last sheet has been opened, but a bar that jumps back tells nothing."""

from __future__ import annotations

from math import ceil

from app.domain.runs import Stage, Tell


def paced(tell: Tell, data: bytes) -> Tell:
    """Tell what a reader says sheet by sheet as a part of the whole workbook, whose sheets are taken to be alike. It never goes back."""
    sheets = max(1, data.count(b"worksheets/sheet") // 2)  # a zip names each of its parts twice
    seen = {Stage.READ: 0, Stage.JUDGED: 0}
    opened, least = 0, 0.0

    def told(stage: str, done: int, _total: int) -> None:
        nonlocal opened, least
        if stage == Stage.READ and done > seen[Stage.READ]:
            opened += 1
        seen[Stage(stage)] = max(done, seen[Stage(stage)])
        now = Stage.JUDGED if seen[Stage.JUDGED] else Stage.READ
        total = seen[Stage.READ] * max(sheets, opened) // max(opened, 1)
        if now is Stage.JUDGED:
            least = max(least, seen[now] / total if total else 0)
        tell(now, max(seen[now], ceil(least * total)), total)

    return told
