"""Invented people, to look at a text before it meets real ones."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.ladder import Receiver
from app.domain.registration import State
from app.domain.standing import Goal, Standing
from app.domain.track import Track
from app.texts.speech import Call, Digest, Matter, Speech

_TODAY = date(2026, 11, 23)
CALL = Call(
    institution="Trường THCS Minh Họa",
    office="[99004] BHXH Long Vân",
    agency="BHXH Long Vân",
    dispatch="239/BHXH-TT",
    goal=Goal.GRANTED,
    has_paper=True,
    safe_day=date(2026, 12, 29),
    deadline_on=date(2026, 12, 30),
    contact="Nguyễn Thị Hoa, 0912 000 111",
)


def child(name: str, unit: str, standing: Standing, state: State, **facts: date | str | bool | None) -> Matter:
    return Matter(name, unit, is_own=False, track=Track.GUARDIAN, state=state, standing=standing, **facts)  # type: ignore[arg-type]


def examples(call: Call = CALL, today: date = _TODAY) -> tuple[Speech | Digest, ...]:
    """A guardian with three children in three classes, a person whose form is due, and a coordinator."""
    own = Matter("Trần Thu Hà", None, is_own=True, track=Track.SELF, state=State.TO_START, standing=Standing.TO_START)
    children = (
        child("Nguyễn Hoàng Bảo An", "6A1", Standing.BLOCKED_GUARDIAN, State.TO_START),
        child("Nguyễn Hoàng Gia Bình", "8A2", Standing.BLOCKED_GUARDIAN, State.TO_START),
        child("Nguyễn Hoàng Chi", "9A3", Standing.PAPER_DUE, State.DECLARED, paper_due_on=today + timedelta(days=4)),
    )
    due = Matter(
        "Lê Minh Đức",
        "9A1",
        is_own=True,
        track=Track.SELF,
        state=State.DECLARED,
        standing=Standing.PAPER_DUE,
        paper_due_on=today + timedelta(days=3),
    )
    counts = {Standing.PAPER_DUE: 12, Standing.TO_FIX: 3, Standing.BLOCKED_GUARDIAN: 41, Standing.TO_START: 55, Standing.WAITING: 20}
    stop = "https://vssid.example/stop/vi-du"
    return (
        Speech(Receiver.GUARDIAN, "Trần Thu Hà", today, call, (own, *children), stop),
        Speech(Receiver.PERSON, "Lê Minh Đức", today, call, (due,), stop),
        Digest(
            Receiver.COORDINATOR,
            "Phạm Văn Điệp",
            today,
            call,
            place=call.institution,
            in_scope=612,
            done=481,
            counts=counts,
            unreachable=7,
            url="https://vssid.example/institutions/minh-hoa",
            workdays_left=27,
        ),
    )
