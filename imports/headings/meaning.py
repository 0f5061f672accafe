"""What a column's heading means, alone and below a label. Who is surest is asked first, and the first who knows a field has it:

1. the label above (`meaning_under`), because it says whose: "Điện thoại" under "Cha" is the father's, though alone it is the person's;
2. `plain_headings` know whole headings of the listed person, so nothing is guessed: "Họ tên", or with who is listed "Họ tên học sinh";
3. `guardian_headings` know the words for a parent at either end and ask 2 about the others: "Họ tên mẹ", which is no whole heading of 2;
4. here, what says more than one thing asks 2 and 3 about its parts: "Họ và tên / Full name", "Tên (viết hoa)", "Lớp 2025-2026";
5. `plain_headings.dropped` know words of what is not kept, wherever they stand, and so come last: "Nơi cấp CCCD", "Dân tộc của trẻ".

A legend ("Nữ (1: nữ, 0: nam)") goes before 2, since what stands before it may name one sex alone. What has no field then is looked at
once more by `head_columns`, when the rows are known: `head_words` know a heading by how it begins ("Số điện thoại đang dùng"), which
counts where the values look so and no other column has that field already.
"""

from __future__ import annotations

import re

from imports.headings.guardian_headings import GUARDIAN_ROLES, LABEL_OF, name_and_phone, of_guardian, parent_named, role_of
from imports.headings.plain_headings import LONGEST_HEADING, Heading, Meaning, dropped, exact, heading_of, without_subject
from imports.headings.run_together import apart
from imports.headings.sex_legends import without_legend
from imports.words.vocabulary import ENGLISH, FIELDS, WRITTEN_OTHERWISE

_COUNTED = re.compile(
    r"\(?\b\d{1,2}\s*(?:chữ\s*)?(?:số|so|ký tự|kí tự)\b(?:\s*cuối\b|\s*cuoi\b)?(?:\s*(?:của|cua|trên|tren|ở|trong)\b)?\)?", re.IGNORECASE
)
_OF_YEARS = re.compile(
    r"(?:\b(?:năm học|năm|nh)\s*)?\b20\d\d\b(?:\s*[-–/]\s*(?:20)?\d\d\b)?|\b(?:năm học|nh)\s*\d\d\s*[-–/]\s*\d\d\b", re.IGNORECASE
)
_PERCENT = re.compile(r"\d\s*%")
_OF_INSURANCE = frozenset({"bhxh_code", "health_card"})
_COUNTED_FIELDS = _OF_INSURANCE | {"personal_id", "pupil_code"}
_TWELVE = re.compile(r"\b12\s*(?:chữ\s*)?(?:số|so|digits)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_YEAR_OR_MALE = {"năm": "birth_year", "nam": "birth_if_male"}  # folded they are the same word
_BY_TWO_NAMES = ("unit", "position", "staff_code", "pupil_code", "phone", "email")

_FOR_VSSID = re.compile(  # what the campaign is for says nothing of the column; "đã cài VssID" is an answer, and stays
    r"(?<!đã)(?<!da)(?<!chưa)(?<!chua)\s+(?:(?:để|de|dùng|dung)\s+)?"
    r"(?:đăng\s*k[ýí]|dang\s*ky|cài(?:\s+đặt)?|cai(?:\s+dat)?|sử dụng|su dung|dùng|dung)"
    r"(?:\s+(?:tài khoản|tai khoan|tk|ứng dụng|ung dung|app|phần mềm|phan mem|sử dụng|su dung))*\s+vss?\W?id\b.*",
    re.IGNORECASE | re.DOTALL,
)

# What a user may say that a column holds.
FIELDS_TO_CHOOSE = (
    *FIELDS, "personal_id", "old_id", "birth_day", "birth_month", "birth_year", "birth_if_male", "birth_if_female",
    *(f"{role}_{part}" for role in GUARDIAN_ROLES
      for part in ("name", "phone", "contact", "personal_id", "relation")),
)  # fmt: skip
UNKNOWN = Meaning(None, "unknown")


def meaning(text: str, above: str = "") -> Meaning:
    """The field that a heading names; `above` is the text of the merged cell over it, if there is one."""
    if len(text) > LONGEST_HEADING or len(above) > LONGEST_HEADING:
        return UNKNOWN
    found = meaning_under(above, text) if above.strip() else None
    if found is not None:
        return found
    if _PERCENT.search(text):
        return Meaning(None, "not-needed")  # a contribution: "BHXH (8%)"
    if _numbers_both_sexes(text):
        return Meaning("sex")
    whole = _alone(heading_of(text))
    if not whole.is_known:
        whole = _of_alternatives(text) or _of_lines(text) or whole
    if not whole.field:
        whole = _of_run_together(text, _of_campaign(text) or whole)
    if whole.field:
        return whole
    if not _IN_BRACKETS.search(text):
        return _of_counted(text) or whole
    shorter = _alone(heading_of(_IN_BRACKETS.sub(" ", text)))
    if shorter.field == "pupil_code" and _TWELVE.search(text):  # a school's and the ministry's codes are shorter
        return Meaning("personal_id")
    return shorter if shorter.is_known else _of_counted(text) or whole


def _numbers_both_sexes(text: str) -> bool:
    """ "Nam (1), Nữ (0)", also behind a heading for either sex or for both."""
    rest = without_legend(text)
    return rest is not None and (not rest.strip(" :") or _alone(heading_of(rest)).field in ("sex", "is_male", "is_female"))


def _of_alternatives(text: str) -> Meaning | None:
    """ "Bộ phận/Chuyền": one thing by two names."""
    found = [_alone(heading_of(part)) for part in text.split("/")] if "/" in text else [UNKNOWN]
    if {one.field for one in found} == _OF_INSURANCE:
        return Meaning("health_card")  # "Mã BHXH/Mã thẻ BHYT": a card's last ten digits are the code
    return found[0] if found[0].field in _BY_TWO_NAMES and all(other.field == found[0].field for other in found) else None


def without_counts(text: str) -> str:
    """A heading without the digits that its numbers have: "(10 số)"."""
    return _COUNTED.sub(" ", text)


def _of_counted(text: str) -> Meaning | None:
    """ "10 số cuối thẻ BHYT", "Thẻ BHYT 2025", "Lớp năm học 2025-2026": what they mean without the digits or the year."""
    if not any(map(str.isdigit, text)):
        return None
    shorter = without_counts(text)
    found = _alone(heading_of(shorter)) if shorter != text else UNKNOWN
    if found.field in _COUNTED_FIELDS:
        return found
    shorter = _OF_YEARS.sub(" ", text)
    found = _alone(heading_of(shorter)) if shorter != text else UNKNOWN
    return found if found.field in ("unit", "health_card") else None


def _of_lines(text: str) -> Meaning | None:
    """A heading that says one thing in each of its lines: "Mã NV" above "Emp. ID"."""
    found = [_alone(heading_of(line)) for line in text.splitlines() if line.strip()]
    return found[0] if len(found) > 1 and found[0].field and all(other.field == found[0].field for other in found) else None


def _of_campaign(text: str) -> Meaning | None:
    """ "Họ và tên cha/mẹ đăng ký VssID": what it means without the campaign."""
    shorter = _FOR_VSSID.sub("", text)
    if shorter == text:
        return None
    heading = heading_of(shorter)
    found = _alone(heading)
    named = found.field is not None and (not found.field.endswith("_name") or "ten" in heading.folded)
    return found if named else None  # "Phụ huynh cài VssID" may be ticked


def _of_run_together(text: str, whole: Meaning) -> Meaning:
    """ "HoTen", "so_cmnd": what the words mean; `whole`, if that is no more."""
    words = apart(text)
    found = _alone(heading_of(words)) if words else UNKNOWN
    return found if found.field or not whole.is_known else whole


def meaning_under(label: str, text: str) -> Meaning | None:
    """What a heading means because of the label over it: "Điện thoại" under "Cha", "Nữ" under "Giới tính", "Tháng" under "Ngày sinh". None
    where the label adds nothing."""
    if len(text) > LONGEST_HEADING or len(label) > LONGEST_HEADING:
        return None
    above, heading = heading_of(label), heading_of(text)
    if above.folded[:2] == ("thong", "tin"):
        above = Heading(above.folded[2:], above.written[2:])
    if not heading.folded or not above.folded:
        return None
    both = LABEL_OF.get(name_and_phone(above) or "")
    if both:
        above = both  # "Họ tên, SĐT phụ huynh" over a column for each
    top = _alone(above)
    if top.why_not in ("sensitive", "not-needed"):
        return top
    if top.field == "birth_date" and len(heading.folded) == 1:
        part = {"ngay": "birth_day", "thang": "birth_month", "nu": "birth_if_female", "nam": _YEAR_OR_MALE.get(heading.written[0])}
        return Meaning(part[heading.folded[0]]) if part.get(heading.folded[0]) else None
    if top.field == "full_name" and heading.folded == ("ten",):
        return Meaning("given_name")
    own = role_of(heading)
    if parent_named(above) in ("parent", "guardian", "contact") and own and own[0] in ("father", "mother"):
        return of_guardian(heading)  # "Họ tên bố" under "Phụ huynh"
    if role_of(above) or (own and top.field):
        joined = of_guardian(Heading(above.folded + heading.folded, above.written + heading.written))
        return joined or of_guardian(Heading(heading.folded + above.folded, heading.written + above.written))
    if top.field in ("personal_id", "old_id", "bhxh_code", "health_card", "phone") and heading.folded in (("so",), ("ma",), ("ma", "so")):
        return top
    return None


def _alone(heading: Heading) -> Meaning:
    if not heading.folded or (len(heading.written) == 1 and heading.written[0] in WRITTEN_OTHERWISE):
        return UNKNOWN
    words = heading.folded
    found = exact(words) or without_subject(words) or of_guardian(heading)
    if found is None or found.field is None:
        found = _in_two_languages(heading) or found
    return found or dropped(words) or UNKNOWN


def _in_two_languages(heading: Heading) -> Meaning | None:
    """ "Họ và tên / Full name": what the Vietnamese half means, unless the English one means something else."""
    words, written = heading
    size = len(words)
    ahead = next((place for place, word in enumerate(written) if word not in ENGLISH), size)
    behind = next((place for place, word in enumerate(reversed(written)) if word not in ENGLISH), size)
    if ahead + behind in (0, size) or (ahead and behind) or size in (ahead, behind):
        return None
    inside, outside = (slice(ahead, None), slice(0, ahead)) if ahead else (slice(0, size - behind), slice(size - behind, None))
    found, english = _alone(Heading(words[inside], written[inside])), _alone(Heading(words[outside], written[outside]))
    return found if found.is_known and english.field in (None, found.field) else None
