"""Whose heading it is: parents', guardians' and contact persons' columns, told by the words for them in it."""

from __future__ import annotations

from imports.headings.plain_headings import SUBJECT_WORDS, Heading, Meaning, dropped, exact, length_without_subject, without_subject
from imports.words.relatives import ROLES, WRITTEN_ROLES

_ROLES = tuple((tuple(phrase.split()), role) for phrase, role in ROLES)
GUARDIAN_ROLES = ("father", "mother", "parent", "parent2", "guardian", "guardian2")
CONTACT_ROLES = ("contact", "contact2")  # whom to call; what they are to the person, the list as a whole tells
IN_GUARDIAN = {"full_name": "name", "given_name": "name", "phone": "phone", "personal_id": "personal_id", "relation": "relation"}
_PERSON = frozenset({"nguoi", "person"})
_CONNECTED = frozenset({"va", "kem", "cung", "cua", "and"})
_BOTH_AT_ONCE = frozenset(
    {("lien", "he"), ("lien", "lac"), ("thong", "tin"), ("thong", "tin", "lien", "he"), ("thong", "tin", "lien", "lac")}
)
LABEL_OF = {
    "father": Heading(("cha",), ("cha",)),
    "mother": Heading(("me",), ("mẹ",)),
    "parent": Heading(("phu", "huynh"), ("phụ", "huynh")),
    "guardian": Heading(("nguoi", "giam", "ho"), ("người", "giám", "hộ")),
    "contact": Heading(("nguoi", "lien", "he"), ("người", "liên", "hệ")),
}


def of_guardian(heading: Heading) -> Meaning | None:
    """What a heading means that names a parent, a guardian or a contact person; None for any other."""
    both = name_and_phone(heading)
    if both:
        return Meaning(f"{both}_contact")
    role = role_of(heading)
    if role is None:
        return None
    name, rest = role
    if name in CONTACT_ROLES and not rest and _PERSON.isdisjoint(heading.folded):
        return Meaning(f"{name}_contact")  # "Khi cần báo tin"
    inner = exact(rest) or without_subject(rest) if rest else Meaning("full_name")
    if inner and inner.field in IN_GUARDIAN:
        later = 10 * int(heading.folded[-1]) if name in ("father", "mother") and heading.folded[-1] in ("1", "2") else 0
        return Meaning(f"{name}_{IN_GUARDIAN[inner.field]}", None, inner.rank + later)
    return dropped(rest) or Meaning(None, "not-needed")


def name_and_phone(heading: Heading) -> str | None:
    """Whose name and telephone a heading names together ("Họ tên cha/mẹ, SĐT", "Mẹ (họ tên, SĐT)"), wherever in it the parent stands."""
    roles, (rest, _) = roles_taken_out(heading)
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
    found = exact(words) if words else None
    return IN_GUARDIAN.get(found.field or "") if found else None


def roles_taken_out(heading: Heading) -> tuple[set[str], Heading]:
    """The parents that a heading names anywhere, and the other words. Whose parents they are ("mẹ học sinh") says nothing further."""
    words, written = heading
    roles: set[str] = set()
    rest: list[int] = []
    place = 0
    while place < len(words):
        found = next(
            ((parts, role) for parts, role in _ROLES if words[place : place + len(parts)] == parts and _really(parts, written[place])), None
        )
        if found is None:
            rest.append(place)
            place += 1
            continue
        parts, role = found
        place += len(parts)
        ordinal = words[place] if words[place : place + 1] in (("1",), ("2",)) else ""
        roles.add(_numbered(role, ordinal.replace("1", "")))
        place += len(ordinal)
        place += next((len(subject) for subject in SUBJECT_WORDS if words[place : place + len(subject)] == subject), 0)
    return roles, Heading(tuple(words[place] for place in rest), tuple(written[place] for place in rest))


def role_of(heading: Heading) -> tuple[str, tuple[str, ...]] | None:
    """Whose heading it is (with a digit for a second parent) and the words that are left; "phụ huynh/người giám hộ" is one parent."""
    words, written = _ordinal_last(heading)
    ordinal = ""
    if len(words) > 1 and words[-1] in ("1", "2"):
        ordinal, words, written = words[-1].replace("1", ""), words[:-1], written[:-1]
    length = length_without_subject(words)
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


def parent_named(heading: Heading) -> str | None:
    """The parent that a heading names and nothing else of them."""
    role = role_of(heading)
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
