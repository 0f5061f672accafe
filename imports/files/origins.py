"""Of which review a returned workbook is, as it says itself: a property that programs keep when it is saved under another name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import NamedTuple

PROPERTY = "TienDoVssID"
_PARTS = ("docprops/custom", "meta.xml")  # of Excel's kinds, of LibreOffice's
_LONGEST = 1_000_000
_SAID = re.compile(
    rb"name\s{0,9}+=\s{0,9}+[\"']" + PROPERTY.encode() + rb"[\"'][^<>]{0,500}+>"
    rb"\s{0,99}+(?:<[^<>]{1,300}+>)?+\s{0,99}+(\d{1,9}+):([0-9a-f]{64})\s{0,99}+<"
)  # possessive, so that no part makes it backtrack


class Origin(NamedTuple):
    """A roster's number, which counts within its institution, and the digest (SHA-256) of the workbook as it had been sent: the number
    alone would fit any institution's."""

    roster: int
    digest: str

    @property
    def written(self) -> str:
        return f"{self.roster}:{self.digest}"


def origin_of(data: bytes) -> Origin | None:
    """What a workbook says of itself; None where it says nothing. Anybody can write it there, so it proves nothing."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                if part.filename.lower().startswith(_PARTS):
                    with archive.open(part) as stream:
                        said = _SAID.search(stream.read(_LONGEST))
                    if said:
                        return Origin(int(said[1]), said[2].decode())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
    return None
