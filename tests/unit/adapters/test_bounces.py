"""Mails that come back: reports as Postfix, Exchange and Gmail write them, and the mailbox in which they lie."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.adapters.bounces import Bounce, Mailbox, MailboxTrouble, bounce_in, read_mailbox
from tests.unit.adapters.doubles import HERE, Line, certificate, free_port, scripted

RETURNED = """\
Return-Path: <nhac@truong.example>
From: =?utf-8?q?Tr=C6=B0=E1=BB=9Dng_A?= <nhac@truong.example>
To: an.nguyen@nha.example
Subject: Nhac
Message-ID: <nudge-12.345@truong.example>
Auto-Submitted: auto-generated
"""

POSTFIX = f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.truong.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: nhac@truong.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4F2A1.1700000000/mx.truong.example"
Message-Id: <20261207013000.4F2A1@mx.truong.example>

This is a MIME-encapsulated message.

--4F2A1.1700000000/mx.truong.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<an.nguyen@nha.example>: host mx.nha.example[192.0.2.7] said: 550 5.1.1
    <an.nguyen@nha.example>: Recipient address rejected: User unknown (in
    reply to RCPT TO command)

--4F2A1.1700000000/mx.truong.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.truong.example
X-Postfix-Queue-ID: 4F2A1
X-Postfix-Sender: rfc822; nhac@truong.example
Arrival-Date: Mon,  7 Dec 2026 08:30:00 +0700 (+07)

Final-Recipient: rfc822; an.nguyen@nha.example
Original-Recipient: rfc822;an.nguyen@nha.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.nha.example
Diagnostic-Code: smtp; 550 5.1.1 <an.nguyen@nha.example>: Recipient address
    rejected: User unknown

--4F2A1.1700000000/mx.truong.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

{RETURNED}
Chao anh An

--4F2A1.1700000000/mx.truong.example--
"""

EXCHANGE = f"""\
From: <postmaster@nha.example>
To: <nhac@truong.example>
Date: Mon, 7 Dec 2026 01:30:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="9B095B5ADSN=_01D6C2"
X-MS-Exchange-Message-Is-Ndr:
Message-ID: <a7f0@HN1PR01.nha.example>
In-Reply-To: <nudge-12.345@truong.example>
References: <nudge-12.345@truong.example>
Subject: Undeliverable: Nhac
MIME-Version: 1.0

--9B095B5ADSN=_01D6C2
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="inner"

--inner
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

WW91ciBtZXNzYWdlIGNvdWxkbid0IGJlIGRlbGl2ZXJlZC4=

--inner
Content-Type: text/html; charset="utf-8"

<html><body>Your message couldn't be delivered.</body></html>

--inner--

--9B095B5ADSN=_01D6C2
Content-Type: message/delivery-status

Reporting-MTA: dns;HN1PR01.nha.example
Received-From-MTA: dns;mx.truong.example
Arrival-Date: Mon, 7 Dec 2026 01:30:04 +0000

Final-Recipient: rfc822;an.nguyen@nha.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
 an.nguyen@nha.example not found by SMTP address lookup

--9B095B5ADSN=_01D6C2
Content-Type: message/rfc822

{RETURNED}
--9B095B5ADSN=_01D6C2--
"""

GMAIL = """\
From: Mail Delivery Subsystem <mailer-daemon@thu.example>
To: nhac@truong.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <nudge-12.345@truong.example>
In-Reply-To: <nudge-12.345@truong.example>
X-Failed-Recipients: an.nguyen@nha.example
Message-ID: <5fce.1c69.thu@mx.thu.example>
MIME-Version: 1.0
Content-Type: multipart/report; boundary="000000000000a1b2c3"; report-type=delivery-status

--000000000000a1b2c3
Content-Type: multipart/related; boundary="000000000000d4e5f6"

--000000000000d4e5f6
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to an.nguyen@nha.example because the address
couldn't be found, or is unable to receive mail.

--000000000000d4e5f6--

--000000000000a1b2c3
Content-Type: message/delivery-status

Reporting-MTA: dns; thu.example
Arrival-Date: Sun, 06 Dec 2026 17:30:02 -0800 (PST)
X-Original-Message-ID: <nudge-12.345@truong.example>

Final-Recipient: rfc822; an.nguyen@nha.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; thu.example. (192.0.2.26, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or unnecessary spaces.
Last-Attempt-Date: Sun, 06 Dec 2026 17:30:03 -0800 (PST)

--000000000000a1b2c3
Content-Type: message/rfc822

From: nhac@truong.example
To: an.nguyen@nha.example
Subject: Nhac

----- Message truncated -----

--000000000000a1b2c3--
"""

OUT_OF_OFFICE = """\
From: an.nguyen@nha.example
To: nhac@truong.example
In-Reply-To: <nudge-12.345@truong.example>
Auto-Submitted: auto-replied
Subject: Vang mat
Content-Type: text/plain

Toi se tra loi sau.
"""


def read(text: str) -> Bounce | None:
    return bounce_in(text.replace("\n", "\r\n").encode())


@pytest.mark.parametrize(("report", "detail"), [(POSTFIX, "550 5.1.1"), (EXCHANGE, "550 5.1.10"), (GMAIL, "550 5.1.1")])
def test_a_report_tells_which_message_of_ours_and_why(report: str, detail: str):
    assert read(report) == Bounce(12, 345, True, detail)


def test_headers_alone_may_have_been_returned():
    report = POSTFIX.replace("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers")
    assert read(report) == Bounce(12, 345, True, "550 5.1.1")


@pytest.mark.parametrize(
    ("status", "diagnostic", "permanent"),
    [
        ("5.1.1", "smtp; 550 5.1.1 unknown", True),
        ("5.2.1", "smtp; 550 5.2.1 disabled", True),
        ("5.0.0", "smtp; 550 no such user", True),
        ("5.0.0", "x-unix; unknown", False),
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", False),
        ("5.7.1", "smtp; 550 5.7.1 blocked", False),
        ("4.4.7", "smtp; 451 4.4.7 delivery time expired", False),
        ("4.4.1", "smtp; connection timed out", False),
    ],
)
def test_only_what_says_that_nobody_has_the_address_makes_it_dead(status: str, diagnostic: str, permanent: bool):
    head, tail = POSTFIX.split("Status: 5.1.1", 1)
    rest = tail[tail.index("\n\n--4F2A1") :]
    found = read(f"{head}Status: {status}\nDiagnostic-Code: {diagnostic}{rest}")
    assert found is not None
    assert found.permanent is permanent


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_no_final_failure_changes_nothing(action: str):
    assert read(POSTFIX.replace("Action: failed", f"Action: {action}")) is None


@pytest.mark.parametrize(
    "report", [OUT_OF_OFFICE, POSTFIX.replace("nudge-12.345", "abc"), "", "\n\n", "Content-Type: multipart/report\n\n"]
)
def test_what_is_no_report_of_ours_is_none(report: str):
    assert read(report) is None


def test_damaged_reports_do_no_harm():
    for end in range(0, len(POSTFIX), 97):
        read(POSTFIX[:end])
        bounce_in(POSTFIX[:end].encode() + b"\xff\xfe\x00" + POSTFIX[end:].encode())


# The mailbox


class Box:
    """A mailbox over IMAP, as much of it as is asked for."""

    def __init__(self, *messages: str) -> None:
        self.messages = {number: message.replace("\n", "\r\n").encode() for number, message in enumerate(messages, 7)}
        self.flags: dict[int, set[str]] = {number: set() for number in self.messages}
        self.refuses: str | None = None
        self.hangs_up_at: str | None = None
        self.port = 0
        self.commands: list[str] = []

    def serve(self, line: Line) -> None:
        line.says("* OK ready")
        while words := line.hears():
            tag, _, command = words.partition(" ")
            self.commands.append(command)
            if self.hangs_up_at and command.startswith(self.hangs_up_at):
                return
            if self.refuses and command.startswith(self.refuses):
                line.says(f"{tag} NO [AUTHENTICATIONFAILED] not for nhac@truong.example")
                continue
            self._answer(line, command)
            line.says(f"{tag} OK done")
            if command == "LOGOUT":
                return

    def _answer(self, line: Line, command: str) -> None:
        number = int(found[1]) if (found := re.match(r"UID \w+ (\d+)", command)) else 0
        if command == "CAPABILITY":
            line.says("* CAPABILITY IMAP4rev1")
        elif command.startswith("SELECT"):
            line.says(f"* {len(self.messages)} EXISTS")
        elif command == "UID SEARCH UNSEEN":
            line.says(" ".join(["* SEARCH", *(str(it) for it in self.messages if "\\Seen" not in self.flags[it])]))
        elif command.startswith("UID FETCH"):
            data = self.messages[number]
            line.says(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(data)}}}")
            line.raw(data + b")\r\n")
        elif command.startswith("UID STORE"):
            self.flags[number] |= set(command[command.index("(") + 1 : -1].split())
        elif command == "EXPUNGE":
            for gone in [it for it, flags in self.flags.items() if "\\Deleted" in flags]:
                del self.messages[gone], self.flags[gone]
                line.says("* 1 EXPUNGE")


@contextmanager
def serving(box: Box, context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    with scripted(box.serve, context=context) as server:
        yield Mailbox(HERE, server.port, "tls" if context else "none", "nhac", 'mat "khau"', seconds=0.5)


def test_reports_are_settled_and_deleted_and_everything_else_is_left_to_people():
    box, settled = Box(POSTFIX, OUT_OF_OFFICE, GMAIL.replace("12.345", "3.4")), []
    with serving(box) as mailbox:
        assert read_mailbox(mailbox, lambda bounce: bool(settled.append(bounce)) or True) == 2
    assert [(bounce.campaign_id, bounce.nudge_id) for bounce in settled] == [(12, 345), (3, 4)]
    assert box.flags == {8: {"\\Seen"}}


def test_what_is_not_taken_stays_new_for_the_next_time():
    box = Box(POSTFIX)
    with serving(box) as mailbox:
        assert read_mailbox(mailbox, lambda _: False) == 0
        assert box.flags == {7: set()}
        assert read_mailbox(mailbox, lambda _: True) == 1
        assert read_mailbox(mailbox, lambda _: True) == 0
    assert box.messages == {}


def test_whoever_fails_to_settle_loses_no_report():
    def fail(_: Bounce) -> bool:
        raise RuntimeError("the database is gone")

    box = Box(POSTFIX)
    with serving(box) as mailbox, pytest.raises(RuntimeError):
        read_mailbox(mailbox, fail)
    assert box.flags == {7: set()}


def test_the_mailbox_may_speak_tls(tmp_path: Path):
    server, client = certificate(tmp_path)
    box = Box(POSTFIX)
    with serving(box, server) as mailbox:
        assert read_mailbox(mailbox, lambda _: True, client) == 1
        with pytest.raises(MailboxTrouble, match="certificate"):
            read_mailbox(mailbox, lambda _: True)


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID SEARCH", "UID STORE"])
def test_a_refusal_says_what_without_saying_who(command: str):
    box = Box(POSTFIX)
    box.refuses = command
    with serving(box) as mailbox, pytest.raises(MailboxTrouble) as trouble:
        read_mailbox(mailbox, lambda _: True)
    assert "nhac@" not in str(trouble.value)


@pytest.mark.parametrize("command", ["CAPABILITY", "LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "EXPUNGE"])
def test_a_line_that_breaks_is_trouble_and_nothing_worse(command: str):
    box = Box(POSTFIX)
    box.hangs_up_at = command
    with serving(box) as mailbox, pytest.raises(MailboxTrouble):
        read_mailbox(mailbox, lambda _: True)


def test_a_mailbox_that_says_nothing_is_given_up():
    with scripted(lambda line: line.hears()) as server, pytest.raises(MailboxTrouble):
        read_mailbox(Mailbox(HERE, server.port, "none", "nhac", "x", seconds=0.1), lambda _: True)


def test_where_nobody_listens_there_is_trouble():
    with pytest.raises(MailboxTrouble, match="ConnectionRefusedError"):
        read_mailbox(Mailbox(HERE, free_port(), "none", "nhac", "x"), lambda _: True)
