"""Departments in a title: behind a label ("Tổ: Toán - Tin", "Đơn vị: Khoa Nội"), behind whom it lists, or alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from app.domain.names import tidy
from imports.files.cells import Cell, shown
from imports.headings.plain_headings import exact, heading_of
from imports.judges.usual_names import is_usual_name
from imports.units.class_names import numbered_class

_LABELLED_UNIT = re.compile(
    r"^(?:phòng ban|phòng/ban|phòng|khoa|tổ|bộ phận|phân xưởng|chuyền|tổ chuyên môn|bộ môn)\s*:\s*(?P<name>.+)", re.IGNORECASE
)
_STAFF = (
    r"giáo viên|nhân viên|cán bộ|viên chức|công chức|giảng viên|người lao động|lao động|công nhân viên|công nhân|bác sĩ|điều dưỡng|nhân sự"
    r"|cbgv|cbnv|cbvc|cbgvnv|cb|gv|nv"
)
_WORDS = (  # of what begins so and is none: "phòng chống dịch", "Phòng khám", "Tổ chức"
    r"tổ(?!\s+(?:chức|trưởng|phó|quốc|hợp))|phòng(?!\s+(?:chống|cháy|dịch|thủ|khám|học|ngừa|gd\b|gdđt|giáo dục|bệnh|công chứng))"
    r"|khoa(?!\s+học)|bộ phận|bộ môn|phân xưởng|xưởng|chuyền|đội(?!\s+(?:ngũ|tuyển|trưởng))"
    r"|văn phòng(?!\s+(?:ủy|uỷ|ubnd|hđnd|công chứng|luật|đại diện))"
)
_BEHIND_THEM = r"\s+(?!(?:các|ban|khoa|phòng|tổ(?! chức)|trưởng|phó|đăng ký|tham gia|năm)\b)[^\W_].*"
_OF_AN_INSTITUTION = re.compile(  # behind "Đơn vị:", where an institution's own name may stand as well
    rf"(?:{_WORDS}|ban(?!\s+(?:quản lý|ql|chỉ huy|chỉ đạo)))\s+[^\W_]", re.IGNORECASE
)
_OF_AN_AUTHORITY = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tỉnh|phường|xã(?! hội)|thị trấn)\b", re.IGNORECASE)
_UNIT_OF_STAFF = re.compile(  # "DANH SÁCH GIÁO VIÊN TỔ TOÁN - TIN"
    rf"\b(?:danh sách|ds)\b.*\b(?:{_STAFF})\s+(?:(?:của|thuộc|trong)\s+)?(?P<name>(?:{_WORDS}){_BEHIND_THEM})", re.IGNORECASE
)
_ALONE = re.compile(rf"(?:(?:{_WORDS}){_BEHIND_THEM}|ban giám (?:đốc|hiệu))", re.IGNORECASE)
_OF_A_LIST = re.compile(
    r"\b(?:danh sách|ds|bảng|biểu|mẫu|phụ lục|tổng hợp|báo cáo|kê khai|list)\b|\b(?:ubnd|ủy ban|uỷ ban|sở)\b", re.IGNORECASE
)
_AFTER_A_LABELLED_UNIT = re.compile(  # what begins something else; a dash or a comma before anything else is the unit's own: "Toán - Tin"
    r"\s*[(;:]|(?:\s*[,–—-])?\s+(?:(?:năm(?: học)?|tháng|quý|ngày|đợt|lần)\s*:?\s*(?:\d|[ivx]+\b|[.…_])"
    r"|(?:năm học|nam hoc|niên khóa|niên khoá|học kỳ|sĩ số|si so|gvcn|gv|tổng số|số người|người lập|ubnd|đăng ký|tham gia|cài đặt"
    r"|kích hoạt|vssid|vneid|được|chưa|đã)\b|(?:ss|giáo viên|số lượng|phụ trách)\s*:|(?:khối|lớp)\s+\d"
    r"|tổ trưởng\b|tổ phó\b|(?:trưởng|phó)\s+(?:phòng|khoa|ban|bộ phận|xưởng|trưởng)\b|(?:công ty|bệnh viện|kèm theo)\s"
    r"|trường\s+(?:thcs|thpt|ptdt|pt|th|tiểu học|trung học|mầm non|mẫu giáo|đại học|cao đẳng|trung cấp)\b)"
    r"|\s*[,–—-]\s+\d+\s*(?:người|cb|gv|nv)\b|\s*[,–—-]?\s+\d{1,4}[/.-]\d{1,4}",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[,–—]\s+|\s+-\s+")
_LONGEST_TITLE = 200
_MOST_WORDS = 8  # of a unit behind its label, signs aside
_A_TEACHER = re.compile(r"(?:cô|thầy|gv|gvcn|bs|ths)\b", re.IGNORECASE)
_NO_DEPARTMENT = re.compile(r"(?:khối|học|của|các|trong|và|năm|trường|phụ|chủ nhiệm)\b", re.IGNORECASE)
_LABEL_BESIDE = re.compile(
    r"(?:(?:tên\s+)?lớp(?:\s+(?:học|dạy|chủ nhiệm|cn|phụ trách|quản lý|sinh hoạt))*)\s*:?"
    r"|(?:phòng|phòng ban|phòng/ban|khoa|tổ|bộ phận|phân xưởng|đơn vị|tên đơn vị)\s*:",
    re.IGNORECASE,
)
_LONGEST_LABEL = 30


def department_of(title: str) -> str | None:
    """The whole name that stands behind "Tổ:", behind "Đơn vị:" if it is no institution's, or in a title behind whom it lists."""
    if len(title) > _LONGEST_TITLE:
        return None
    match = _LABELLED_UNIT.search(title) or _UNIT_OF_STAFF.search(title)
    labelled = match["name"] if match else labelled_unit(title)
    if labelled is None or not (match or _is_no_institution(labelled)):
        return None
    return _name_in(labelled)


def department_alone(titles: Sequence[str]) -> str | None:
    """The department that a title is, where none says what is listed: above "DANH SÁCH …" it may be whoever made the list of everybody."""
    if any(map(_OF_A_LIST.search, titles)):
        return None
    alone = [title for title in titles if len(title) <= _LONGEST_TITLE and _ALONE.fullmatch(title) and not _OF_AN_AUTHORITY.search(title)]
    return _name_in(alone[0]) if len(alone) == 1 else None


def _is_no_institution(name: str) -> bool:
    return _OF_AN_INSTITUTION.match(name) is not None and not _OF_AN_AUTHORITY.search(name)


def _name_in(text: str) -> str | None:
    name = _AFTER_A_LABELLED_UNIT.split(text, maxsplit=1)[0]
    person = next((sign for sign in _DASH.finditer(name) if _is_somebody(name[sign.end() :])), None)
    name = (name[: person.start()] if person else name).strip(" .,:-–")
    words = [word for word in name.split() if word[0].isalnum()]
    return name if words and len(words) <= _MOST_WORDS and not _NO_DEPARTMENT.match(name) else None


def is_teacher(text: str) -> bool:
    return _A_TEACHER.match(text) is not None


def _is_somebody(text: str) -> bool:
    return is_teacher(text) or (is_usual_name(text) and len(text.split()) > 2)


def labelled_unit(text: str) -> str | None:
    """What stands behind "Đơn vị:", "Tên đơn vị:" or another heading of units: a unit's name, or in a title the institution's."""
    found = label_and_unit(text)
    return found[1] if found else None


def labelled_in(line: Sequence[Cell]) -> list[str]:
    """A label of a row ("Lớp:", "Lớp chủ nhiệm") together with what stands beside it; without a colon only where that is a class."""
    cells = [cell for cell in line if cell != ""]
    found = []
    for label, cell in pairwise(cells):
        name, said = tidy(label) if isinstance(label, str) else "", tidy(shown(cell))
        match = _LABEL_BESIDE.fullmatch(name) if len(name) <= _LONGEST_LABEL else None
        if match and (numbered_class(said) or (name.endswith(":") and not said.endswith(":") and not isinstance(cell, date))):
            found.append(f"{name.rstrip(' :')}: {said}")
    return found


def label_and_unit(text: str) -> tuple[str, str] | None:
    """The same with the label, folded."""
    label, colon, name = tidy(text).partition(":")
    if not colon or not name.strip() or len(label) > _LONGEST_LABEL:
        return None
    words = heading_of(label).folded
    found = exact(words) if words else None
    return (" ".join(words), name.strip()) if found and found.field == "unit" else None
