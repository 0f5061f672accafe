"""What kind of file was sent, told by its bytes and never by its name; every refusal here comes before a decoder has seen a byte."""

from __future__ import annotations

import re
from enum import StrEnum

from app.adapters.refusal import Unusable, damaged

MAX_BYTES = 12 * 1024 * 1024
MAX_SCANS = 100  # of a progressive JPEG; cameras make ten, and each one costs a walk over all pixels


class Kind(StrEnum):
    """The kinds that are taken, by Pillow's names."""

    JPEG = "JPEG"
    PNG = "PNG"
    HEIF = "HEIF"
    PDF = "PDF"


_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
_MARKER = re.compile(rb"\xff++([^\x00\x01\xd0-\xd8])")  # neither a byte of the scan itself, nor a marker that stands alone
_END_OF_ZIP = 22 + 65535  # an archive is known by its last bytes: the record that closes it, and its comment
_BEGINNINGS = (b"PK\x03\x04", b"MZ", b"\x7fELF", b"#!")
_ANYWHERE = re.compile(rb"%PDF-|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|(?i:<(?:!doctype|html|script|svg)[\s>]|<\?php)")


def recognise(data: bytes) -> Kind:
    """The kind of a file; raises Unusable for what is no picture, too large, or a picture with something else behind it."""
    if not data:
        raise Unusable("empty", "The file is empty. Choose the picture again.")
    if len(data) > MAX_BYTES:
        raise Unusable(
            "too-large",
            "The file is larger than %(megabytes)s MB. Take the picture again at a lower resolution.",
            megabytes=MAX_BYTES // 1024 // 1024,
        )
    kind, end = _kind_and_end(data)
    _refuse_attached(data[end:])
    return kind


def _kind_and_end(data: bytes) -> tuple[Kind, int]:
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG, _end_of_jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG, _end_of_png(data)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return Kind.HEIF, _end_of_heif(data)
    if data.startswith(b"%PDF-"):
        end = data.rfind(b"%%EOF")
        return Kind.PDF, len(data) if end < 0 else end + 5
    raise Unusable("wrong-kind", "The file is neither a photo nor a PDF. Send a photo (JPEG, PNG or HEIC) or a scan as PDF.")


def _end_of_jpeg(data: bytes) -> int:
    position, scans = 2, 0
    while marker := _MARKER.search(data, position):
        if marker[1] == b"\xd9":
            return marker.end()
        scans += marker[1] == b"\xda"
        if scans > MAX_SCANS:
            raise damaged()
        position = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2])
    return len(data)


def _end_of_png(data: bytes) -> int:
    position = 8
    while position < len(data):
        name = data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[position : position + 4])
        if name == b"IEND":
            break
    return position


def _end_of_heif(data: bytes) -> int:
    """Behind the last box that is complete."""
    position = 0
    while position < len(data):
        size = int.from_bytes(data[position : position + 4])
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16])
        if size < 8 or position + size > len(data):
            break
        position += size
    return position


def _refuse_attached(rest: bytes) -> None:
    """A file that is also a page, a program or an archive is none to keep. Phones hang films of the moment on their photos: they may."""
    beginning = rest[:1024].lstrip(b"\0\t\r\n ")
    if beginning.startswith(_BEGINNINGS) or b"PK\x05\x06" in rest[-_END_OF_ZIP:] or _ANYWHERE.search(rest):
        raise Unusable("something-attached", "Another file is hidden behind the picture. Send the picture as the camera made it.")
