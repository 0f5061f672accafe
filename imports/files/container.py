"""What kind of file this is, and whether it is safe to parse: every refusal here comes before a parser has seen a byte."""

from __future__ import annotations

import re

from imports.files import legacy, packed
from imports.files.grids import Container, Noticed
from imports.files.kinds import separated, xml_2003
from imports.files.kinds.letters import beginning, decoded
from imports.values import Unreadable

__all__ = ["Container", "look", "recognise"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"<\s*(?:!doctype html|html|table|head|body|meta|style|div)\b", re.IGNORECASE)
_OTHERS = ("%PDF", "{\\rtf")
_WEB_ARCHIVE = re.compile(r"MIME-Version:|(?:From|Content-Type|Subject):[^\n]{0,200}\n", re.IGNORECASE)
_HEAD = 65_536


def recognise(data: bytes, filename: str) -> Container:
    """The kind of a file, told by its bytes and never by its name; raises Unreadable for what can't or mustn't be parsed."""
    return look(data, filename)[0]


def look(data: bytes, filename: str) -> tuple[Container, Noticed]:
    """The kind of a file, and what its check noticed on the way."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty", "The file %(filename)s is empty. Choose the workbook again.", filename=filename)
    if data.startswith(_ZIP):
        return packed.check(data)
    if data.startswith(_OLE):
        return Container.XLS, legacy.check(data)
    return _kind_of_text(data, filename), Noticed()


def _kind_of_text(data: bytes, filename: str) -> Container:
    """Text of some kind: what is too much for these is refused while it is read, as nothing but our own code reads it."""
    head = beginning(data, _HEAD)
    if head.startswith("<"):
        if xml_2003.NAMESPACE in head and "Workbook" in head and not _HTML.match(head):
            return Container.XML_2003
        if _HTML.search(head):
            return Container.HTML
    if _WEB_ARCHIVE.match(head):
        raise Unreadable(
            "unsupported-kind",
            "%(filename)s is a web archive (.mht) under a spreadsheet's name. Open it in Excel, save it as an Excel workbook (.xlsx) and "
            "upload that.",
            filename=filename,
        )
    if not head.startswith(("<", *_OTHERS)) and separated.may_be(head) and decoded(data) is not None:
        return Container.TEXT
    raise Unreadable(
        "not-a-spreadsheet",
        "%(filename)s is not a spreadsheet. Upload the Excel workbook (.xlsx or .xls) that holds the roster.",
        filename=filename,
    )
