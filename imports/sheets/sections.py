"""The words for sections of a report of changes ("I. Tăng", "II. Giảm", below each "Lao động" and "Tiền lương"), which are no units. Who
leaves by them, `leavers` says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.domain.names import tidy

_PEOPLE = r"(?:số\s+)?(?:người\s+)?lao động|nlđ|người tham gia|người|đối tượng"
_WAGES = r"(?:tiền|mức|quỹ)\s+lương|lương|mức đóng|tiền đóng|mức lương đóng"
_WHAT = rf"(?P<people{{0}}>{_PEOPLE})|(?P<wages{{0}}>{_WAGES})|(?P<other{{0}}>chức danh|thông tin|hồ sơ)"
_MORE = r"(?P<more>mới|hẳn|khác|(?:số\s+)?thẻ|(?:do|vì|chuyển|nghỉ|hết|thôi|chấm dứt)(?:\s.+)?)"  # of those who come and leave
_NUMERAL = r"(?:(?P<numeral>[ivx]+|[a-h])?(?:\d{1,2})?(?:\.(?:[ivx]+|\d{1,2}))*\s*[.)/:–-]?\s+|[ivx\d]+[.)]\s*)?"
_BEFORE = rf"{_NUMERAL}(?:(?:phần|mục|danh sách|ds|báo|các|trường hợp)\s+)*"
_BEHIND = r"(?:\s+(?:đóng|tham gia|trong|tháng|đợt|quý|kỳ|bhxh|bhyt|bhtn)\b.*)?\s*(?:[:(–-]?\s*\d+\s*(?:người|lao động|nlđ)?\s*\)?)?\W*"
_WAYS = r"tăng|giảm|điều chỉnh(?:\s+(?:tăng|giảm))?|gia hạn|cấp (?:mới|lại)|đổi"
_SECTION = re.compile(
    rf"{_BEFORE}(?:(?P<way>{_WAYS})(?:\s+(?:{_WHAT.format(1)}|{_MORE}))?|(?:{_WHAT.format(2)})(?:\s+(?P<way2>{_WAYS}))?){_BEHIND}"
)
_OF_CHANGES = re.compile(
    r"\b(?:tăng|biến động)\W+(?:tăng\W+)?giảm\b|biến động|tham gia (?:bhxh|bhyt|bảo hiểm)|\bd0[23](?![^\W_])|\bd0[23][-_ ]?(?:ts|lt)\b"
    r"|\bbáo (?:tăng|giảm)\b|\b(?:tổng|cộng)(?: số)? (?:tăng|giảm)\b",
    re.IGNORECASE,
)
_WHO = (
    r"(?:(?:các|những|số|học sinh|hs|trẻ|bé|sinh viên|sv|cán bộ|viên chức|giáo viên|gv|nhân viên|nv|công nhân|người lao động|lao động"
    r"|người)\s+)*"
)
_GOES = r"(?:xin\s+)?(?:nghỉ|thôi)\s+(?:việc|học|hưu)|nghỉ hẳn|bỏ học|chuyển\s+(?:đi|trường|công tác)"
_WHEN = r"(?:\s+(?:trong|từ|tháng|đợt|quý|kỳ|năm|nơi khác|trường khác)\b.*)?"
_GONE = re.compile(rf"{_NUMERAL}(?:(?:danh sách|ds)\s+)?{_WHO}(?:đã\s+)?(?:{_GOES}){_WHEN}{_BEHIND}")
LIKE_SECTIONS = frozenset(  # how a section begins that is numbered and written as people are; most names don't
    ("Tăn", "Giả", "Điề", "Lao", "Tiề", "Mức", "Báo", "Gia", "Cấp", "Đổi", "Đã ", "Ngh", "Thô", "Chu", "Bỏ ", "Học", "Sin", "Ngư", "Nhâ",
     "Cán", "Viê", "Giá", "Côn", "Xin", "Các", "Số ", "Trẻ")
)  # fmt: skip
_SAYS_GONE = ("nghỉ", "thôi", "bỏ học", "chuyển")
_BEGINS = re.compile(
    r"\W*(?:(?:[ivx\d.]+|[a-h])\W+)?"
    r"(?:phần|mục|danh|ds|báo|các|trường|tăng|giảm|điều|số|người|lao|nlđ|đối|tiền|mức|quỹ|lương|gia|cấp|đổi|chức|thông|hồ)\b"
)


class Section(NamedTuple):
    """`way`: "tăng", "giảm" or another, or None where a label names the part of a section; `of`: "people", "wages", "other" or None;
    `numbered`: whether a Roman numeral or a letter stands before."""

    way: str | None
    of: str | None
    numbered: bool = False

    @property
    def leaves(self) -> bool:
        return self.way == "giảm" and self.of != "wages"


def section_of(text: str) -> Section | None:
    """The section that a label begins; None for any other label, such as a class's ("Lớp Giảm"). Whoever "đã nghỉ việc" leaves too."""
    label = tidy(text).lower()
    if len(label) > 60:
        return None
    if any(word in label for word in _SAYS_GONE) and (gone := _GONE.fullmatch(label)):
        return Section("giảm", "people", gone["numeral"] is not None)
    if not _BEGINS.match(label):
        return None
    match = _SECTION.fullmatch(label)
    if match is None:
        return None
    of = next((kind for kind in ("people", "wages", "other") if match[f"{kind}1"] or match[f"{kind}2"]), None)
    return Section(match["way"] or match["way2"], "people" if match["more"] else of, match["numeral"] is not None)


def within(section: Section | None, label: Section) -> Section:
    """The section that holds after a further label."""
    return label if label.way or section is None else Section(section.way, label.of)


def is_report(labels: Iterable[Section], told: Iterable[str] = (), *, of_insurance: bool = False) -> bool:
    """Whether these labels are sections at all: one "Giảm" by itself may be what a class or a team is called. `told`: texts that may tell
    of a report: titles, totals, the sheet's name; `of_insurance`: whether the list is for a social-insurance office by its columns."""
    found = list(labels)
    if len({label[:2] for label in found}) > 1 or any(label.way and (label.of or label.numbered) for label in found):
        return True
    return any(label.way for label in found) and (of_insurance or any(map(_OF_CHANGES.search, told)))
