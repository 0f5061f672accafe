"""What a mail server's refusal means, told by its reply code and its status (RFC 3463), never by its language."""

from __future__ import annotations

import re

from app.adapters.channels import Fault

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_NO_MAILBOX = frozenset({550, 551, 553})
# 5.1.x: there is no such address; 5.2.1: the mailbox is closed; 5.4.1: how Exchange says at its door that it knows no such address.
_DEAD = re.compile(r"5\.1\.\d+|5\.2\.1|5\.4\.1")
_SAYS_NOTHING = "5.0.0"


def status_in(text: str) -> str | None:
    """The status that a reply's text begins with, or holds somewhere."""
    found = _STATUS.search(text)
    return found[1] if found else None


def is_no_address(code: int | None, status: str | None) -> bool:
    """Whether nobody has this address. A full mailbox (5.2.2) or a filter (5.7.x) says nothing against the address, whatever the code."""
    if status and status != _SAYS_NOTHING:
        return bool(_DEAD.fullmatch(status))
    return code in _NO_MAILBOX


def refusal_of_receiver(code: int, text: str) -> Fault:
    """Why one receiver or one message is refused. What concerns neither the address nor our being allowed to send at all is tried again:
    one receiver's filter must not stop a whole channel, nor make an address dead."""
    if code < 500:
        return Fault.AGAIN
    if is_no_address(code, status_in(text)):
        return Fault.BAD_ADDRESS
    return Fault.OPERATOR if "relay" in text.lower() else Fault.AGAIN


def refusal_of_sender(code: int) -> Fault:
    """Why a login, or mail from our address, is refused."""
    return Fault.OPERATOR if code >= 500 else Fault.AGAIN


def described(code: int, text: str) -> str:
    """The numbers of a reply, which are never personal: "550 5.1.1"."""
    status = status_in(text)
    return f"{code} {status}" if status else str(code)
