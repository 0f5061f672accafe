"""Classes and departments where no column names them: in a title, in a sheet's name, in a row of its own above its people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.names import fold, tidy
from imports.judges.usual_names import is_usual_name
from imports.units.class_names import class_named, numbered_class
from imports.units.departments import department_alone, department_of, is_teacher, labelled_unit

_CLASS_IN_TITLE = re.compile(
    r"(?<!số )(?<!so )(?<!các )(?<!cac )(?<!khối )(?<!khoi )\b(?:lớp|lop)(?:\s*[:.]\s*|\s+)(?P<name>.+)", re.IGNORECASE
)
_WHOSE_CLASS = re.compile(  # what somebody does with a class ("Lớp chủ nhiệm: 11B4") is no part of its name
    r"(?:(?:hiện|đang|được|phân công|giao|học|dạy|giảng dạy|chủ nhiệm|cn|phụ trách|quản lý|sinh hoạt|theo học|tham gia)\s*)+"
    r"(?P<end>:|(?=\d)|$)\s*",
    re.IGNORECASE,
)
_NOT_A_CLASS = re.compile(r"(?:khối|học|của|các|trong|và|năm|trường|phụ|chủ nhiệm|khoi|hoc|cua|cac|nam)\b", re.IGNORECASE)
_CLASS_NAME = re.compile(
    r"(?:lớp|lop)\s+\S.*|(?:[1-9]|1[0-2])(?:\s*[a-zđ]{1,2}\s*\d{0,2}|[./_-]\d{1,2}|\s+[^\W\d]+(?:\s*\d{1,2})?)", re.IGNORECASE
)
_CLASS_PREFIX = re.compile(r"^(?:lớp|lop)\s*:?\s+(?=\S)", re.IGNORECASE)
_CLASS_ABBREVIATED = re.compile(r"^l\s*[._:]?\s*(?=\d)", re.IGNORECASE)
_AFTER_A_CLASS = re.compile(r"\s*[(\[,;]|\s*[-–—_]?\s*\b(?:gvcn|gv|sĩ số|si so|ss)\b", re.IGNORECASE)
_ANOTHER_CLASS = re.compile(r"(?:[,;]\s*|(?<!\w)(?:[1-9]|1[0-2])\s?)[a-zđ]\d{0,2}(?!\w)", re.IGNORECASE)
_ORDINAL = re.compile(r"^(?:[IVX]+|[A-H]|\d{1,2})\s*(?:[.)/:]|[-–]\s)\s*(?=\S)")
_COUNT = re.compile(r"\s*[:(–-]\s*\d+\s*(?:người|hs|học sinh|nv|cb)?\s*\)?$", re.IGNORECASE)
_KIND = re.compile(
    r"nam|nữ|(?:học sinh|sinh viên|trẻ|người)(?: .*)?|(?:trong |ngoài )?biên chế|hợp đồng(?: .*)?|lao động hợp đồng(?: .*)?|đối tượng .*"
    r"|(?:đang|chưa|đã|không) (?:tham gia|có|được|cài|đăng ký|kích hoạt|nộp|đóng)(?: .*)?|có thẻ(?: .*)?|thử việc|thời vụ|chính thức",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:(?:sheet|trang tinh|trang|bang|ds|dsach|danhsach|danh sach|data|du lieu|tong hop|th|tong|bhyt|bhxh|vssid|cbvc|cbgv"
    r"|cbgvnv|cbnv|hs|gv|nv|book|export|import|can bo|giao vien|hoc sinh|hocsinh|sinh vien|nhan vien|vien chuc|nguoi lao dong|dot|hoc ky"
    r"|hk|thang|nam|nu|quy|lan|phan|so)[\s_.,\-\d]*)+|[\s_.,\-\d]*"
)
_NO_CLASSES = re.compile(
    r"\d{1,2}\s*(?:ds|dsach|danh sach|hs|hoc sinh|hocsinh|gv|giao vien|nv|nhan vien|cb|can bo|sv|sinh vien|nld|ld|nguoi)"
)
_SIGNS = re.compile(r"[\s._/–-]+")
_BETWEEN_NUMBERS = re.compile(rf"(?<=\d){_SIGNS.pattern}(?=\d)")
_LIKE_DAYS = re.compile(r"\d{1,2}[./_-]\d{1,2}")
_DAYS = frozenset({(2, 9), (1, 6), (8, 3), (1, 5), (3, 2), (9, 1), (10, 3), (10, 10)})  # lists are called after these days
_UNIT_WORDS = re.compile(
    r"(?:phòng|khoa|tổ|lớp|ban|trung tâm|bộ phận|bộ môn|phân xưởng|xưởng|đội|viện|văn phòng|thư viện|nhóm|chi nhánh"
    r"|khối|hội đồng|cửa hàng|chuyền|dây chuyền|kho|cơ sở|điểm trường|trạm|đoàn(?!\s+(?:thị|văn))|xí nghiệp|đơn vị|phong|to|lop|trung tam"
    r"|bo phan|phan xuong|van phong)\b(?!\s+(?:trưởng|phó)\b)",
    re.IGNORECASE,
)


def unit_of_titles(titles: Sequence[str], sheet: str = "") -> str | None:
    """The class or department that a title names ("DANH SÁCH HỌC SINH LỚP 6A1", "Phòng ban: Kế toán"). `sheet`: the sheet's name, which may
    tell where a class's name ends."""
    return next((unit for title in titles if (unit := unit_of_title(title, sheet))), None) or department_alone(titles)


def unit_of_title(title: str, sheet: str = "") -> str | None:
    match = _CLASS_IN_TITLE.search(title)
    if match is None:
        return department_of(title)
    name = _named_class(match["name"]).strip(" .:-–")
    return class_named(name, sheet) if not _NOT_A_CLASS.match(name) else None


def _named_class(text: str) -> str:
    """What stands behind "lớp", from where the class is named; behind a label that can be a teacher's name ("Lớp chủ nhiệm: Lê Hoa")."""
    label = _WHOSE_CLASS.match(text)
    name = text[label.end() :] if label else text
    return "" if label and (is_usual_name(name) or is_teacher(name)) else name


def unit_of_group_row(label: str) -> str:
    """The unit that a row of its own names: "II. Phòng Đào tạo (12 người)" is Phòng Đào tạo, "LỚP 6A1" is 6A1."""
    text = _COUNT.sub("", _ORDINAL.sub("", tidy(label))).rstrip(" :")
    return unit_of_title(text) or labelled_unit(text) or text


def names_a_kind(label: str) -> bool:
    """Whether a row of its own says what kind of people stand below, which is no unit: "Nam", "II. Hợp đồng", "Chưa tham gia BHYT"."""
    return _KIND.fullmatch(_COUNT.sub("", _ORDINAL.sub("", tidy(label))).rstrip(" :")) is not None


def is_ordinal(text: str) -> bool:
    """What stands in the number column of a group row: I, II, A, B, I.1."""
    return re.fullmatch(r"(?:[IVX]+|[A-H])(?:\.(?:[IVX]+|\d{1,2}))*\s*[.)]?", text.strip()) is not None


def is_numbered(text: str) -> bool:
    """Whether a label has its numeral inside: "1. Cắt", "II. Đào tạo"."""
    return _ORDINAL.match(tidy(text)) is not None


def begins_like_a_unit(text: str) -> bool:
    return _UNIT_WORDS.match(_ORDINAL.sub("", tidy(text))) is not None


def says_it_is_a_unit(text: str) -> bool:
    """Whether a label does by itself: by its words, its numeral or what stands before it ("Đơn vị: Kho 2")."""
    return begins_like_a_unit(text) or is_class_name(text) or is_numbered(text) or labelled_unit(text) is not None


def is_class_name(name: str) -> bool:
    """Whether a sheet's name is a class's, as "6A1", "12 Tin" or "Lớp Lá 1"."""
    return _CLASS_NAME.fullmatch(tidy(name)) is not None


def may_be_unit(name: str) -> bool:
    """Whether a sheet's name says something about whom it lists, and is not "Sheet1" or "Danh sách"."""
    return _SAYS_NOTHING.fullmatch(fold(name[:40])) is None


def unit_name(text: str) -> str:
    """A class as it is called: "Lớp 6A1" is 6A1."""
    return _CLASS_PREFIX.sub("", tidy(text))


def unit_of_sheet(name: str) -> str | None:
    """The class that a sheet's name says, whatever stands beside it: "6B (35hs)", "L.6C", "6D-GVCN Hoa", "4A đợt 2". A sheet of two
    classes ("6A, 6B") says none: in which of them each pupil is isn't known."""
    text = tidy(name)
    first = _AFTER_A_CLASS.split(text, maxsplit=1)[0]
    if _ANOTHER_CLASS.search(text[len(first) :]) or _NO_CLASSES.fullmatch(fold(text)) or may_be_day(text):
        return None
    bare = _CLASS_ABBREVIATED.sub("", first)
    return next((unit for text in (name, bare) if (unit := _class_alone(text))), None)


def _class_alone(text: str) -> str | None:
    named = unit_name(text)
    if named != tidy(text):
        return class_named(named)
    return text if is_class_name(text) else numbered_class(text)


def completes(fuller: str, shorter: str) -> bool:
    """Whether one name is the other with more behind it: "Lá 1" completes "Lá". "10A2" is another class than "10A"."""
    words, others = fold(unit_name(fuller)).split(), fold(unit_name(shorter)).split()
    return len(words) > len(others) and words[: len(others)] == others


def is_like_a_day(name: str) -> bool:
    """Whether a sheet's name is two numbers: a class's in many schools ("6.1")."""
    return _LIKE_DAYS.fullmatch(tidy(name)) is not None


def may_be_day(name: str) -> bool:
    """Whether they are those of a day that is kept: "2.9" is National Day, or a class of the second grade."""
    return is_like_a_day(name) and tuple(map(int, re.findall(r"\d+", name))) in _DAYS


def unit_key(name: str) -> str:
    """What two spellings of one unit share: "Lớp 6A1", "6a1" and "6 A1" are one class; so are "7/1" and, where a sheet's name can hold no
    slash, "7.1". Between two numbers some sign stays: "1.12" is not "11.2"."""
    return _SIGNS.sub("", _BETWEEN_NUMBERS.sub("\0", fold(unit_name(name))))
