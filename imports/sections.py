"""The words for sections of a report of changes ("I. Tăng", "II. Giảm", below each "Lao động" and "Tiền lương"), which are no units. Who
leaves by them, `leavers` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.names import tidy

_PEOPLE = r"(?:số\s+)?(?:người\s+)?lao động|nlđ|người tham gia|người|đối tượng"
_WAGES = r"(?:tiền|mức|quỹ)\s+lương|lương|mức đóng|tiền đóng|mức lương đóng"
_WHAT = rf"(?P<people{{0}}>{_PEOPLE})|(?P<wages{{0}}>{_WAGES})|chức danh|thông tin|hồ sơ"
_NUMERAL = r"(?:(?:[ivx]+|[a-h]|\d{1,2})(?:\.(?:[ivx]+|\d{1,2}))*\s*[.)/:–-]?\s+|[ivx\d]+[.)]\s*)?"
_BEFORE = rf"{_NUMERAL}(?:(?:phần|mục|danh sách|ds|báo|các|trường hợp)\s+)*"
_BEHIND = r"(?:\s+(?:đóng|tham gia|trong|tháng|đợt|quý|kỳ|bhxh|bhyt|bhtn)\b.*)?\s*(?:[:(–-]?\s*\d+\s*(?:người|lao động|nlđ)?\s*\)?)?\W*"
_WAYS = r"tăng|giảm|điều chỉnh"
_SECTION = re.compile(
    rf"{_BEFORE}(?:(?P<way>{_WAYS})(?:\s+(?:{_WHAT.format(1)}))?|(?:{_WHAT.format(2)})(?:\s+(?P<way2>{_WAYS}))?){_BEHIND}"
)
_OF_CHANGES = re.compile(r"\b(?:tăng|biến động)\W+(?:tăng\W+)?giảm\b|biến động|tham gia (?:bhxh|bảo hiểm)|\bd0[23]\b", re.IGNORECASE)
_BEGINS = re.compile(r"\W*(?:[ivx\d.]+\W+)?(?:phần|mục|danh|ds|báo|các|trường|tăng|giảm|điều|số|người|lao|nlđ|đối|tiền|mức|quỹ|lương)\b")


class Section(NamedTuple):
    """`way`: "tăng", "giảm", "điều chỉnh", or None where a label names the part of a section; `of`: "people", "wages" or None."""

    way: str | None
    of: str | None

    @property
    def leaves(self) -> bool:
        return self.way == "giảm" and self.of != "wages"


def section_of(text: str) -> Section | None:
    """The section that a label begins; None for any other label, such as a class's ("Lớp Giảm")."""
    label = tidy(text).lower()
    if len(label) > 60 or not _BEGINS.match(label):
        return None
    match = _SECTION.fullmatch(label)
    if match is None:
        return None
    of = "people" if match["people1"] or match["people2"] else "wages" if match["wages1"] or match["wages2"] else None
    return Section(match["way"] or match["way2"], of)


def within(section: Section | None, label: Section) -> Section:
    """The section that holds after a further label."""
    return label if label.way or section is None else Section(section.way, label.of)


def is_report(labels: Iterable[Section], titles: Sequence[str] = ()) -> bool:
    """Whether these labels are sections at all: one "Giảm" by itself may be what a class or a team is called."""
    found = set(labels)
    return len(found) > 1 or any(label.way and label.of for label in found) or any(_OF_CHANGES.search(title) for title in titles)
