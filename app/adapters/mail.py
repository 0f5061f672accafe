"""E-mail by SMTP, step by step, so that for every failure it is known whether the message can have left.

Until the dot that ends a message has been handed over, it surely has not left: a server throws away what it got without one (RFC 5321,
4.1.1.4). From then to the server's answer nobody knows.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

from app.adapters.channels import Fault, Letter, NotSent, Outcome, Sent, Unknown
from app.adapters.mail_codes import described, refusal_of_receiver, refusal_of_sender
from app.adapters.mime import addressed, message, phrase
from app.adapters.references import harmless, reference
from app.domain.ladder import Channel

SECONDS = 20.0
PATIENCE = 120.0  # for the answer to a whole message, which a server may examine first; who hangs up too early never knows
END = b".\r\n"
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9][A-Za-z0-9.-]*")
_URL = re.compile(r"https?://[!-;=?-~]{1,800}")
_BROKEN = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True)
class MailServer:
    """`security` is "starttls", "tls" or "none"; `sender` as in "Trường A <nhac@truong-a.example>"; what can't be delivered comes back to
    `bounces_to`, the sender's address where it is None."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: str | None = None
    bounces_to: str | None = None
    seconds: float = SECONDS
    patience: float = PATIENCE


class MailCarrier:
    """Keeps one connection open for many messages, and opens another where it broke."""

    def __init__(self, server: MailServer, now: Callable[[], datetime], context: ssl.SSLContext | None = None) -> None:
        self._name, self._sender = parseaddr(server.sender)
        if not _ADDRESS.fullmatch(self._sender):
            raise ValueError("the sender of mails (MAIL_FROM) is not an address")
        self._server, self._now, self._context = server, now, context
        self._host = self._sender.rpartition("@")[2]
        self._bounces_to = server.bounces_to or self._sender
        self._line: smtplib.SMTP | None = None

    @property
    def channel(self) -> Channel:
        return Channel.EMAIL

    def send(self, letter: Letter) -> Outcome:
        if not _ADDRESS.fullmatch(letter.to):
            return NotSent(Fault.BAD_ADDRESS, "not an address")
        data = self._composed(letter)
        kept, outcome = self._line is not None, self._tried(letter.to, data)
        if kept and self._line is None and isinstance(outcome, NotSent):  # the server had hung up since the last message
            return self._tried(letter.to, data)
        return outcome

    def close(self) -> None:
        if self._line:
            with suppress(*_BROKEN):
                self._line.quit()
        self._hang_up()

    def _composed(self, letter: Letter) -> bytes:
        headers = [
            ("Date", format_datetime(self._now())),
            ("From", addressed(self._name, self._sender)),
            ("To", addressed(letter.name, letter.to)),
            ("Subject", phrase(letter.subject)),
            ("Message-ID", f"<{reference(letter.id)}@{self._host}>"),
            ("Auto-Submitted", "auto-generated"),
        ]
        if letter.stop_url and _URL.fullmatch(letter.stop_url):  # for a mail program's own button (RFC 8058)
            headers += [("List-Unsubscribe", f"<{letter.stop_url}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
        return message(headers, letter.text, letter.html)

    def _tried(self, to: str, data: bytes) -> Outcome:
        try:
            line = self._line = self._line or self._opened()
        except _Refused as refused:
            return refused.outcome
        try:
            refusal = self._envelope(line, to)
            if refusal is None:
                line.send(data + END)  # where this raises, the end at the least has not gone
        except _BROKEN:
            self._hang_up()
            return NotSent(Fault.AGAIN, "the line broke before the message was handed over")
        return refusal or self._ended(line)

    def _opened(self) -> smtplib.SMTP:
        """A connection on which messages can be sent; raises _Refused."""
        line: smtplib.SMTP | None = None
        try:
            line = self._connected()
            line.ehlo_or_helo_if_needed()
            if self._server.security == "starttls":
                line.starttls(context=self._tls())
                line.ehlo_or_helo_if_needed()
            if self._server.user:
                line.login(self._server.user, self._server.password or "")
        except (*_BROKEN, ValueError) as error:
            if line:
                line.close()
            raise _Refused(_not_opened(error)) from None
        return line

    def _connected(self) -> smtplib.SMTP:
        server, named = self._server, self._host
        line: smtplib.SMTP
        if server.security == "tls":
            line = smtplib.SMTP_SSL(server.host, server.port, named, timeout=server.seconds, context=self._tls())
        else:
            line = smtplib.SMTP(server.host, server.port, named, timeout=server.seconds)
        if line.sock:  # a message's last part is not to wait until what went before it has been confirmed
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def _tls(self) -> ssl.SSLContext:
        self._context = self._context or ssl.create_default_context()
        return self._context

    def _envelope(self, line: smtplib.SMTP, to: str) -> NotSent | None:
        """From whom, to whom, and that the message comes now; None where all that is taken."""
        code, said = line.mail(self._bounces_to)
        if code != 250:
            return self._declined(refusal_of_sender(code), code, said)
        code, said = line.rcpt(to)
        if code not in {250, 251}:
            return self._declined(refusal_of_receiver(code, _text(said)), code, said)
        code, said = line.docmd("DATA")
        return None if code == 354 else self._declined(refusal_of_receiver(code, _text(said)), code, said)

    def _ended(self, line: smtplib.SMTP) -> Outcome:
        """What becomes of a message that has been handed over."""
        try:
            if line.sock:
                line.sock.settimeout(self._server.patience)
            code, said = line.getreply()
            if line.sock:
                line.sock.settimeout(self._server.seconds)
        except _BROKEN:
            self._hang_up()
            return Unknown("the line broke after the message, before the answer")
        if 200 <= code < 300:
            return Sent()
        if not 400 <= code < 600:
            self._hang_up()
            return Unknown("the answer to the message could not be understood")
        return self._declined(refusal_of_receiver(code, _text(said)), code, said)

    def _declined(self, fault: Fault, code: int, said: bytes) -> NotSent:
        """What a refusal means; the connection is made ready for the next message."""
        try:
            is_ready = code != 421 and self._line is not None and self._line.rset()[0] == 250
        except _BROKEN:
            is_ready = False
        if not is_ready:
            self._hang_up()
        return NotSent(fault, described(code, _text(said)))

    def _hang_up(self) -> None:
        if self._line:
            self._line.close()
        self._line = None


class _Refused(Exception):
    """No connection could be had."""

    def __init__(self, outcome: NotSent) -> None:
        super().__init__(outcome.detail)
        self.outcome = outcome


def _not_opened(error: Exception) -> NotSent:
    """Certificate, encryption and login are for the operator to mend; everything else may be better in a while."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotSent(Fault.OPERATOR, f"certificate: {harmless(error.verify_message)}"[:120])
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return NotSent(Fault.OPERATOR, f"encryption: {error.reason}")
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return NotSent(Fault.AGAIN, described(error.smtp_code, _text(error.smtp_error)))
    if isinstance(error, smtplib.SMTPResponseException):
        return NotSent(refusal_of_sender(error.smtp_code), f"login: {described(error.smtp_code, _text(error.smtp_error))}")
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return NotSent(Fault.AGAIN, f"no connection: {type(error).__name__}")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return NotSent(Fault.AGAIN, "the server hung up")
    return NotSent(Fault.OPERATOR, harmless(str(error)))


def _text(said: bytes | str) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")
