"""Who was put outside the target because they left, and stands in a new list, has come back."""

from __future__ import annotations

import re

from app.domain.names import fold

BACK = "trở lại"  # kept with a roster's changes, so it is data and has one language

# Leave of absence says nothing: who is on leave stands in every list.
_LEFT = re.compile(
    r"\b(?:chuyen (?:truong|di|don vi|cong tac|noi|cho|sang|qua)|da chuyen|thoi (?:hoc|viec)|nghi (?:hoc|viec|huu|han|lam)"
    r"|bo (?:hoc|viec)|(?:da )?roi (?:truong|don vi|khoi|di)|cham dut hop dong|het hop dong|xuat canh|tot nghiep|ra truong"
    r"|left|transferred|moved away|resigned|retired|graduated)\b"
)


def tells_of_leaving(reason: str | None) -> bool:
    """Whether somebody was put outside the target because they are no longer there, as far as the reason says so in usual words."""
    return bool(reason and _LEFT.search(fold(reason)))
