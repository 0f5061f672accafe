"""Days as messages say them: which is the last, and how much time is left."""

from __future__ import annotations

import re
from datetime import date

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SOON = 10


def said_day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def with_weekday(on: date) -> str:
    return f"{_WEEKDAYS[on.weekday()]}, {said_day(on)}"


def short_day(on: date, today: date) -> str:
    """Without the year where nobody can mistake it."""
    return f"{on:%d/%m}" if on.year == today.year else said_day(on)


def by_form_day(due_on: date, today: date) -> str:
    """By when a form has to be handed in; a form overdue is a declaration to be made again, and is not asked for."""
    if today >= due_on:
        return f"ngay hôm nay (ngày {said_day(due_on)} là ngày cuối)"
    return f"chậm nhất ngày {said_day(due_on)}{_left(due_on, today)}"


def by_safe_day(safe_day: date, deadline_on: date, today: date) -> str:
    """By when something has to be done for the campaign's sake: once the safe day is past, at once."""
    if today < safe_day:
        return f"chậm nhất ngày {said_day(safe_day)}{_left(safe_day, today)}"
    if today == safe_day:
        return f"ngay hôm nay, ngày {said_day(safe_day)}"
    if today <= deadline_on:
        return f"ngay hôm nay (thời hạn của đợt là ngày {said_day(deadline_on)})"
    return f"càng sớm càng tốt (đã quá thời hạn ngày {said_day(deadline_on)})"


def _left(on: date, today: date) -> str:
    days = (on - today).days
    return f" (còn {days} ngày)" if days <= _SOON else ""


def for_paper(text: str) -> str:
    """A sentence as it can be read days later: without how many days are left."""
    return re.sub(r" \(còn \d+ ngày\)", "", text)


def in_a_box(by: date | None, today: date) -> str:
    """The day as a printed slip shows it; the slip may be read days later."""
    if by is None:
        return ""
    return f"Chậm nhất: {with_weekday(by)}" if today <= by else "Đã quá hạn, cần làm ngay"
