"""Where a message can be sent: phones and e-mail addresses in the one form in which they are compared and kept."""

from __future__ import annotations

from app.domain.numbers import is_mobile

COUNTRY = "+84"


def of_phone(phone: str | None) -> str | None:
    """A national mobile number as an address ("0912345678" → "+84912345678"); None for anything that takes no text messages."""
    return COUNTRY + phone[1:] if phone and is_mobile(phone) else None


def of_email(email: str | None) -> str | None:
    """An e-mail address in lower case; None where there is none."""
    return email.strip().lower() or None if email else None


def masked(address: str) -> str:
    """An address as it may be shown to whoever need not know it: "+84…678", "a…@example.vn"."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}" if at else f"{address[:3]}…{address[-3:]}"
