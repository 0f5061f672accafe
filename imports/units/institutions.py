"""A roster whose title names another institution is probably somebody else's; where that isn't certain, nothing is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.names import fold
from imports.values import Snapshot

_PUNCTUATION = re.compile(r"[\W_]+")
# Kinds of institution, places and grades: words that many names share and that tell none of them apart.
_GENERIC = frozenset(
    "truong thcs thpt th tieu hoc mam non mau giao trung hoc co so pho thong dai cao dang hoc vien cong ty tnhh cp mtv co phan mot thanh "
    "vien doanh nghiep tu thuc lap dan cong benh trung tam quan huyen tinh thanh phuong xa thi tran tp q h p x so phong ban va".split()
)
_OFFICES = (
    "bao hiem xa hoi",
    "bhxh",
    "phong giao duc",
    "phong gd",
    "so giao duc",
    "so gd",
    "uy ban",
    "ubnd",
    "bo ",
    "tong cong ty",
    "tap doan",
)
# What may follow an institution's name in a title; any other word may belong to a longer name.
_MAY_FOLLOW = frozenset("nam lop khoi hoc danh ds thang ngay quan huyen thanh tp phuong xa tinh q h p ky dot".split())


def other_institution(titles: Sequence[str], snapshot: Snapshot) -> str | None:
    """Another institution that a title names in full, where no title says anything of this one's own name."""
    own = _words(snapshot.institution_name)
    telling = [word for word in own if word not in _GENERIC]
    if not telling or not titles or not snapshot.other_names:
        return None
    lines = [_words(title) for title in titles]
    if any(_holds(line, telling) for line in lines):
        return None
    certain = (name for name in snapshot.other_names if _is_certain(_words(name), own))
    return next((name for name in certain if any(_names(line, _words(name)) for line in lines)), None)


def _words(text: str) -> list[str]:
    return _PUNCTUATION.sub(" ", fold(text)).split()


def _is_certain(other: list[str], own: list[str]) -> bool:
    """Whether finding this name says enough: three words or more, a telling one among them, no office that sends letters to everybody."""
    return len(other) >= 3 and other != own and any(word not in _GENERIC for word in other) and not " ".join(other).startswith(_OFFICES)


def _names(line: list[str], name: list[str]) -> bool:
    """Whether a title has the whole name in it, and the name ends where it ends."""
    size = len(name)
    ends = (start + size for start in range(len(line) - size + 1) if line[start : start + size] == name)
    return any(end == len(line) or line[end] in _MAY_FOLLOW for end in ends)


def _holds(line: list[str], telling: list[str]) -> bool:
    size = len(telling)
    return any(line[start : start + size] == telling for start in range(len(line) - size + 1)) or set(telling) <= set(line)
