"""What stands before a name and is none of it: degrees and grades ("BS.CKII.", "PGS, TS", "ĐD."), and how people are addressed ("Bà").

Abbreviations are no syllables, so nobody is called so. A word such as "Cô" is left out where what follows is a whole name by itself, or
where the column is written so; "Ông", a family name as well, only where others of the column are addressed or the next word is a family
name and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from imports.judges.usual_names import is_usual_name

_ABBREVIATED = (
    r"(?>tskh|pgs|gs|ts|ths|th\.s|bsnt|bsck|bs|dsck|dsđh|dsdh|ds|cnđd|cndd|cn|đdt|đdv|đd|dd|ktv|kts|ks|ys|nhs|ncs|gvcc|gvc|gv|hv|sv|hs|lm|ls"
    r"|ngưt|ngnd|ttưt|ttnd|nsưt|nsnd|đ/c|d/c|đc|ck)"
)
_GRADE = r"(?:i{1,3}|[123])?"  # "CKII", "CK 2"
_TITLE = re.compile(rf"(?:{_ABBREVIATED}{_GRADE}[.,;:/&–-]*)+", re.IGNORECASE)
_GLUED = re.compile(rf"(?:{_ABBREVIATED}{_GRADE}[.,;:–-]+)+(?=[^\W\d_]{{2}})", re.IGNORECASE)
_SPECIALIST = re.compile(r"(?:.*[^\w])?(?:bs|ds)?ck\.?", re.IGNORECASE)
_GRADE_ALONE = re.compile(r"(?:i{1,3}|[123])[.,;:–-]*", re.IGNORECASE)
_EITHER = frozenset({"ông/bà", "bà/ông", "anh/chị", "cô/thầy", "thầy/cô", "ông(bà)"})
_SPELT = tuple(
    f"{words} "
    for words in ("Bác Sĩ", "Bác Sỹ", "Dược Sĩ", "Dược Sỹ", "Y Sĩ", "Y Sỹ", "Điều Dưỡng", "Kỹ Thuật Viên", "Nữ Hộ Sinh", "Hộ Sinh", "Hộ Lý",
                  "Thạc Sĩ", "Thạc Sỹ", "Tiến Sĩ", "Tiến Sỹ", "Phó Giáo Sư", "Giáo Sư", "Kỹ Sư", "Cử Nhân", "Luật Sư", "Linh Mục",
                  "Đồng Chí", "Học Sinh")
)  # fmt: skip
_ADDRESSED = ("Ông ", "Bà ", "Thầy ", "Cô ", "Anh ", "Chị ", "Em ", "Bé ", "Cháu ")
_FAMILY = "Ông "  # is one, too
_FAMILIES_ALONE = tuple(  # nobody's middle name
    f"{name} " for name in ("Nguyễn", "Trần", "Phạm", "Huỳnh", "Phan", "Đặng", "Bùi", "Đỗ", "Võ", "Trịnh", "Trương", "Đinh", "Ngô", "Đoàn")
)
_BEFORE_A_NAME = _SPELT + _ADDRESSED
_WORDS = frozenset(word.strip().lower() for word in _ADDRESSED)
_LONGEST = 40
_HALF, _SOME = 0.5, 3
_WHOLE, _WHOLE_BEHIND_A_FAMILY = 2, 3  # words


def is_title(word: str) -> bool:
    """Whether a tidy word is a title, or begins with one and a sign ("Bs.Trần")."""
    return len(word) <= _LONGEST and _is_title(word)


@lru_cache(maxsize=2_000)  # names share their words
def _is_title(word: str) -> bool:
    return _TITLE.fullmatch(word) is not None or _GLUED.match(word) is not None or word.lower().rstrip(".:") in _EITHER


def without_titles(name: str) -> str:
    """A tidy name without the titles that its first words are, or its last ones behind a comma; "" where nothing would be left."""
    words = name.split()
    last = len(words)
    while last and _is_whole_title(words[last - 1]):
        last -= 1
    if 0 < last < len(words) and words[last - 1].endswith(","):
        words = [*words[: last - 1], words[last - 1].rstrip(",")]
    first, specialist = 0, False
    while first < len(words) and (_is_whole_title(words[first]) or (specialist and _GRADE_ALONE.fullmatch(words[first]))):
        specialist = _SPECIALIST.fullmatch(words[first]) is not None
        first += 1
    if first < len(words) and len(words[first]) <= _LONGEST:
        words[first] = _GLUED.sub("", words[first], count=1)
    return " ".join(words[first:])


def _is_whole_title(word: str) -> bool:
    if len(word) > _LONGEST:
        return False
    lower = word.lower().rstrip(".:")
    return _TITLE.fullmatch(word) is not None or lower in _EITHER or (word[-1] in ".:" and lower in _WORDS)


def without_address(names: Sequence[str]) -> dict[int, str]:
    """Where tidy names begin with how somebody is addressed, or with a degree that is spelt out: the names without that."""
    places = [index for index, name in enumerate(names) if name.startswith(_BEFORE_A_NAME)]
    if not places:
        return {}
    mostly = len(places) >= max(_SOME, _HALF * sum(map(bool, names)))
    before = {index: next(words for words in _BEFORE_A_NAME if names[index].startswith(words)) for index in places}
    others = any(_is_no_family(words, names[index]) for index, words in before.items())
    found: dict[int, str] = {}
    for index, words in before.items():
        rest = names[index][len(words) :]
        enough = _WHOLE_BEHIND_A_FAMILY if words == _FAMILY and not mostly else _WHOLE
        is_whole = len(rest.split()) >= enough and (mostly or is_usual_name(rest))
        if is_whole and (words != _FAMILY or others):
            found[index] = rest
    return found


def _is_no_family(words: str, name: str) -> bool:
    if words != _FAMILY:
        return words not in _SPELT
    rest = name[len(words) :]
    return rest.startswith(_FAMILIES_ALONE) and len(rest.split()) >= _WHOLE_BEHIND_A_FAMILY
