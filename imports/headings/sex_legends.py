"""What the numbers of a column of sexes mean where somebody wrote it: "Giới tính (0: Nam, 1: Nữ)", "Ghi chú: 1 là nữ, 0 là nam"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from app.domain.names import fold, tidy

Legend = Mapping[str, str]  # "0" -> "male"

_LONGEST = 200
_WORD = r"(?<!\w)(?:bé |be )?(?:nam|nữ|nu|trai|gái|gai|male|female)(?!\w)"
_CODE = r"(?<!\w)\d(?!\w)"
_MEANS = r"[\s:=\-–—.>()\[\]\"'“”_]{0,5}(?:(?:là|la|cho|ứng với)\s{1,2})?[\"'“”]?"
_BETWEEN = r"[\s,;/|.\-–()\[\]\"'“”]{0,5}(?:(?:và|va|hoặc|hoac|còn|con)\s{1,2})?"
_PAIRED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<code>{_CODE}){_MEANS}(?P<word>{_WORD}){_BETWEEN}(?P<code2>{_CODE}){_MEANS}(?P<word2>{_WORD})",
        rf"(?P<word>{_WORD}){_MEANS}(?P<code>{_CODE}){_BETWEEN}(?P<word2>{_WORD}){_MEANS}(?P<code2>{_CODE})",
        rf"(?P<word>{_WORD})\s?[/,-]\s?(?P<word2>{_WORD}){_MEANS}(?P<code>{_CODE})\s?[/,-]\s?(?P<code2>{_CODE})",
        rf"(?P<code>{_CODE})\s?[/,-]\s?(?P<code2>{_CODE}){_MEANS}(?P<word>{_WORD})\s?[/,-]\s?(?P<word2>{_WORD})",
    )
)
_ALONE = tuple(re.compile(f"{one}{_MEANS}{other}") for one, other in ((f"(?P<code>{_CODE})", f"(?P<word>{_WORD})"),
                                                                      (f"(?P<word>{_WORD})", f"(?P<code>{_CODE})")))  # fmt: skip
_HALF = re.compile(rf"\W*(?P<code>{_CODE})\s*(?:[:=]|[-–]|là)\s*(?P<word>{_WORD})\W*")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_EITHER = re.compile(rf"{_WORD}\s?[/,-]\s?{_WORD}")
_SAYS_SO = re.compile(r"\b(?:giới tính|gioi tinh|giới|phái|quy ước|quy uoc|chú thích|ghi chú|ghi chu|ký hiệu|kí hiệu)\b|=|\b(?:là|la)\b")
_OF_SEXES = re.compile(r"\b(?:giới tính|gioi tinh|phái)\b")
_COUNTS = re.compile(r"\b(?:tổng|cộng|sĩ số|sỉ số|si so|tong|cong|trong đó|trong do|gồm|số lượng|có)\b")


def legend_of(text: str) -> Legend | None:
    """What a heading, or the hint below it, says of the numbers in its column; None where it says nothing of them. Where it names one sex
    alone ("1 là nữ"), so does the legend."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    lower = tidy(text).lower().replace("_", " ")
    for pattern in _PAIRED:
        if found := pattern.search(lower):
            return _legend((found["code"], found["word"]), (found["code2"], found["word2"]))
    bare = _EITHER.sub(" ", lower)
    for part in _IN_BRACKETS.findall(bare) or [bare]:
        if len(re.findall(_WORD, part)) == len(re.findall(_CODE, part)) == 1:
            found = next((match for pattern in _ALONE if (match := pattern.search(part))), None)
            return _legend((found["code"], found["word"])) if found else None
    return None


def legend_among(texts: Iterable[str]) -> Legend | None:
    """What lines beside a list say of it, if they agree. "Sĩ số 3: nam 1, nữ 2" counts children and says nothing."""
    found: list[Legend] = []
    lines: dict[str, str] = {}  # of a legend with a line for each sex
    for text in texts:
        if len(text) <= _LONGEST and any(map(str.isdigit, text)):
            lower = tidy(text).lower()
            legend = legend_of(text) if _SAYS_SO.search(lower) and not _COUNTS.search(lower) else None
            found += [legend] if legend and (len(legend) > 1 or _OF_SEXES.search(lower)) else []
            if half := _HALF.fullmatch(lower):
                lines[half["code"]] = sex_of(half["word"]) or ""
    found += [lines] if len(lines) == len(set(lines.values())) == 2 else []
    return found[0] if found and all(one == found[0] for one in found) else None


def without_legend(text: str) -> str | None:
    """A heading without what it says of the numbers of both sexes: "" for "1: Nam, 0: Nữ". None where it says nothing of both."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    lower = tidy(text).lower().replace("_", " ")
    found = next((match for pattern in _PAIRED if (match := pattern.search(lower)) and _legend_of(match)), None)
    return " ".join(re.sub(r"[()\[\]]", " ", lower[: found.start()] + " " + lower[found.end() :]).split()) if found else None


def whole(legend: Legend, codes: Collection[str]) -> Legend:
    """The legend with the sex that it leaves out: of the column's only other number."""
    others = [code for code in codes if code not in legend]
    if len(legend) != 1 or len(others) != 1:
        return legend
    sex = "male" if "female" in legend.values() else "female"
    return {**legend, others[0]: sex}


def turned(legend: Legend) -> Legend:
    return {code: "male" if sex == "female" else "female" for code, sex in legend.items()}


def as_written(legend: Legend) -> str:
    """ "0 = Nam, 1 = Nữ": as people write it, whatever the page's language."""
    return ", ".join(f"{code} = {'Nam' if sex == 'male' else 'Nữ'}" for code, sex in sorted(legend.items()))


def _legend_of(match: re.Match[str]) -> Legend | None:
    return _legend((match["code"], match["word"]), (match["code2"], match["word2"]))


def _legend(*pairs: Sequence[str]) -> Legend | None:
    legend = {code: sex for code, word in pairs if (sex := sex_of(word))}
    return legend if len(legend) == len(pairs) == len(set(legend.values())) else None


def sex_of(word: str) -> str | None:
    """The sex that a word of a legend names."""
    folded = fold(word).removeprefix("be ")
    return "male" if folded in ("nam", "trai", "male") else "female" if folded in ("nu", "gai", "female") else None
