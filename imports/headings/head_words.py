"""What a heading means by its head words: what follows only qualifies them ("Số điện thoại đang dùng"), unless it names another person,
place or thing ("Số điện thoại cơ quan", "Đơn vị cấp"). Abbreviations stand for the words that they begin ("Đ/v công tác", "C/vụ")."""

from __future__ import annotations

import re
from functools import lru_cache

from app.domain.names import fold
from imports.headings.guardian_headings import IN_GUARDIAN, roles_taken_out
from imports.headings.plain_headings import LONGEST_HEADING, MEANINGS, SUBJECT_WORDS, Heading, Meaning, dropped, exact, heading_of
from imports.words.vocabulary import WRITTEN_OTHERWISE

INSTITUTION = 20  # rank of a heading that names a whole institution: a department's is the more telling one
SCHOOL = INSTITUTION + 1
CLASS_CODE = SCHOOL + 1  # "Mã lớp": the class where nothing else names one
_BY_WORDS = 3  # as "Phòng ban"
_INSTITUTIONS = {
    tuple(words.split()): rank
    for rank, several in (
        (INSTITUTION, ("cơ quan", "tên cơ quan", "nơi công tác", "công ty", "tên công ty", "nơi làm việc")),
        (SCHOOL, ("trường", "tên trường", "trường học")),
    )
    for words in several
}
# How somebody is addressed, in the cells of a column before or behind the names: that tells the sex.
_ADDRESSED = frozenset(
    tuple(words.split())
    for words in ("ong ba", "ba ong", "anh chi", "mr ms", "mr mrs", "mr mrs ms", "danh xung", "xung ho", "cach xung ho", "quy danh")
)
_BOY_OR_GIRL = frozenset({("t", "g"), ("g", "t")})  # trai, gái; or a time (thời gian)
_CLASS_CODES = frozenset(
    tuple(words.split()) for words in ("ma lop", "ma lop hoc", "ma lop sinh hoat", "khoi lop", "khoi va lop", "lop khoi")
)
_WORKERS_CODES = frozenset({("ma", "cn"), ("ma", "so", "cn")})  # a worker's (công nhân), or a branch's (chi nhánh)
_BY_VALUES = {  # or a machine's number, a house's (số nhà), marks in biology, a grade's code
    ("so", "may"): Meaning("phone", None, 1),
    ("sn",): Meaning("birth_date"),
    ("sinh",): Meaning("birth_date"),
    ("ngach", "cong", "chuc"): Meaning("position", None, 3),
    ("ngach", "vien", "chuc"): Meaning("position", None, 3),
}
# Words for a part of an institution. Several together name whichever it is ("Phòng/Đội", "Ban, tổ"), though some alone mean nothing.
_PARTS_OF_IT = tuple(
    tuple(words.split())
    for words in ("phân xưởng", "bộ phận", "bộ môn", "trung tâm", "văn phòng", "đơn vị", "chi nhánh", "cửa hàng", "dây chuyền", "cơ sở",
                  "xí nghiệp", "phòng", "ban", "tổ", "đội", "khoa", "xưởng", "kho", "viện", "trạm", "chuyền", "nhóm", "bến", "ca")
)  # fmt: skip


class _Words:
    """Words as written, known also where a heading has no marks at all: "dang" is "đang", "đảng" is not."""

    def __init__(self, text: str) -> None:
        self.written = frozenset(text.split())
        self.bare = frozenset(map(fold, self.written))

    def has(self, word: str) -> bool:
        return word in self.written or (word.isascii() and word in self.bare)


# Numbers and dates: the values show what they are, the words only whose. A verb, an adverb or what is done with it follows the head; a
# noun right behind it is whose it is ("SĐT trưởng thôn").
_OF_NUMBERS = frozenset({"phone", "email", "bhxh_code", "health_card", "personal_id", "birth_date", "sex"})
_QUALIFY = _Words(
    "đang đã được dùng sử đăng nhận để có chính thường cần kích cài liên theo mới riêng trên hiện hay gắn khai kê ghi đúng tra cung gửi "
    "gọi xác bản phục ứng app vssid vneid zalo viber otp sim smartphone"
)
_OF_OTHERS = _Words(
    "người ông bà anh chị vợ chồng cô thầy chú chủ bác dì cậu mợ bạn hộ thân gv gvcn nhiệm hiệu trưởng phó kế tế đại diện quản lý lãnh đạo "
    "phụ trách nhà bàn quan trường ty vị lớp phòng ban tổ thôn xã phường viện cục cơ cũ khác không chưa hết hủy khóa sai khẩn cấp cố fax "
    "nội lẻ thứ hotline cấp hoạt nhóm"
)
_NOT_OF_OTHERS = re.compile(
    r"\b(?:chính chủ|bản thân|chinh chu|ban than|kích hoạt|kich hoat|(?:đã|được) cấp|(?:da|duoc) cap)\b"
    r"|\btài khoản (?=vssid|vneid|zalo|ứng dụng|định danh)"
)
# Where somebody works and what as: the values can't show whose unit it is, so only words for being there may follow.
_AT_WORK = _Words("công tác làm việc đang hiện nay tại nơi trực thuộc biên chế chính thực tế được bố trí phân công ct lv nhân viên cán bộ")
_AT_SCHOOL = _Words("học tập theo đang hiện nay tại")
_IN_OFFICE = _Words("hiện nay tại đang giữ đảm nhận được giao phân công bổ nhiệm chính quyền công tác làm việc")
_CONSONANTS = re.compile(r"[^aeiouy\d\W_]{1,2}")
_CUT = re.compile(r"(?<!\w)\w{1,2}\s*[./]\s*\w")
_PHRASES: dict[str, list[tuple[tuple[str, ...], tuple[str, int]]]] = {}  # by their first letter
for _phrase, _meant in MEANINGS.items():
    _PHRASES.setdefault(_phrase[0], []).append((tuple(_phrase.split()), _meant))
_LONGEST_ACRONYM = 4


@lru_cache(maxsize=500)  # a workbook's sheets have the same headings
def by_its_head(text: str) -> Meaning | None:
    """The field that a heading names by its first words; None where it names none, or what follows names another's. No heading that has
    a meaning as a whole is asked this."""
    if len(text) > LONGEST_HEADING:
        return None
    heading = heading_of(text)
    if heading.folded in _ADDRESSED or heading.folded in _BOY_OR_GIRL:
        return Meaning("sex")
    if heading.folded in _CLASS_CODES:
        return Meaning("unit", None, CLASS_CODE)
    if heading.folded in _WORKERS_CODES:
        return Meaning("staff_code")
    if heading.folded in _BY_VALUES:
        return _BY_VALUES[heading.folded]
    if heading.written[-1:] in (("gđ",), ("gd",)) and (found := exact(heading.folded[:-1] or ("gd",))) and found.field == "phone":
        return Meaning("parent_phone", None, found.rank)  # the family's (gia đình), where pupils are listed; or a director's
    own = _by_head(heading, is_cut=_CUT.search(text) is not None) or _of_one_parent(heading) or _of_unit_words(heading)
    if own is None and " / " in text:
        label, _, below = text.partition(" / ")  # of a merged cell over it, which says nothing
        own = _by_head(heading_of(below), is_cut=False) if not any(map(_OF_OTHERS.has, heading_of(label).written)) else None
    return own or (_of_one_place(text) if "/" in text else None)


def _by_head(heading: Heading, *, is_cut: bool) -> Meaning | None:
    words, written = heading
    for end in range(len(words), 0, -1):
        head = Heading(words[:end], written[:end])
        if end == 1 and written[0] in WRITTEN_OTHERWISE:
            return None
        found = _institution(head) or (exact(head.folded) if end < len(words) else None) or _abbreviated(head, is_cut=is_cut)
        if found and found.field and _only_qualifies(found, head, Heading(words[end:], written[end:])):
            return found
    return None


def _institution(head: Heading) -> Meaning | None:
    rank = _INSTITUTIONS.get(head.written) or _UNMARKED.get(head.written)
    return Meaning("unit", None, rank) if rank else None


_UNMARKED = {tuple(map(fold, words)): rank for words, rank in _INSTITUTIONS.items()}


def _only_qualifies(found: Meaning, head: Heading, rest: Heading) -> bool:
    if found.field == "unit":
        allowed = _AT_SCHOOL if head.folded[0] in ("lop", "truong") else _AT_WORK
        return _names_the_same(rest, allowed)
    if found.field == "position":
        return all(map(_IN_OFFICE.has, rest.written))
    return found.field in _OF_NUMBERS and _says_nobody_else(found.field, rest)


def _names_the_same(rest: Heading, allowed: _Words) -> bool:
    """Whether nothing follows but words for being there and the same place once more ("Đơn vị, phòng ban nơi làm việc")."""
    words, written = rest
    place = 0
    while place < len(words):
        size = next((size for size in range(len(words) - place, 0, -1) if _is_unit(words, written, place, size)), 0)
        if not size and not allowed.has(written[place]):
            return False
        place += size or 1
    return True


def _of_unit_words(heading: Heading) -> Meaning | None:
    """ "Phòng, đội": nothing but words for parts of an institution, at least two of them, and for being there."""
    words, written = heading
    named = place = 0
    while place < len(words):
        size = next((len(part) for part in _PARTS_OF_IT if _stands(part, written[place : place + len(part)])), 0)
        if not size and not (named and (words[place] in ("va", "hoac") or _AT_WORK.has(written[place]))):
            return None
        named += bool(size)
        place += size or 1
    return Meaning("unit", None, _BY_WORDS) if named > 1 else None


def _stands(part: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return written == part or (written == tuple(map(fold, part)) and all(map(str.isascii, written)))


def _is_unit(words: tuple[str, ...], written: tuple[str, ...], place: int, size: int) -> bool:
    named = Heading(words[place : place + size], written[place : place + size])
    if size == 1 and named.written[0] in WRITTEN_OTHERWISE:
        return False
    return (_institution(named) or exact(named.folded) or Meaning(None)).field == "unit"


def _says_nobody_else(field: str, rest: Heading) -> bool:
    words, written = rest
    if words[:1] == ("cua",):
        words, written = words[1:], written[1:]
    subject = next((len(subject) for subject in SUBJECT_WORDS if words[: len(subject)] == subject), 0)
    words, written = words[subject:], written[subject:]
    if not words:
        return True
    said = _NOT_OF_OTHERS.sub(" ", " ".join(written)).split()
    if dropped(tuple(map(fold, said))) or any(map(_OF_OTHERS.has, said)):
        return False
    source = next((place for place, word in enumerate(said) if word in ("theo", "trên")), len(said))
    named = [exact(tuple(map(fold, said[start:source]))) for start in range(source) if said[start] not in WRITTEN_OTHERWISE]
    if any(other and other.field not in (None, field) for other in named):
        return False  # "Số điện thoại, email"
    return not said or _QUALIFY.has(said[0]) or any(other and other.field == field for other in named[:1])


def _of_one_parent(heading: Heading) -> Meaning | None:
    """ "SĐT mẹ đang dùng": the same of a parent's or guardian's."""
    roles, rest = roles_taken_out(heading)
    found = _by_head(rest, is_cut=False) or exact(rest.folded) if len(roles) == 1 and rest.folded else None
    part = IN_GUARDIAN.get(found.field or "") if found else None
    return Meaning(f"{next(iter(roles))}_{part}", None, found.rank) if found and part in ("phone", "personal_id") else None


def _of_one_place(text: str) -> Meaning | None:
    """ "Trường/Lớp": one place by two names."""
    headings = list(map(heading_of, text.split("/")))
    if not all(heading.folded for heading in headings):
        return None
    if any(len(heading.written) == 1 and heading.written[0] in WRITTEN_OTHERWISE for heading in headings):
        return None
    found = [_by_head(heading, is_cut=False) or exact(heading.folded) for heading in headings]
    ranks = [one.rank for one in found if one and one.field == "unit"]
    return Meaning("unit", None, min(ranks)) if len(ranks) == len(headings) else None


def _abbreviated(heading: Heading, *, is_cut: bool) -> Meaning | None:
    """A heading whose words are cut to their first letters, where the same letters begin nothing else ("C/vụ", "Đơn vị CT")."""
    words = heading.folded
    if not (is_cut or any(len(word) > 2 or exact((word,)) for word in words)):
        return None
    found = {meant for phrase, meant in _PHRASES.get(words[0][0], ()) if _spells(words, phrase)}
    fields = {field for field, _ in found}
    return Meaning(fields.pop(), None, min(rank for _, rank in found)) if len(fields) == 1 else None


def _spells(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    if not words or not phrase:
        return not words and not phrase
    word = words[0]
    if (word == phrase[0] or (_CONSONANTS.fullmatch(word) and phrase[0].startswith(word))) and _spells(words[1:], phrase[1:]):
        return True
    size = len(word)
    initials = "".join(part[0] for part in phrase[:size])
    return 2 <= size <= _LONGEST_ACRONYM and word == initials and _spells(words[1:], phrase[size:])
