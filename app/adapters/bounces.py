"""What comes back of mails: reports of other servers (RFC 3464), read from a mailbox by IMAP."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from app.adapters.mail_codes import is_no_address, status_in
from app.adapters.references import harmless, referred

SECONDS = 20.0
AT_ONCE = 500
BYTES_READ = 256 * 1024  # of one message; a report and the head of what it returns stand at its beginning
_REPLY_CODE = re.compile(r"\b([45]\d\d)[ -]")
_UID = re.compile(rb"\d+")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours that will not arrive. `permanent` where nobody has the address; else the address may be good another time. `detail`
    are the numbers of the report, nothing of its words."""

    campaign_id: int
    nudge_id: int
    permanent: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where reports arrive; `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str = "INBOX"
    seconds: float = SECONDS


class MailboxTrouble(Exception):
    """The mailbox could not be read to its end. What was not settled is read next time."""


def bounce_in(data: bytes) -> Bounce | None:
    """What a message says of one of ours; None where it says nothing of one, or reports no final failure. That a mail is delayed is not
    final: the server goes on trying."""
    message = message_from_bytes(data)
    report = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    failed = next(filter(_is_failure, _blocks(report)), None) if report else None
    if failed is None:
        return None
    meant = referred(" ".join(_ids(message)))
    if meant is None:
        return None
    diagnostic = _header(failed, "Diagnostic-Code")
    status = status_in(_header(failed, "Status")) or status_in(diagnostic)
    found = _REPLY_CODE.search(diagnostic)
    code = int(found[1]) if found else None
    numbers = " ".join(str(number) for number in (code, status) if number)
    is_final = is_no_address(code, status) and not (status or "5").startswith("4")
    return Bounce(meant.campaign_id, meant.nudge_id, is_final, numbers or "returned")


def _blocks(report: Message) -> Iterator[Message]:
    """The groups of fields in a report: of the message, then of each receiver."""
    payload = report.get_payload()
    yield from (part for part in payload if isinstance(part, Message)) if isinstance(payload, list) else ()


def _is_failure(block: Message) -> bool:
    return _header(block, "Action").strip().lower() == "failed"


def _ids(message: Message) -> Iterator[str]:
    """Where the original's Message-ID may stand: in what was returned, first of all."""
    for part in message.walk():
        if part is not message and part.get_content_type() != "text/rfc822-headers":
            yield _header(part, "Message-ID")
        elif part is not message:
            yield _returned_headers(part)
    yield from (_header(message, name) for name in ("In-Reply-To", "References", "X-Original-Message-ID"))


def _returned_headers(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return _header(message_from_bytes(payload), "Message-ID") if isinstance(payload, bytes) else ""


def _header(message: Message, name: str) -> str:
    return str(message.get(name) or "")


def read_mailbox(mailbox: Mailbox, settle: Callable[[Bounce], bool], context: ssl.SSLContext | None = None) -> int:
    """Hand each new report to `settle`; answers how many it has settled. What is settled is deleted, for what it returns may be personal;
    what `settle` does not take (False) stays new for the next time; what is no report is marked as read and stays for people to read."""
    try:
        box = _opened(mailbox, context)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxTrouble(_described(error)) from None
    try:
        return _read(box, mailbox.folder, settle)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxTrouble(_described(error)) from None
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
        with suppress(OSError):
            box.shutdown()  # where the line broke, saying goodbye has not closed it


def _opened(mailbox: Mailbox, context: ssl.SSLContext | None) -> imaplib.IMAP4:
    context = None if mailbox.security == "none" else context or ssl.create_default_context()
    if mailbox.security == "tls":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=mailbox.seconds)
    else:
        box = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=mailbox.seconds)
    try:
        if mailbox.security == "starttls":
            box.starttls(context)
        box.login(mailbox.user, mailbox.password)
    except BaseException:
        box.shutdown()
        raise
    return box


def _read(box: imaplib.IMAP4, folder: str, settle: Callable[[Bounce], bool]) -> int:
    _done(box.select(f'"{folder}"'))
    settled = 0
    for uid in _UID.findall(_done(box.uid("SEARCH", "UNSEEN")))[:AT_ONCE]:
        found = box.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{BYTES_READ}>)")[1]
        data = next((part[1] for part in found if isinstance(part, tuple)), None)
        if data is None:
            continue
        bounce = bounce_in(data)
        if bounce is None:
            _done(box.uid("STORE", uid.decode(), "+FLAGS.SILENT", "(\\Seen)"))
        elif settle(bounce):
            _done(box.uid("STORE", uid.decode(), "+FLAGS.SILENT", "(\\Seen \\Deleted)"))
            settled += 1
    box.expunge()
    return settled


def _done(answer: tuple[str, list[bytes | None]]) -> bytes:
    """What a command answers; raises where it was refused."""
    kind, said = answer
    first = (said[0] if said else None) or b""
    if kind != "OK":
        raise imaplib.IMAP4.error(first.decode("utf-8", "replace"))
    return first


def _described(error: Exception) -> str:
    return harmless(f"{type(error).__name__}: {error}")
