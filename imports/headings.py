"""What a column's heading means: whole headings only, parents' ones first, so that "Họ tên mẹ" is never taken for a pupil's name."""

from __future__ import annotations

import re

from imports.guardian_headings import CONTACT_ROLES, GUARDIAN_ROLES, LABEL_OF, name_and_phone, of_guardian, parent_named, role_of
from imports.plain_headings import Heading, Meaning, dropped, exact, heading_of, without_subject
from imports.sex_legends import without_legend
from imports.vocabulary import ENGLISH, FIELDS, WRITTEN_OTHERWISE

__all__ = ["CONTACT_ROLES", "FIELDS_TO_CHOOSE", "GUARDIAN_ROLES", "LONGEST_HEADING", "UNKNOWN", "Meaning", "meaning", "meaning_under"]


LONGEST_HEADING = 120
_TWELVE = re.compile(r"\b12\s*(?:chữ\s*)?(?:số|so|digits)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_YEAR_OR_MALE = {"năm": "birth_year", "nam": "birth_if_male"}  # folded they are the same word
_BY_TWO_NAMES = ("unit", "position", "staff_code", "pupil_code", "phone", "email")

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
    if _numbers_both_sexes(text):
        return Meaning("sex")
    whole = _alone(heading_of(text))
    if not whole.is_known:
        whole = _of_alternatives(text) or _of_lines(text) or whole
    if whole.field or not _IN_BRACKETS.search(text):
        return whole
    shorter = _alone(heading_of(_IN_BRACKETS.sub(" ", text)))
    if shorter.field == "pupil_code" and _TWELVE.search(text):  # a school's and the ministry's codes are shorter
        return Meaning("personal_id")
    return shorter if shorter.is_known else whole


def _numbers_both_sexes(text: str) -> bool:
    """ "Nam (1), Nữ (0)", also behind a heading for either sex or for both."""
    rest = without_legend(text)
    return rest is not None and (not rest.strip(" :") or _alone(heading_of(rest)).field in ("sex", "is_male", "is_female"))


def _of_alternatives(text: str) -> Meaning | None:
    """ "Bộ phận/Chuyền": one thing by two names."""
    found = [_alone(heading_of(part)) for part in text.split("/")] if "/" in text else [UNKNOWN]
    return found[0] if found[0].field in _BY_TWO_NAMES and all(other.field == found[0].field for other in found) else None


def _of_lines(text: str) -> Meaning | None:
    """A heading that says one thing in each of its lines: "Mã NV" above "Emp. ID"."""
    found = [_alone(heading_of(line)) for line in text.splitlines() if line.strip()]
    return found[0] if len(found) > 1 and found[0].field and all(other.field == found[0].field for other in found) else None


def meaning_under(above: str, text: str) -> Meaning | None:
    """What a heading means because of the label over it; None where the label adds nothing."""
    if len(text) > LONGEST_HEADING or len(above) > LONGEST_HEADING:
        return None
    return _under(heading_of(above), heading_of(text))


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


def _under(above: Heading, heading: Heading) -> Meaning | None:
    """A heading under a merged one: "Điện thoại" under "Cha", "Nữ" under "Giới tính", "Tháng" under "Ngày sinh"."""
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
    if top.field in ("personal_id", "old_id", "bhxh_code", "health_card", "phone") and heading.folded in (("so",), ("ma",), ("ma so",)):
        return top
    return None
