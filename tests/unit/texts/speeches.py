"""Speeches for tests: one of every standing and track, as they can occur."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.ladder import Receiver
from app.domain.registration import State
from app.domain.standing import Goal, Standing
from app.domain.track import Track
from app.texts.speech import Call, Digest, Matter, Speech

TODAY = date(2026, 11, 23)
CALL = Call(
    institution="Trường THCS Minh Họa",
    office="[99004] BHXH Long Vân",
    agency="BHXH Long Vân",
    dispatch="239/BHXH-TT",
    goal=Goal.IN_USE,
    has_paper=True,
    safe_day=date(2026, 12, 29),
    deadline_on=date(2026, 12, 30),
    contact="Nguyễn Thị Hoa, 0912000111",
)
WITHOUT_PAPER = replace(CALL, has_paper=False)
FACTS: dict[tuple[Standing, State], dict[str, Any]] = {
    (Standing.TO_START, State.TO_START): {},
    (Standing.TO_START, State.STOPPED): {},
    (Standing.BLOCKED_CODE, State.CODE_MISSING): {},
    (Standing.BLOCKED_GUARDIAN, State.TO_START): {},
    (Standing.PAPER_DUE, State.DECLARED): {"paper_due_on": date(2026, 11, 26)},
    (Standing.PAPER_DUE, State.FORM_RECEIVED): {"paper_due_on": date(2026, 11, 26)},
    (Standing.LAPSED, State.DECLARED): {"paper_due_on": date(2026, 11, 20)},
    (Standing.TO_FIX, State.REJECTED): {"reason": "Ảnh thẻ bị mờ"},
    (Standing.WAITING, State.HANDED_IN): {"waits_since": date(2026, 11, 20)},
    (Standing.WAITING_LONG, State.HANDED_IN): {"waits_since": date(2026, 11, 9)},
    (Standing.TO_SIGN_IN, State.GRANTED): {},
    (Standing.DONE, State.IN_USE): {"renew_by": date(2026, 12, 1)},
}
NOTHING_TO_DO = {(Standing.PAPER_DUE, State.FORM_RECEIVED), (Standing.WAITING, State.HANDED_IN), (Standing.WAITING_LONG, State.HANDED_IN)}


def own(standing: Standing, state: State, name: str = "Lê Minh Đức", **facts: Any) -> Matter:
    """Somebody's own registration."""
    known = FACTS[standing, state] | facts
    return Matter(full_name=name, unit="9A1", is_own=True, track=Track.SELF, state=state, standing=standing, **known)


def child(standing: Standing, state: State, name: str = "Trần Bảo An", unit: str = "6A1", **facts: Any) -> Matter:
    known = {"guardian_has_account": standing is not Standing.BLOCKED_GUARDIAN} | FACTS[standing, state] | facts
    return Matter(full_name=name, unit=unit, is_own=False, track=Track.GUARDIAN, state=state, standing=standing, **known)


def to_person(matter: Matter, **other: Any) -> Speech:
    return replace(Speech(Receiver.PERSON, matter.full_name, TODAY, CALL, (matter,)), **other)


def to_guardian(*matters: Matter, **other: Any) -> Speech:
    return replace(Speech(Receiver.GUARDIAN, "Trần Thu Hà", TODAY, CALL, matters), **other)


def every_speech() -> list[Speech]:
    """One of each standing for a person and for a guardian's child; nobody who registers alone waits for a guardian."""
    people = [to_person(own(*kind)) for kind in FACTS if kind[0] is not Standing.BLOCKED_GUARDIAN]
    return people + [to_guardian(child(*kind)) for kind in FACTS]


DIGEST = Digest(
    receiver=Receiver.COORDINATOR,
    name="Phạm Văn Điệp",
    today=TODAY,
    call=CALL,
    place="Trường THCS Minh Họa",
    in_scope=612,
    done=481,
    counts={Standing.PAPER_DUE: 12, Standing.TO_START: 99, Standing.WAITING: 20, Standing.LAPSED: 0},
    unreachable=7,
    url="https://vssid.example/institutions/minh-hoa",
    workdays_left=27,
)
