"""What may have happened to a registration by now: the ways that the demo's people went, one of each kind that exists."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from app.domain.procedure import Procedure
from app.domain.registration import NO_DETAILS, START, Details, Event, Facts, Happening, Proof, Refusal, Way, decide, replay

E = Event
Step = tuple[Event, int, str | None]  # what, how many days ago, reason

REJECTIONS = ("Ảnh CCCD bị mờ", "Sai số điện thoại", "Họ tên không khớp hệ thống", "Ảnh chụp ngang, thiếu mặt sau")
EXCLUSIONS = ("Đã chuyển trường", "Nghỉ thai sản", "Không có điện thoại thông minh", "Chưa tham gia BHYT", "Thuộc lực lượng vũ trang")

# How often each way is gone, per mille, at a place that is ahead, in the middle and behind.
WEIGHTS: dict[str, tuple[int, int, int]] = {
    "in-use": (556, 357, 119),
    "granted": (240, 230, 90),
    "waiting": (40, 50, 40),
    "waiting-long": (6, 14, 20),
    "received": (14, 24, 20),
    "declared": (40, 60, 60),
    "due-soon": (12, 26, 30),
    "lapsed": (6, 18, 40),
    "again": (6, 8, 6),
    "rejected": (8, 16, 24),
    "code-missing": (6, 12, 24),
    "excluded": (24, 34, 30),
    "password-old": (4, 3, 1),
    "stopped": (2, 2, 1),
    "taken-back": (2, 2, 2),
    "to-start": (34, 144, 493),
}


def draw_way(pick: Random, place: int) -> str:
    """A way for one person; `place` is 0 (ahead), 1 or 2 (behind)."""
    return pick.choices(list(WEIGHTS), [weights[place] for weights in WEIGHTS.values()])[0]


def history(pick: Random, way: str, procedure: Procedure, today: date) -> tuple[list[Happening], Facts]:
    """The events of one registration and the facts they lead to, judged by the state machine itself."""
    happenings: list[Happening] = []
    for event, days_ago, reason in _steps(pick, way):
        taken = len(happenings) if event is E.TAKEN_BACK else None
        details = _details(pick, event)
        happening = Happening(len(happenings) + 1, event, today - timedelta(days=days_ago), reason, taken, details)
        if event is not E.TAKEN_BACK:
            decided = decide(procedure, replay(procedure, happenings), happening, today)
            if isinstance(decided, Refusal):
                continue  # a step that this procedure does not know, such as the paper's
        happenings.append(happening)
    return happenings, replay(procedure, happenings) if happenings else START


def guardians_way(pick: Random, *, needed: bool) -> str:
    """A way for a child's guardian; `needed` where a child has come further than it could without the guardian's account."""
    if needed:
        return pick.choices(("in-use", "granted"), (7, 3))[0]
    return pick.choices(("in-use", "granted", "declared", "rejected", "to-start"), (20, 10, 10, 4, 56))[0]


def _details(pick: Random, event: Event) -> Details:
    match event:
        case E.DECLARED:
            return Details(f"G12.{pick.randint(10**6, 10**7 - 1)}", "99004", pick.choice((Way.BATCH, Way.BATCH, Way.DESK, Way.POST)))
        case E.HANDED_IN:
            return Details(way=Way.BATCH)
        case E.GRANTED:
            return Details(proof=pick.choice((Proof.AGENCY_LIST, Proof.RECEIPT, Proof.OWN_WORD)))
        case E.SIGNED_IN:
            return Details(proof=pick.choice((Proof.SEEN, Proof.OWN_WORD, Proof.SCREENSHOT)))
        case _:
            return NO_DETAILS


def _steps(pick: Random, way: str) -> list[Step]:
    ago = pick.randint(9, 24)
    to_grant: list[Step] = [
        (E.DECLARED, ago, None),
        (E.HANDED_IN, ago - pick.randint(1, 3), None),
        (E.GRANTED, ago - pick.randint(4, 6), None),
    ]
    match way:
        case "in-use":
            return [*to_grant, (E.SIGNED_IN, ago - pick.randint(6, 9), None)]
        case "granted":
            return to_grant if pick.random() < 0.9 else [(E.DECLARED, 5, None), (E.GRANTED, 2, None)]
        case "waiting":
            return [(E.DECLARED, 4, None), (E.FORM_RECEIVED, 3, None), (E.HANDED_IN, pick.randint(0, 1), None)]
        case "waiting-long":
            return [(E.DECLARED, 16, None), (E.HANDED_IN, pick.randint(10, 13), None)]
        case "received":
            return [(E.DECLARED, pick.randint(2, 6), None), (E.FORM_RECEIVED, 1, None)]
        case "declared":
            return [(E.DECLARED, pick.randint(0, 6), None)]
        case "due-soon":
            return [(E.DECLARED, pick.choice((7, 8, 9, 9, 10)), None)]
        case "lapsed":
            return [(E.DECLARED, pick.randint(11, 20), None)]
        case "again":
            return [(E.DECLARED, 20, None), (E.DECLARED, pick.randint(1, 5), None)]
        case "rejected":
            return [(E.DECLARED, 9, None), (E.HANDED_IN, 7, None), (E.REJECTED, pick.randint(1, 4), pick.choice(REJECTIONS))]
        case "code-missing":
            return [(E.CODE_MISSING, pick.randint(1, 15), None)]
        case "excluded":
            return [(E.EXCLUDED, pick.randint(1, 15), pick.choice(EXCLUSIONS))]
        case "password-old":
            return [(E.SIGNED_IN, 200, None)]
        case "stopped":
            return [*to_grant, (E.STOPPED, 1, None)]
        case "taken-back":
            return [(E.DECLARED, 3, None), (E.GRANTED, 1, None), (E.TAKEN_BACK, 0, None)]
        case _:
            return [(E.APP_INSTALLED, pick.randint(1, 9), None)] if pick.random() < 0.1 else []
