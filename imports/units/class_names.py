"""Where a class's name ends among other words: "LỚP 4A CHƯA CÀI VSSID" is 4A, "Lớp Lá 1 đợt 2" is Lá 1, "K65 CNTT khoa …" is K65 CNTT."""

from __future__ import annotations

import re
from itertools import islice

from app.domain.names import fold

_GRADE = r"(?:[1-9]|1[0-2])"
_END = r"(?![^\W_])"
_COUNTED = r"hs|học sinh|sv|sinh viên|em|bạn|trẻ|cháu|người|nam|nữ|buổi|ngày|tháng|lần|đợt|phụ"  # no classes: "6A 45 HS"
_NUMBERED = re.compile(  # 6A1, 10CTin, 6/3, 7.A2, 6 A1, 6A 1
    rf"{_GRADE}(?:"
    rf"[a-zđ]\s\d{{1,2}}{_END}(?!\s*(?:{_COUNTED})\b)(?!\s*[./-]\s*\d)|"
    rf"(?:\s?[./]\s?|[_-])(?:\d{{1,2}}[a-zđ]?|[a-zđ]{{1,2}}\d{{0,2}}){_END}"
    rf"|[^\W\d_]{{1,8}}\d{{0,2}}(?:[./_-]\d{{1,2}})?[a-zđ]?{_END}"
    rf"|\s(?:[a-xzđ]\s?\d{{0,2}}|[a-zđ]{{2}}\d{{1,2}}){_END}"
    r")",
    re.IGNORECASE,
)
_THREE_DIGITS = re.compile(rf"{_GRADE}\d\d{_END}")  # 601
_AGE = re.compile(r"(?<!\w)(?:\d{1,2}\s?[-–]\s?\d{1,2}\s?(?:tuổi|tuoi|tháng|thang|t)|\d\s?(?:tuổi|tuoi|t))(?!\w)", re.IGNORECASE)
_COURSE = r"k\d{1,3}[a-zđ]?\d?"  # K65: a course of students, before or behind what they study
_CODE = r"(?=\S*\d)(?=\S*[^\W\d_])[\w/+-]+(?:\.\w+)*"  # DHKT17A, D20CQCN01-B
_SHORT = r"(?:\d{1,2}(?:[./-]\d{1,2})?|[a-xzđ])"  # Lá 1, Mầm A
_BEHIND_A_DASH = re.compile(rf"\s?[-–]\s?{_COURSE}(?!\w)", re.IGNORECASE)
_NUMBER = rf"\d{{1,2}}(?!\s*(?:{_COUNTED})\b)"
_BEGINS_WITH_COURSE = re.compile(rf"{_COURSE}(?!\S)", re.IGNORECASE)
_BEGINS_WITH_CODE = re.compile(_CODE, re.IGNORECASE)
_LAST = re.compile(rf"(?:{_COURSE}(?:\s{_SHORT})?|{_CODE}(?:\s{_NUMBER})?|(?:{_CODE}|{_SHORT})(?:\s{_COURSE})?)(?=[\s.]|$)", re.IGNORECASE)
_NO_NAME = re.compile(rf"(?!{_GRADE}(?![\w./-]))[\d\W_]+(?:\s|$)")  # 35, 2025-2026
_SIGN = re.compile(r"\s+[-–—]|[-–—](?=\s|$)|[–—(\[,;:\"”]")
_PLACE = re.compile(  # which of several places of a school: there is a class of the name at each
    r"\s+(?:điểm(?:\s+trường)?(?!\s+(?:danh|thi|kiểm|số|trung|học)\b)|cơ sở(?!\s+(?:dữ|vật)\b)|phân hiệu)\s+", re.IGNORECASE
)
_ANOTHER = r"\s*(?:[,;+&/–-]|và\b|va\b|đến\b|den\b)\s*(?:(?:lớp|lop)\s+)?"
_ANOTHER_CLASS = re.compile(  # "6A, 6B", "6A và lớp 6B", "6A1-6A5", "6A, B"
    rf"{_ANOTHER}(?:{_GRADE}\s?[./_-]?\s?[a-zđ]{{1,2}}\d{{0,2}}|{_GRADE}[./]\d{{1,2}}(?![./-]?\d)|[a-jl-zđ]\d{{0,2}}){_END}(?!\.)",
    re.IGNORECASE,
)
_ANOTHER_GRADE = re.compile(  # "1, 2, 3", "1 đến 5", "lớp 1 và lớp 2"
    rf"{_ANOTHER}{_GRADE}{_END}(?!\s*(?:{_COUNTED})\b)(?!\s*[./-]\s*\d)", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:và|va|&|\+|,)\s*", re.IGNORECASE)
# What begins something else than a class's name, and how the same is written without marks where that can't be another word.
_OTHERWISE = re.compile(
    rf"(?:\d\d\d? ?(?:{_COUNTED})(?!\w))|"
    r"(?:chưa|đã|đang|sẽ|có|(?<!hàng )không|được|(?<!thiết )bị|cần|phải|nộp|gửi|gởi|nhận|đăng k[ýí]|tham gia|cài|kích hoạt|sử dụng|kê khai"
    r"|khai báo|cập nhật|bổ sung|điều chỉnh|hoàn thành|xác nhận|liên hệ|mua|đóng(?! tàu)|xin|miễn|thiếu|còn|hết|chốt|nghỉ|chuyển|thuộc|theo"
    r"|của|do|để|cho|với|về|đến|tại|từ|qua|trên|trong|và|ngày|tháng|năm|quý|tuần|buổi|đợt|lần|diện|hộ (?:nghèo|cận)|hk ?[12i]*|phòng \d+"
    r"|20\d\d ?[-–/] ?(?:20)?\d\d|\d{1,2}/(?:\d{1,2}/)?\d{4}|học (?:kỳ|kì|sinh|viên|phí)|niên (?:khóa|khoá)|(?:khóa|khoá) \d"
    r"|hệ(?! thống)|sĩ số|ss|gvcn|gv|cô|thầy|giáo viên|chủ nhiệm|phụ (?:huynh|trách)|ph|hs|hssv|sv|sinh viên"
    r"|nhóm(?! (?:trẻ|lớp|\d))|zalo|vssid|vneid|bhyt|bhxh|bảo hiểm (?:y|xã)|thẻ|cccd|căn cước|số(?! ?\d)|mã|tổng|danh sách|ds|lớp"
    r"|trường|trưởng|phó|khối|(?<!y )(?<!đa )khoa(?! học)|ngành|các|mới|cũ)(?!\w)",
    re.IGNORECASE,
)
_OTHERWISE_MARKLESS = re.compile(
    r"(?:chua|da|dang ky|tham gia|nop|gui|cai|kich hoat|bo sung|dot|lan|nam (?:hoc|\d+)|thang \d+|ngay|hoc (?:ky|sinh)|nien khoa|si so"
    r"|truong|khoi|(?<!y )khoa|bao hiem|phu huynh|nhom|cua|qua|co(?= [a-z])|thay|giao vien|danh sach|lop|duoc)(?!\w)",
    re.IGNORECASE,
)
_MOST_WORDS = 5
_LOOKED_AT = 20


def class_named(text: str, sheet: str = "") -> str | None:
    """The class that a tidy text begins with, one that stands behind "lớp"; None where it names none, or several. `sheet`: its sheet's
    name, which tells where a name ends that nothing else tells from the words behind it."""
    text = text.lstrip('"“')
    end = _end_of_numbered(text)
    if end:
        return None if _ANOTHER_CLASS.match(text, end) else text[: _end_of_place(text, end)]
    end, is_sure = _end_of_words(text)
    if not is_sure:
        end = _end_by_sheet(text, end, sheet)
    name = text[:end].strip(" .:-–")
    if not name or len(_AGE.sub("x", name).split()) > _MOST_WORDS or _names_another(text, end):
        return None
    course = _BEHIND_A_DASH.match(text, end)
    return text[: _end_of_place(text, course.end() if course else end)].strip(" .:-–")


def numbered_class(text: str) -> str | None:
    """The class that a text begins with by its number, where nothing else follows than what is no name: "4A đợt 2"."""
    end = _end_of_numbered(text)
    is_all = not text[end:].strip() or _SIGN.match(text, end) is not None or _begins_otherwise(text, end + 1)
    return text[:end] if end and is_all and not _ANOTHER_CLASS.match(text, end) else None


def _end_of_numbered(text: str) -> int:
    match = None if _AGE.match(text) else _NUMBERED.match(text) or _THREE_DIGITS.match(text)
    return match.end() if match else 0


def _end_of_words(text: str) -> tuple[int, bool]:
    """Where the words end that a class of a kindergarten or a university is called by, or a grade alone; and whether that is told: by a
    number, a letter or a code, or by what begins there."""
    age = _AGE.match(text)
    if not age and _NO_NAME.match(text):
        return 0, True
    sign = _SIGN.search(_AGE.sub(lambda found: "x" * len(found[0]), text))
    end = 0
    for word in islice(re.finditer(r"\S+", text[: sign.start() if sign else None]), _LOOKED_AT):
        start = word.start()
        if start < end:
            continue
        if _begins_otherwise(text, start):
            return end, True
        further = _AGE.match(text, start) or (None if start else _BEGINS_WITH_COURSE.match(text))
        last = None if further else _LAST.match(text, start)
        if last and (start or _BEGINS_WITH_CODE.match(text)):
            return last.end(), True
        end = (further or word).end()
    return end, sign is not None


def _begins_otherwise(text: str, start: int) -> bool:
    return bool(_OTHERWISE.match(text, start) or (text.isascii() and _OTHERWISE_MARKLESS.match(text, start)))


def _end_of_place(text: str, end: int) -> int:
    """The same with the place of the school that stands behind the name: "1A điểm Tân Lập"."""
    place = _PLACE.match(text, end) if end else None
    if place is None:
        return end
    behind = text[place.end() :]
    return place.end() + _end_of_words(behind)[0] if behind else end


def _end_by_sheet(text: str, end: int, sheet: str) -> int:
    """Where the sheet's own name ends, if the text begins so and goes on for more than a word: one may be the rest of a fuller name."""
    told = fold(sheet).removeprefix("lop ").split()
    words = list(re.finditer(r"\S+", text[:end]))
    begins = told and [fold(word[0]) for word in words[: len(told)]] == told
    return words[len(told) - 1].end() if begins and len(words) > len(told) + 1 else end


def _names_another(text: str, end: int) -> bool:
    """Whether another class stands behind the first: "1, 2, 3", "Lá 1, Lá 2", "Mầm và Chồi"."""
    if _ANOTHER_GRADE.match(text, end) and re.fullmatch(_GRADE, text[:end]):
        return True
    sign = _AND.match(text, end)
    if sign is None or sign.end() == len(text):
        return False
    first, further = text.split(maxsplit=1)[0], text[sign.end() :]
    return further.lower().startswith((f"{first.lower()} ", "lớp ", "lop ")) or (
        sign[0].strip() != "," and not _begins_otherwise(text, sign.end())
    )
