"""Mails over a real SMTP server: how they look, and for every way in which it can go wrong, whether the message can have left."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from app.adapters.channels import Fault, Letter, NotSent, Sent, Unknown
from app.adapters.mail import MailCarrier, MailServer
from tests.unit.adapters.doubles import HERE, Line, MailHouse, certificate, free_port, knows, mail_house, scripted

NOW = datetime(2026, 12, 7, 1, 30, tzinfo=UTC)
STOP = "https://nhac.truong.example/dung/" + "k" * 120
LETTER = Letter(
    "12.345",
    "an@nha.example",
    "Nguyễn Văn Ân",
    "Nhắc: còn 7 ngày",
    "Chào anh Ân.\n.một dòng bắt đầu bằng dấu chấm\n.\nHết.",
    "<p>Chào anh Ân.</p>",
    "Chao anh An.",
    STOP,
)


@contextmanager
def carrier(port: int, security: str = "none", context: ssl.SSLContext | None = None, **more: Any) -> Iterator[MailCarrier]:
    known = {"seconds": 0.3, "patience": 0.3} | more
    made = MailCarrier(MailServer(HERE, port, security, "Trường A <nhac@truong.example>", **known), lambda: NOW, context)
    try:
        yield made
    finally:
        made.close()


def mail_of(house: MailHouse, number: int = -1) -> EmailMessage:
    content = house.mails[number].content
    assert isinstance(content, bytes)
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.fixture
def house() -> Iterator[MailHouse]:
    with mail_house() as made:
        yield made


def test_a_mail_has_what_it_needs_and_nothing_that_tells_more(house: MailHouse):
    with carrier(house.port) as mails:
        assert mails.send(LETTER) == Sent()
    mail = mail_of(house)
    assert {name: str(mail[name]) for name in set(mail.keys()) - {"Content-Type"}} == {
        "List-Unsubscribe": f"<{STOP}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Date": "Mon, 07 Dec 2026 01:30:00 +0000",
        "From": "Trường A <nhac@truong.example>",
        "To": "Nguyễn Văn Ân <an@nha.example>",
        "Subject": "Nhắc: còn 7 ngày",
        "Message-ID": "<nudge-12.345@truong.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    envelope = house.mails[0]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("nhac@truong.example", ["an@nha.example"])


def test_both_forms_arrive_as_they_were_written(house: MailHouse):
    with carrier(house.port) as mails:
        mails.send(LETTER)
    plain, html = mail_of(house).iter_parts()
    assert [plain.get_content().splitlines(), html.get_content().splitlines()] == [LETTER.text.splitlines(), [LETTER.html]]  # type: ignore[attr-defined]
    assert mail_of(house).get_content_type() == "multipart/alternative"


def test_what_cannot_be_delivered_comes_back_to_the_address_that_is_meant_for_it(house: MailHouse):
    with carrier(house.port, bounces_to="tra-lai@truong.example") as mails:
        mails.send(LETTER)
    assert house.mails[0].mail_from == "tra-lai@truong.example"


def test_without_a_way_to_decline_there_is_no_button_for_it(house: MailHouse):
    with carrier(house.port) as mails:
        mails.send(Letter("1.1", "a@nha.example", "A", "Tin", "Tin", "", "Tin"))
    assert mail_of(house)["List-Unsubscribe"] is None
    assert mail_of(house).get_content_type() == "text/plain"


def test_many_mails_take_one_connection(house: MailHouse):
    with carrier(house.port) as mails:
        assert {mails.send(LETTER) for _ in range(20)} == {Sent()}
    assert (len(house.mails), house.connections) == (20, 1)


def test_a_line_break_in_a_name_or_subject_makes_no_header(house: MailHouse):
    with carrier(house.port) as mails:
        odd = Letter("1.1", "a@nha.example", "A\r\nBcc: b@nha.example", "Tin\r\nBcc: b@nha.example", "Tin", "", "Tin")
        assert mails.send(odd) == Sent()
    assert mail_of(house)["Bcc"] is None
    assert house.mails[0].rcpt_tos == ["a@nha.example"]


@pytest.mark.parametrize(
    "to", ["", "an", "an@", "an@nha.example>", "a b@nha.example", "ân@nha.example", "a@b@c.example", "a@nha.example\r\n"]
)
def test_what_is_no_address_is_not_tried(house: MailHouse, to: str):
    with carrier(house.port) as mails:
        assert mails.send(Letter("1.1", to, "A", "Tin", "Tin", "", "Tin")) == NotSent(Fault.BAD_ADDRESS, "not an address")
    assert house.mails == []


def test_a_sender_without_an_address_is_refused_at_once():
    with pytest.raises(ValueError, match="MAIL_FROM"):
        MailCarrier(MailServer(HERE, 25, "none", "Trường A"), lambda: NOW)


# Encryption and login


IN_THE_CLEAR = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd doesn't count TLS from the start


@IN_THE_CLEAR
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mails_go_encrypted_and_signed_in(tmp_path: Path, security: str):
    server, client = certificate(tmp_path)
    login = {"authenticator": knows("nhac", "mật khẩu thử"), "auth_required": True, "auth_require_tls": security == "starttls"}
    with (
        mail_house(server, tls=security == "tls", **login) as house,
        carrier(house.port, security, client, user="nhac", password="mat khau thu") as wrong,
    ):
        assert wrong.send(LETTER) == NotSent(Fault.OPERATOR, "login: 535 5.7.8")
        assert house.mails == []
    login["authenticator"] = knows("nhac", "mat khau thu")
    with (
        mail_house(server, tls=security == "tls", **login) as house,
        carrier(house.port, security, client, user="nhac", password="mat khau thu") as mails,
    ):
        assert [mails.send(LETTER), mails.send(LETTER)] == [Sent(), Sent()]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_the_operators_affair(tmp_path: Path, security: str):
    server, _ = certificate(tmp_path)
    with mail_house(server, tls=security == "tls") as house, carrier(house.port, security, ssl.create_default_context()) as mails:
        outcome = mails.send(LETTER)
    assert isinstance(outcome, NotSent)
    assert outcome.fault is Fault.OPERATOR
    assert outcome.detail.startswith("certificate: ")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_nothing_goes_in_the_clear_where_encryption_is_asked_for(house: MailHouse, security: str):
    with carrier(house.port, security) as mails:
        outcome = mails.send(LETTER)
    assert isinstance(outcome, NotSent)
    assert outcome.fault is Fault.OPERATOR
    assert house.mails == []


def test_a_server_that_knows_no_login_is_the_operators_affair(house: MailHouse):
    with carrier(house.port, user="nhac", password="x") as mails:
        outcome = mails.send(LETTER)
    assert isinstance(outcome, NotSent)
    assert outcome.fault is Fault.OPERATOR


@IN_THE_CLEAR
def test_a_password_that_the_protocol_cannot_carry_is_the_operators_affair():
    with (
        mail_house(authenticator=knows("nhac", "x"), auth_required=True, auth_require_tls=False) as house,
        carrier(house.port, user="nhac", password="mật khẩu") as mails,
    ):
        outcome = mails.send(LETTER)
    assert isinstance(outcome, NotSent)
    assert outcome.fault is Fault.OPERATOR
    assert "mật" not in outcome.detail


# Refusals, at each stage


REFUSALS = [
    ("to_sender", "451 4.3.0 Try later", Fault.AGAIN, "451 4.3.0"),
    ("to_sender", "550 5.7.1 nhac@truong.example may not send", Fault.OPERATOR, "550 5.7.1"),
    ("to_receiver", "450 4.2.0 Greylisted", Fault.AGAIN, "450 4.2.0"),
    ("to_receiver", "550 5.1.1 <an@nha.example>: unknown", Fault.BAD_ADDRESS, "550 5.1.1"),
    ("to_receiver", "550 No such user", Fault.BAD_ADDRESS, "550"),
    ("to_receiver", "551 User not local", Fault.BAD_ADDRESS, "551"),
    ("to_receiver", "553 Mailbox name not allowed", Fault.BAD_ADDRESS, "553"),
    ("to_receiver", "554 5.1.2 No such domain", Fault.BAD_ADDRESS, "554 5.1.2"),
    ("to_receiver", "550 5.4.1 Recipient address rejected: Access denied", Fault.BAD_ADDRESS, "550 5.4.1"),
    ("to_receiver", "552 5.2.2 Mailbox full", Fault.AGAIN, "552 5.2.2"),
    ("to_receiver", "550 5.7.1 Blocked by a filter", Fault.AGAIN, "550 5.7.1"),
    ("to_receiver", "554 5.7.1 Relay access denied", Fault.OPERATOR, "554 5.7.1"),
    ("to_message", "451 4.7.1 Try later", Fault.AGAIN, "451 4.7.1"),
    ("to_message", "554 5.7.1 Looks like spam", Fault.AGAIN, "554 5.7.1"),
    ("to_message", "550 5.1.1 User unknown", Fault.BAD_ADDRESS, "550 5.1.1"),
]


@pytest.mark.parametrize(("step", "answer", "fault", "detail"), REFUSALS)
def test_a_refusal_says_why_without_saying_who(house: MailHouse, step: str, answer: str, fault: Fault, detail: str):
    setattr(house, step, answer)
    with carrier(house.port) as mails:
        assert mails.send(LETTER) == NotSent(fault, detail)


@pytest.mark.parametrize(("step", "answer"), [row[:2] for row in REFUSALS[::3]])
def test_after_a_refusal_the_next_mail_goes_on_the_same_connection(house: MailHouse, step: str, answer: str):
    setattr(house, step, answer)
    with carrier(house.port) as mails:
        mails.send(LETTER)
        setattr(house, step, None)
        assert mails.send(LETTER) == Sent()
    assert house.connections == 1


# Lines that break: before the dot nothing has left, after it nobody knows


Script = Callable[[Line], object]


def greets(line: Line) -> None:
    line.says("220 mx.example ESMTP")
    line.hears()
    line.says("250 mx.example")


def takes(line: Line, *, until: str = "QUIT") -> None:
    """All that comes, politely, up to a command."""
    while (said := line.hears().upper()) and not said.startswith(until):
        line.says("354 Go on" if said == "DATA" else "250 Ok")
        if said == "DATA":
            line.hears_all()
            line.says("250 Ok: queued")


def all_goes_well(line: Line) -> None:
    greets(line)
    takes(line)


def drops_at_once(line: Line) -> None:
    line.drops()


def drops_at_the_greeting(line: Line) -> None:
    line.says("220 mx.example ESMTP")
    line.hears()
    line.drops()


def drops_at(command: str) -> Script:
    def script(line: Line) -> None:
        greets(line)
        takes(line, until=command)
        line.drops()

    return script


def drops_within_the_message(line: Line) -> None:
    greets(line)
    takes(line, until="DATA")
    line.says("354 Go on")
    line.hears()
    line.drops()


def says_nothing_at(command: str) -> Script:
    def script(line: Line) -> None:
        greets(line)
        takes(line, until=command)
        line.hears()  # until the other side gives up

    return script


def closes_the_shop(line: Line) -> None:
    greets(line)
    line.hears()
    line.says("421 4.3.2 Closing")


def is_too_busy(line: Line) -> None:
    line.says("554 5.3.2 No service")


def talks_nonsense(line: Line) -> None:
    greets(line)
    line.hears()
    line.says("hello?")
    line.hears()


BEFORE = [
    drops_at_once,
    drops_at_the_greeting,
    drops_at("MAIL"),
    drops_at("RCPT"),
    drops_at("DATA"),
    says_nothing_at("MAIL"),
    says_nothing_at("DATA"),
    closes_the_shop,
    is_too_busy,
    talks_nonsense,
]


@pytest.mark.parametrize("script", BEFORE)
def test_a_line_that_breaks_before_the_message_has_surely_sent_nothing(script: Script):
    with scripted(script) as server, carrier(server.port) as mails:
        outcome = mails.send(LETTER)
    assert isinstance(outcome, NotSent)
    assert outcome.fault is Fault.AGAIN


def test_a_line_that_breaks_within_a_large_message_has_sent_nothing():
    """So large that not all of it fits into the buffers of the line."""
    large = Letter("1.1", "a@nha.example", "A", "Tin", "x" * 12_000_000, "", "Tin")
    with scripted(drops_within_the_message) as server, carrier(server.port, seconds=2.0) as mails:
        outcome = mails.send(large)
    assert outcome == NotSent(Fault.AGAIN, "the line broke before the message was handed over")


def test_where_nobody_listens_nothing_is_sent():
    with carrier(free_port()) as mails:
        assert mails.send(LETTER) == NotSent(Fault.AGAIN, "no connection: ConnectionRefusedError")


def takes_the_message(line: Line) -> None:
    greets(line)
    takes(line, until="DATA")
    line.says("354 Go on")
    line.hears_all()


def and_drops(line: Line) -> None:
    takes_the_message(line)
    line.drops()


def and_closes(line: Line) -> None:
    takes_the_message(line)


def and_says_nothing(line: Line) -> None:
    takes_the_message(line)
    line.hears()


def and_talks_nonsense(line: Line) -> None:
    takes_the_message(line)
    line.says("fine!")


def and_says_half_a_line(line: Line) -> None:
    takes_the_message(line)
    line.says("250-Ok")


@pytest.mark.parametrize("script", [and_drops, and_closes, and_says_nothing, and_talks_nonsense, and_says_half_a_line])
def test_a_line_that_breaks_after_the_dot_leaves_it_unknown(script: Script):
    with scripted(script) as server, carrier(server.port) as mails:
        assert isinstance(mails.send(LETTER), Unknown)


@pytest.mark.parametrize("script", [and_drops, and_says_nothing, drops_at("RCPT"), closes_the_shop])
def test_after_a_broken_line_the_next_mail_takes_a_new_one(script: Script):
    with scripted(script, all_goes_well) as server, carrier(server.port) as mails:
        mails.send(LETTER)
        assert mails.send(LETTER) == Sent()
        assert len(server.lines) == 2


def goes_well_once_and(then: Script) -> Script:
    """The second mail finds the line like that."""

    def script(line: Line) -> None:
        greets(line)
        takes(line, until="DATA")
        line.says("354 Go on")
        line.hears_all()
        line.says("250 Ok: queued")
        then(line)

    return script


@pytest.mark.parametrize(
    "then", [lambda line: line.closes(), lambda line: line.drops(), lambda line: line.says("421 4.4.2 Idle for too long")]
)
def test_a_line_that_the_server_closed_between_two_mails_costs_none(then: Script):
    with scripted(goes_well_once_and(then), all_goes_well) as server, carrier(server.port) as mails:
        assert [mails.send(LETTER), mails.send(LETTER)] == [Sent(), Sent()]


def test_a_slow_server_is_waited_for_as_long_as_it_takes(house: MailHouse):
    house.wait = 0.1
    with carrier(house.port, seconds=0.05, patience=2.0) as mails:
        assert mails.send(LETTER) == Sent()


def test_a_server_slower_than_all_patience_leaves_it_unknown(house: MailHouse):
    house.wait = 0.3
    with carrier(house.port, patience=0.05) as mails:
        assert isinstance(mails.send(LETTER), Unknown)


def test_no_line_of_a_mail_begins_with_a_dot_but_the_last():
    with scripted(all_goes_well) as server, carrier(server.port) as mails:
        mails.send(LETTER)
        assert server.lines[0].heard.count(".") == 1
        assert server.lines[0].heard[0] == "ehlo truong.example"


def test_closing_twice_or_on_a_dead_line_does_no_harm():
    with scripted(goes_well_once_and(lambda line: line.drops())) as server, carrier(server.port) as mails:
        mails.send(LETTER)
        mails.close()
        mails.close()


def test_the_library_stays_out_of_the_way(house: MailHouse):
    """Its own sending does not tell at which stage it failed, so it is not used; what it does on the line is the same."""
    with carrier(house.port) as mails:
        mails.send(LETTER)
    with smtplib.SMTP(HERE, house.port, "truong.example") as bare:
        bare.sendmail("nhac@truong.example", ["an@nha.example"], house.mails[0].content or b"")
    assert house.mails[0].content == house.mails[1].content
