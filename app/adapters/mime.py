"""A mail as bytes, ready for the line: plain text and HTML, everything else than ASCII encoded.

Written by hand, because the library takes twice as long to compose a mail as a server takes to accept it. No line begins with a dot, so
none has to be doubled on the way.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode, encodebytes
from collections.abc import Iterator

_LONGEST_WORD = 45  # bytes of text, which make 60 characters: with what stands around it, an encoded word may have 75 (RFC 2047)
_LONGEST_LINE = 900  # of 998 (RFC 5322)
_PLAIN = re.compile(r"[ -~]*")


def phrase(text: str) -> str:
    """A text as a header holds it, folded; line breaks in it become spaces."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and "=?" not in text and len(text) <= _LONGEST_LINE:
        return text
    return "\r\n ".join(f"=?utf-8?b?{b64encode(part).decode()}?=" for part in _parts(text))


def addressed(name: str, address: str) -> str:
    """Somebody's name and address. The address has been looked at before."""
    said = phrase(name)
    if not said:
        return address
    if not said.startswith("=?"):
        quoted = re.sub(r'(["\\])', r"\\\1", said)
        said = f'"{quoted}"'
    return f"{said} <{address}>"


def message(headers: list[tuple[str, str]], text: str, html: str) -> bytes:
    """The whole mail; headers are as `phrase` and `addressed` make them. Without HTML, the text alone."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers) + "MIME-Version: 1.0\r\n"
    if not html:
        return head.encode() + _part("plain", text)
    boundary = f"={secrets.token_hex(12)}="  # an equals sign within a line is in no base64
    begins = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    between = f"--{boundary}\r\n".encode()
    parts = (head.encode(), begins.encode(), between, _part("plain", text), between, _part("html", html), f"--{boundary}--\r\n".encode())
    return b"".join(parts)


def _part(kind: str, text: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return head.encode() + encodebytes(lines.encode(errors="replace")).replace(b"\n", b"\r\n")


def _parts(text: str) -> Iterator[bytes]:
    """The text in pieces that are whole characters each."""
    part = b""
    for sign in text:
        encoded = sign.encode(errors="replace")
        if len(part) + len(encoded) > _LONGEST_WORD:
            yield part
            part = b""
        part += encoded
    if part:
        yield part
