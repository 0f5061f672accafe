"""What channels call a message of ours, how it is found again in what they report, and what of their words may be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.ladder import ON_A_PHONE, Channel

LONGEST_DETAIL = 120
_REFERENCE = re.compile(r"\bnudge-(\d{1,10})\.(\d{1,10})(?!\d)")
_LARGEST = 2**31 - 1
# An address, or digits enough to be a telephone's or a person's number. Status codes ("5.1.1") and error numbers are shorter.
_PERSONAL = re.compile(r"\S*@\S*|\+?\d(?:[\s.-]?\d){7,}")


@dataclass(frozen=True, slots=True)
class Reference:
    """Which nudge is meant."""

    campaign_id: int
    nudge_id: int


def reference(letter_id: str) -> str:
    """A letter's name at a channel: the same for every try."""
    return f"nudge-{letter_id}"


def referred(text: str) -> Reference | None:
    """The nudge that a Message-ID, RequestId or tracking id of ours names; None where it is none of ours."""
    found = _REFERENCE.search(text)
    if not found:
        return None
    meant = Reference(int(found[1]), int(found[2]))
    return meant if max(meant.campaign_id, meant.nudge_id) <= _LARGEST else None


def harmless(text: str) -> str:
    """Another system's words, short and without addresses and numbers, which it likes to repeat."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return _PERSONAL.sub("…", plain)[:LONGEST_DETAIL]


def masked(channel: Channel, address: str) -> str:
    """Enough of an address for its owner to know it."""
    if channel in ON_A_PHONE:
        local = local_phone(address)
        return f"{local[:2]}…{local[-2:]}"
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def local_phone(phone: str) -> str:
    """+84912345678 as it is dialled at home: 0912345678."""
    return f"0{phone[3:]}" if phone.startswith("+84") else phone
