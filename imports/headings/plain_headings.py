"""What a heading means that names nobody but the listed person: whole headings only, with the words that may follow them."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.domain.names import fold, tidy
from imports.words.vocabulary import CHILD_WORDS, FIELDS, ID_WORDS, NOT_NEEDED, SENSITIVE, SUBJECTS

LONGEST_HEADING = 120  # anything longer is a text
MEANINGS = {heading: (field, rank) for field, groups in FIELDS.items() for rank, group in enumerate(groups) for heading in group}
SUBJECT_WORDS = tuple(tuple(subject.split()) for subject in SUBJECTS)
_PUNCTUATION = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"\s*(?:câu\s*)?\(?\d{1,2}\s*[.):]\s*(?=[^\W\d_])", re.IGNORECASE)  # "1. Họ và tên" of a form's answers
_CODE_WORDS = frozenset({("ma",), ("ms",), ("ma", "so"), ("so", "hieu")})
STAFF = re.compile(
    r"(?<= )(?:nhan vien|nv|can bo|cb|vien chuc|vc|cong chuc|cbcc|cbvc|cbccvc|cbnv|cbcnv|cnv|cong nhan vien|cong nhan"
    r"|nguoi lao dong|nld|lao dong|giao vien|gv|giang vien|cbgv|cbgvnv|gvnv|nhan su)(?= )"
)
PUPILS = re.compile(r"(?<= )(?:hoc sinh|hs|sinh vien|sv|hoc vien|hv|hssv|hsinh|tre em|tre|be|chau)(?= )")
_ENGLISH_CARDS = frozenset(
    tuple(words.split())
    for words in ("id card", "citizen id", "id number", "id no", "id card number", "id card no", "identity card", "identity number")
)
_ENGLISH_PAPERS = frozenset({"passport", "id", "card", "citizen", "identity", "number", "no", "or"})


class Heading(NamedTuple):
    """A heading as compared: its words folded, and beside them as written, because some pairs fold to one word."""

    folded: tuple[str, ...]
    written: tuple[str, ...]


class Meaning(NamedTuple):
    """`field` is None for a column that is not taken; `why_not` says why. A smaller rank is the more telling heading of one field."""

    field: str | None
    why_not: str | None = None
    rank: int = 0

    @property
    def is_known(self) -> bool:
        return self.why_not != "unknown"


NAME_OF_SOMEBODY = Meaning("full_name", None, 1)  # "Tên học sinh" holds the whole name, unless the family name has a column


def heading_of(text: str) -> Heading:
    """A heading's words, without the number of a form's question before it."""
    written = tuple(_PUNCTUATION.sub(" ", _NUMBERED.sub("", tidy(text), count=1).lower()).split())
    return Heading(tuple(map(fold, written)), written)


def exact(words: tuple[str, ...]) -> Meaning | None:
    """What these words mean if they are the whole heading."""
    field = MEANINGS.get(" ".join(words))
    if field:
        return Meaning(field[0], None, field[1])
    return _one_of_two(words) or _identity_paper(words) or _sexes(words) or _persons_code(words)


def _one_of_two(words: tuple[str, ...]) -> Meaning | None:
    """ "SĐT 1" and "SĐT 2": the second one stands in where the first is blank."""
    field = MEANINGS.get(" ".join(words[:-1])) if words[-1] in ("1", "2") else None
    return Meaning(field[0], None, field[1] + 10 * int(words[-1])) if field and field[0] in ("phone", "email") else None


def _sexes(words: tuple[str, ...]) -> Meaning | None:
    """ "Trai/Gái", "Bé trai/bé gái": whoever is listed, a boy or a girl."""
    left = [word for word in words if word not in CHILD_WORDS]
    return Meaning("sex") if left in (["trai", "gai"], ["gai", "trai"], ["nam", "nu"], ["nu", "nam"]) else None


def _persons_code(words: tuple[str, ...]) -> Meaning | None:
    """ "Mã GV/NV", "Mã số HS/SV", "MS CBVC": a code of nobody but staff, or but pupils."""
    size = 2 if words[:2] in _CODE_WORDS else 1
    if words[:size] not in _CODE_WORDS or len(words) <= size:
        return None
    left = " ".join(word for word in words[size:] if word != "va")
    if not STAFF.sub("", f" {left} ").strip():
        return Meaning("staff_code")
    return None if PUPILS.sub("", f" {left} ").strip() else Meaning("pupil_code", None, 1)


def _identity_paper(words: tuple[str, ...]) -> Meaning | None:
    if not ID_WORDS.issuperset(words):
        return None
    text = " ".join(words)
    old = "cmnd" in words or "chung minh" in text or "cmt" in words or "cmtnd" in words
    if "dinh danh" in text or not {"ddcn", "ddcd", "dd"}.isdisjoint(words):
        return Meaning("personal_id", None, 2 if old else 0)
    if "cccd" in words or "can cuoc" in text:
        return Meaning("personal_id", None, 2 if old else 1)
    if words in _ENGLISH_CARDS or "gttt" in words or "giay to tuy than" in text or ("id" in words and _ENGLISH_PAPERS.issuperset(words)):
        return Meaning("personal_id", None, 1)
    return Meaning("old_id") if old else None


def without_subject(words: tuple[str, ...]) -> Meaning | None:
    """The same, if they end in who is listed ("Họ tên học sinh")."""
    shorter = words[: length_without_subject(words)]
    if shorter == words:
        return None
    found = exact(shorter)
    if found and found.field == "given_name":
        return NAME_OF_SOMEBODY
    return found


def length_without_subject(words: tuple[str, ...]) -> int:
    length = len(words)
    while subject := next((s for s in SUBJECT_WORDS if length > len(s) and words[length - len(s) : length] == s), None):
        length -= len(subject)
    return length


def dropped(words: tuple[str, ...]) -> Meaning | None:
    """Why a column with one of these words is not taken; None where none of them says so."""
    text = f" {' '.join(words)} "
    if any(f" {word} " in text for word in SENSITIVE):
        return Meaning(None, "sensitive")
    if any(f" {word} " in text for word in NOT_NEEDED):
        return Meaning(None, "not-needed")
    return None
