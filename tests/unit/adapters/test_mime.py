"""Mails as bytes: whatever is put in comes out again at the other end, as the standard library reads it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.mime import addressed, message, phrase

NAMES = [
    "An",
    "Nguyễn Văn Ân",
    'O"Neil \\ Bình',
    "An, (nhà) <x@y.example>; B",
    "=?utf-8?b?QQ==?=",
    "Nguyễn " * 40,
    "👩‍👩‍👧 Ân",
    ".",
]


def read(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_out_as_it_went_in(name: str):
    mail = read(message([("To", addressed(name, "an@nha.example")), ("Subject", phrase(name))], "x", ""))
    (to,) = mail["To"].addresses
    assert (to.display_name.split(), to.addr_spec) == (name.split(), "an@nha.example")
    assert mail["Subject"] == " ".join(name.split())


def test_without_a_name_there_is_the_address_alone():
    assert addressed(" ", "an@nha.example") == "an@nha.example"


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400),
)
def test_any_text_comes_out_as_it_went_in(subject: str, text: str):
    data = message([("Subject", phrase(subject))], text, f"<p>{text}</p>")
    mail = read(data)
    assert str(mail["Subject"]).split() == subject.split()
    plain, html = (part.get_payload(decode=True).decode() for part in mail.iter_parts())  # type: ignore[union-attr]
    assert plain.splitlines() == (text.splitlines() or [""])
    assert html.splitlines() == f"<p>{text}</p>".splitlines()
    assert all(len(line) <= 998 and not line.startswith(b".") for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.isascii()


@pytest.mark.parametrize("odd", ["Tin\r\nBcc: b@nha.example", "Tin\nX: y", "Tin\x00\x07", "Tin\u2028X: y", "\udcff"])
def test_nothing_in_a_text_makes_a_header(odd: str):
    mail = read(message([("Subject", phrase(odd)), ("To", addressed(odd, "an@nha.example"))], odd, odd))
    assert set(mail.keys()) == {"Subject", "To", "MIME-Version", "Content-Type"}
    assert [address.addr_spec for address in mail["To"].addresses] == ["an@nha.example"]
