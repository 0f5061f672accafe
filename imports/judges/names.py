"""Names of people: ordinary case, composed letters, single spaces; what is odd about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from imports.files import formulas
from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.judges.blanks import Findings
from imports.judges.lengths import LONGEST_NAME, fits
from imports.judges.titles import is_title, without_address, without_titles
from imports.judges.usual_names import is_usual_name
from imports.values import Finding, Severity

_PLAIN_WORD = re.compile(r"[A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ'’.\-]+")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_NUMBERED = re.compile(r"\d{1,4}\s*[.)]\s*(?=[^\W\d])")
_AT_THE_ENDS = " .,;:*-–_"
_DASH = " - "
_INITIAL = 2  # letters of "A." and such
_GARBLED = re.compile(r"[?\ufffd]")
_SEGMENTS = re.compile(r"([\-'’.])")


class NameWords(dict[str, str]):
    """Words of names as written -> as they should be. Names share their words, so each is looked at once; `odd` are the unusual ones."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, word: str) -> str:
        tidy = _ordinary_case(unicodedata.normalize("NFC", visible(word)))
        if not _PLAIN_WORD.fullmatch(tidy) or is_title(tidy) or (tidy[-1:] in (".", "-") and len(tidy) > _INITIAL):
            self.odd.add(tidy)
        self[word] = tidy
        return tidy


def _ordinary_case(word: str) -> str:
    """NGUYỄN and nguyễn are Nguyễn; H'MÔNG is H'Mông; a word in mixed case is left as its owner writes it."""
    if word.isupper() or word.islower():
        return "".join(part[:1].upper() + part[1:].lower() for part in _SEGMENTS.split(word))
    return word


def tidy_names(cells: Sequence[Cell], words: NameWords) -> list[str]:
    """A column of names; '' for a blank cell. A column that is tidy already is found so by its words alone."""
    if set(map(type, cells)) == {str}:
        text = "\n".join(cells)  # type: ignore[arg-type]
        split = text.split()
        single_lines = text.count("\n") == len(cells) - 1
        if single_lines and len(split) == text.count(" ") + len(cells) and all(words[word] == word for word in set(split)):
            return list(cells)  # type: ignore[arg-type]
    return [" ".join(filter(None, [words[word] for word in (cell if type(cell) is str else shown(cell)).split()])) for cell in cells]


def odd_names(names: Sequence[str], words: NameWords) -> set[int]:
    """Where the names with unusual words stand: digits, signs, letters that no Vietnamese name has."""
    odd = words.odd
    return {index for index, name in enumerate(names) if not odd.isdisjoint(name.split())} if odd else set()


def judge_names(names: list[str], odd: set[int], *, may_be_addressed: bool = False) -> Findings:
    """Findings on tidy names; those with a title or with a note in brackets are mended in place. `may_be_addressed`: also those of listed
    people, where "Bà" is no grandmother and what stands behind a dash no second parent."""
    findings: Findings = []
    addressed = without_address(names) if may_be_addressed else {}
    for index, name in addressed.items():
        names[index] = name
    for index in sorted(odd):
        names[index], finding = judge_name(names[index])
        if finding:
            findings.append((index, finding))
    if len(max(names, key=len, default="")) > LONGEST_NAME:
        for index in sorted({index for index, name in enumerate(names) if len(name) > LONGEST_NAME} - odd):
            names[index], finding = judge_name(names[index])
            findings += [(index, finding)] if finding else []
    for index in [index for index, name in enumerate(names) if _DASH in name] if may_be_addressed else ():
        names[index], note = _without_what_is_behind(names[index])
        findings.append((index, note))
    said = {index for index, _ in findings} if addressed else set()
    return findings + [(index, _TITLE_REMOVED) for index in addressed if index not in said]


def judge_name(text: str) -> tuple[str, Finding | None]:
    """One name, tidy, and what is odd about it. An error keeps the text, or its beginning: a row without a name couldn't be shown."""
    words = NameWords()
    name = " ".join(filter(None, (words[word] for word in text.split())))
    if not fits(name, LONGEST_NAME):
        return name[:LONGEST_NAME].rstrip(), _TOO_LONG
    if any(map(formulas.finding_of, name.split())):
        return name, formulas.UNSAVED if name.startswith("=") else formulas.FAILED
    if _GARBLED.search(name):
        return name, Finding(Severity.ERROR, "garbled-name", "Letters of the name are lost. Write the name again with all its marks.")
    untitled = without_titles(name)
    if untitled and untitled != name:
        return _after(untitled, _TITLE_REMOVED)
    unnumbered = _NUMBERED.sub("", name, count=1) if name[:1].isdigit() else name
    if unnumbered != name:
        return _after(unnumbered, Finding(Severity.REPAIR, "number-removed", "A number before the name was left out."))
    signless = name.strip(_AT_THE_ENDS)
    if signless and signless != name and len(name.split()[-1]) > _INITIAL:
        return _after(signless, Finding(Severity.REPAIR, "sign-removed", "Signs before or behind the name were left out."))
    bare = " ".join(_BRACKETED.sub(" ", name).split())
    if bare != name and any(map(str.isalpha, bare)):
        return bare, Finding(Severity.REPAIR, "note-removed", "A note in brackets beside the name was left out.")
    if words.odd and not all(_is_foreign(word) for word in words.odd):
        return name, _ODD
    return name, None


def _without_what_is_behind(name: str) -> tuple[str, Finding]:
    """ "Hồ Thị Dung - Trưởng khoa"; "Vũ Lan - Anh" may be one name, two names two people."""
    ahead, _, behind = name.partition(_DASH)
    is_name = is_usual_name(behind) and not behind.startswith("Trưởng ")
    return (name, _ODD) if is_name or not is_usual_name(ahead) or " " not in behind else (ahead, _BEHIND_A_DASH)


def _after(name: str, repair: Finding) -> tuple[str, Finding]:
    """What is odd about the rest of a mended name is worth more than that it was mended."""
    kept, finding = judge_name(name)
    return kept, finding if finding and finding.severity is not Severity.REPAIR else repair


_TITLE_REMOVED = Finding(Severity.REPAIR, "title-removed", "A title before the name was left out.")
_ODD = Finding(Severity.WARNING, "odd-name", "The name has a digit or a sign in it. Check how it is written.")
_BEHIND_A_DASH = Finding(Severity.REPAIR, "note-removed", "A note behind the name was left out.")
_TOO_LONG = Finding(Severity.ERROR, "name-too-long", "This is too long for a name. Write only the full name in the cell.")


def _is_foreign(word: str) -> bool:
    return all(c.isalpha() or c in "'’.-" for c in word)
