"""What a column's heading means: whole headings only, parents' ones first, so that "Họ tên mẹ" is never taken for a pupil's name."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.domain.names import fold, tidy
from imports.vocabulary import ENGLISH, FIELDS, ID_WORDS, NOT_NEEDED, ROLES, SENSITIVE, SUBJECTS, WRITTEN_OTHERWISE, WRITTEN_ROLES

_MEANINGS = {heading: (field, rank) for field, groups in FIELDS.items() for rank, group in enumerate(groups) for heading in group}
LONGEST_HEADING = 120

_ROLES = tuple((tuple(phrase.split()), role) for phrase, role in ROLES)
_SUBJECTS = tuple(tuple(subject.split()) for subject in SUBJECTS)
_PUNCTUATION = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"\s*(?:câu\s*)?\(?\d{1,2}\s*[.):]\s*(?=[^\W\d_])", re.IGNORECASE)  # "1. Họ và tên" of a form's answers
_TWELVE = re.compile(r"\b12\s*(?:chữ\s*)?(?:số|so|digits)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ENGLISH_CARDS = frozenset(
    tuple(words.split())
    for words in ("id card", "citizen id", "id number", "id no", "id card number", "id card no", "identity card", "identity number")
)
_ENGLISH_PAPERS = frozenset({"passport", "id", "card", "citizen", "identity", "number", "no", "or"})
_YEAR_OR_MALE = {"năm": "birth_year", "nam": "birth_if_male"}  # folded they are the same word
_IN_GUARDIAN = {"full_name": "name", "given_name": "name", "phone": "phone", "personal_id": "personal_id", "relation": "relation"}
_PERSON = frozenset({"nguoi", "person"})
_CONNECTED = frozenset({"va", "kem", "cung", "cua", "and"})
_BOTH_AT_ONCE = frozenset(
    {("lien", "he"), ("lien", "lac"), ("thong", "tin"), ("thong", "tin", "lien", "he"), ("thong", "tin", "lien", "lac")}
)

_BY_TWO_NAMES = ("unit", "position", "staff_code", "pupil_code", "phone", "email")

GUARDIAN_ROLES = ("father", "mother", "parent", "parent2", "guardian", "guardian2")
CONTACT_ROLES = ("contact", "contact2")  # whom to call; what they are to the person, the list as a whole tells

# What a user may say that a column holds.
FIELDS_TO_CHOOSE = (
    *FIELDS, "personal_id", "old_id", "birth_day", "birth_month", "birth_year", "birth_if_male", "birth_if_female",
    *(f"{role}_{part}" for role in GUARDIAN_ROLES
      for part in ("name", "phone", "contact", "personal_id", "relation")),
)  # fmt: skip


class Heading(NamedTuple):
    """A heading as compared: its words folded, and beside them as written, because some pairs fold to one word."""

    folded: tuple[str, ...]
    written: tuple[str, ...]


_LABEL_OF = {
    "father": Heading(("cha",), ("cha",)),
    "mother": Heading(("me",), ("mẹ",)),
    "parent": Heading(("phu", "huynh"), ("phụ", "huynh")),
    "guardian": Heading(("nguoi", "giam", "ho"), ("người", "giám", "hộ")),
    "contact": Heading(("nguoi", "lien", "he"), ("người", "liên", "hệ")),
}


class Meaning(NamedTuple):
    """`field` is None for a column that is not taken; `why_not` says why. A smaller rank is the more telling heading of one field."""

    field: str | None
    why_not: str | None = None
    rank: int = 0

    @property
    def is_known(self) -> bool:
        return self.why_not != "unknown"


UNKNOWN = Meaning(None, "unknown")


def meaning(text: str, above: str = "") -> Meaning:
    """The field that a heading names; `above` is the text of the merged cell over it, if there is one."""
    if len(text) > LONGEST_HEADING or len(above) > LONGEST_HEADING:
        return UNKNOWN
    found = meaning_under(above, text) if above.strip() else None
    if found is not None:
        return found
    whole = _alone(_heading(text))
    if not whole.is_known and "/" in text:
        whole = _of_alternatives(text) or whole
    if whole.field or not _IN_BRACKETS.search(text):
        return whole
    shorter = _alone(_heading(_IN_BRACKETS.sub(" ", text)))
    if shorter.field == "pupil_code" and _TWELVE.search(text):  # a school's and the ministry's codes are shorter
        return Meaning("personal_id")
    return shorter if shorter.is_known else whole


def _of_alternatives(text: str) -> Meaning | None:
    """ "Bộ phận/Chuyền": one thing by two names."""
    found = [_alone(_heading(part)) for part in text.split("/")]
    return found[0] if found[0].field in _BY_TWO_NAMES and all(other.field == found[0].field for other in found) else None


def meaning_under(above: str, text: str) -> Meaning | None:
    """What a heading means because of the label over it; None where the label adds nothing."""
    if len(text) > LONGEST_HEADING or len(above) > LONGEST_HEADING:
        return None
    return _under(_heading(above), _heading(text))


def _heading(text: str) -> Heading:
    written = tuple(_PUNCTUATION.sub(" ", _NUMBERED.sub("", tidy(text), count=1).lower()).split())
    return Heading(tuple(map(fold, written)), written)


def _alone(heading: Heading) -> Meaning:
    if not heading.folded or (len(heading.written) == 1 and heading.written[0] in WRITTEN_OTHERWISE):
        return UNKNOWN
    words = heading.folded
    return _exact(words) or _without_subject(words) or _of_guardian(heading) or _in_two_languages(heading) or _dropped(words) or UNKNOWN


def _exact(words: tuple[str, ...]) -> Meaning | None:
    field = _MEANINGS.get(" ".join(words))
    if field:
        return Meaning(field[0], None, field[1])
    return _one_of_two(words) or _identity_paper(words)


def _one_of_two(words: tuple[str, ...]) -> Meaning | None:
    """ "SĐT 1" and "SĐT 2": the second one stands in where the first is blank."""
    field = _MEANINGS.get(" ".join(words[:-1])) if words[-1] in ("1", "2") else None
    return Meaning(field[0], None, field[1] + 10 * int(words[-1])) if field and field[0] in ("phone", "email") else None


def _identity_paper(words: tuple[str, ...]) -> Meaning | None:
    if not ID_WORDS.issuperset(words):
        return None
    text = " ".join(words)
    old = "cmnd" in words or "chung minh" in text or "cmt" in words or "cmtnd" in words
    if "dinh danh" in text or not {"ddcn", "ddcd", "dd"}.isdisjoint(words):
        return Meaning("personal_id", None, 2 if old else 0)
    if "cccd" in words or "can cuoc" in text:
        return Meaning("personal_id", None, 2 if old else 1)
    if words in _ENGLISH_CARDS or ("id" in words and _ENGLISH_PAPERS.issuperset(words)):
        return Meaning("personal_id", None, 1)
    return Meaning("old_id") if old else None


def _without_subject(words: tuple[str, ...]) -> Meaning | None:
    shorter = words[: _length_without_subject(words)]
    if shorter == words:
        return None
    found = _exact(shorter)
    if found and found.field == "given_name":  # "Tên học sinh" holds the whole name
        return Meaning("full_name", None, 1)
    return found


def _length_without_subject(words: tuple[str, ...]) -> int:
    length = len(words)
    while subject := next((s for s in _SUBJECTS if length > len(s) and words[length - len(s) : length] == s), None):
        length -= len(subject)
    return length


def _of_guardian(heading: Heading) -> Meaning | None:
    both = _name_and_phone(heading)
    if both:
        return Meaning(f"{both}_contact")
    role = _role(heading)
    if role is None:
        return None
    name, rest = role
    if name in CONTACT_ROLES and not rest and _PERSON.isdisjoint(heading.folded):
        return Meaning(f"{name}_contact")  # "Khi cần báo tin"
    inner = _exact(rest) or _without_subject(rest) if rest else Meaning("full_name")
    if inner and inner.field in _IN_GUARDIAN:
        later = 10 * int(heading.folded[-1]) if name in ("father", "mother") and heading.folded[-1] in ("1", "2") else 0
        return Meaning(f"{name}_{_IN_GUARDIAN[inner.field]}", None, inner.rank + later)
    return _dropped(rest) or Meaning(None, "not-needed")


def _name_and_phone(heading: Heading) -> str | None:
    """Whose name and telephone a heading names together ("Họ tên cha/mẹ, SĐT", "Mẹ (họ tên, SĐT)"), wherever in it the parent stands."""
    roles, rest = _roles_taken_out(heading)
    if len(roles) != 1:
        return None
    if rest in _BOTH_AT_ONCE or any({_part(rest[:place]), _part(rest[place:])} == {"name", "phone"} for place in range(1, len(rest))):
        return next(iter(roles))
    return None


def _part(words: tuple[str, ...]) -> str | None:
    while words and words[0] in _CONNECTED:
        words = words[1:]
    while words and words[-1] in _CONNECTED:
        words = words[:-1]
    found = _exact(words) if words else None
    return _IN_GUARDIAN.get(found.field or "") if found else None


def _roles_taken_out(heading: Heading) -> tuple[set[str], tuple[str, ...]]:
    """The parents that a heading names anywhere, and the other words. Whose parents they are ("mẹ học sinh") says nothing further."""
    words, written = heading
    roles: set[str] = set()
    rest: list[str] = []
    place = 0
    while place < len(words):
        found = next(
            ((parts, role) for parts, role in _ROLES if words[place : place + len(parts)] == parts and _really(parts, written[place])), None
        )
        if found is None:
            rest.append(words[place])
            place += 1
            continue
        parts, role = found
        place += len(parts)
        ordinal = words[place] if words[place : place + 1] in (("1",), ("2",)) else ""
        roles.add(_numbered(role, ordinal.replace("1", "")))
        place += len(ordinal)
        place += next((len(subject) for subject in _SUBJECTS if words[place : place + len(subject)] == subject), 0)
    return roles, tuple(rest)


def _role(heading: Heading) -> tuple[str, tuple[str, ...]] | None:
    """Whose heading it is (with a digit for a second parent) and the words that are left; "phụ huynh/người giám hộ" is one parent."""
    words, written = _ordinal_last(heading)
    ordinal = ""
    if len(words) > 1 and words[-1] in ("1", "2"):
        ordinal, words, written = words[-1].replace("1", ""), words[:-1], written[:-1]
    length = _length_without_subject(words)
    for end in (len(words), length):
        found = _role_at_an_end(Heading(words[:end], written[:end]))
        if found:
            role, rest = found
            while further := _role_at_an_end(_without_or(rest)):
                role, rest = _joined(role, further[0]), further[1]
            return _numbered(role, ordinal), rest.folded
    return None


def _joined(role: str, other: str) -> str:
    """Whom two words name together: "cha/mẹ" is either parent, "SĐT mẹ (khi cần liên hệ)" the mother's."""
    known = {role, other} - {"contact"}
    return next(iter(known)) if len(known) == 1 else "parent" if known else "contact"


def _parent_of(heading: Heading) -> str | None:
    """The parent that a heading names and nothing else of them."""
    role = _role(heading)
    return role[0] if role and not role[1] else None


def _without_or(heading: Heading) -> Heading:
    return Heading(heading.folded[:-1], heading.written[:-1]) if heading.folded[-1:] in (("hoac",), ("va",)) else heading


def _ordinal_last(heading: Heading) -> Heading:
    """ "Người giám hộ 1 – Họ tên" as "Người giám hộ – Họ tên 1"."""
    words, written = heading
    places = [place for place, word in enumerate(words) if word in ("1", "2")]
    if len(places) != 1 or not (place := places[0]):
        return heading
    before = _role_at_an_end(Heading(words[:place], written[:place]))
    if before is None or before[1].folded:
        return heading
    return Heading(
        words[:place] + words[place + 1 :] + words[place : place + 1], written[:place] + written[place + 1 :] + written[place : place + 1]
    )


def _numbered(role: str, ordinal: str) -> str:
    return role + ordinal if role in ("parent", "guardian", "contact") else role


def _role_at_an_end(heading: Heading) -> tuple[str, Heading] | None:
    words, written = heading
    for parts, role in _ROLES:
        size = len(parts)
        if words[-size:] == parts and _really(parts, written[-1]):
            return role, Heading(words[:-size], written[:-size])
        if words[:size] == parts and _really(parts, written[0]):
            return role, Heading(words[size:], written[size:])
    return None


def _really(parts: tuple[str, ...], written: str) -> bool:
    return len(parts) > 1 or parts[0] not in WRITTEN_ROLES or written in WRITTEN_ROLES[parts[0]]


def _dropped(words: tuple[str, ...]) -> Meaning | None:
    text = f" {' '.join(words)} "
    if any(f" {word} " in text for word in SENSITIVE):
        return Meaning(None, "sensitive")
    if any(f" {word} " in text for word in NOT_NEEDED):
        return Meaning(None, "not-needed")
    return None


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
    both = _LABEL_OF.get(_name_and_phone(above) or "")
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
    own = _role(heading)
    if _parent_of(above) in ("parent", "guardian", "contact") and own and own[0] in ("father", "mother"):
        return _of_guardian(heading)  # "Họ tên bố" under "Phụ huynh"
    if _role(above) or (own and top.field):
        joined = _of_guardian(Heading(above.folded + heading.folded, above.written + heading.written))
        return joined or _of_guardian(Heading(heading.folded + above.folded, heading.written + above.written))
    if top.field in ("personal_id", "old_id", "bhxh_code", "health_card", "phone") and heading.folded in (("so",), ("ma",), ("ma so",)):
        return top
    return None
