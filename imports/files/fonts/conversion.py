"""Which cells of a sheet are in an old font, and their text in Unicode. The font's name is believed unless the letters speak against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from imports.files.fonts.syllables import is_syllable
from imports.files.fonts.tables import ONLY_OLD, OldFont, has_letters, in_unicode, is_told_apart
from imports.files.fonts.words import words_of
from imports.files.grids import Cell

Fonts = Mapping[tuple[int, int], OldFont]

_ENOUGH = 3  # different texts; a foreigner's ä or ñ among Vietnamese names doesn't come near that
_SURE = 4  # so many times as many texts for as against
_LOOKED_AT = 2_000


class Verdict(Enum):
    """What a text is, if a certain old font comes into question."""

    PLAIN = "the same in all"
    OLD = "makes sense in the old font only"
    UNICODE = "makes sense as it stands only"
    EITHER = "makes sense both ways"
    NEITHER = "makes sense in no way"


class Votes(NamedTuple):
    old: int
    unicode: int

    @property
    def any(self) -> bool:
        return self.old + self.unicode > 0


@lru_cache(maxsize=65536)
def verdict(text: str, font: OldFont) -> Verdict:
    if text.isascii():
        return Verdict.PLAIN
    marked = [word for word in words_of(text) if not word.isascii()]
    words = [sense for word in marked if (sense := _sense(word, font))]
    if marked and not words:
        return Verdict.EITHER
    as_it_stands = sum(sense[0] for sense in words)
    converted = sum(sense[1] for sense in words)
    if converted == as_it_stands:
        return Verdict.PLAIN if not words else Verdict.EITHER if converted else Verdict.NEITHER
    return Verdict.OLD if converted > as_it_stands else Verdict.UNICODE


@lru_cache(maxsize=65536)
def _sense(word: str, font: OldFont) -> tuple[bool, bool] | None:
    """Whether a word makes sense as it stands, and whether it does in the old font; None for one that says nothing about it."""
    if not is_told_apart(word):
        return None
    return is_syllable(word), has_letters(word, font) and is_syllable(in_unicode(word, font))


def guess(texts: Iterable[str]) -> OldFont | None:
    """The old font that some texts are in, told by their letters alone."""
    suspects = set()
    for text in texts:
        if ONLY_OLD.search(text):
            suspects.add(text)
            if len(suspects) == _LOOKED_AT:
                break
    if len(suspects) < _ENOUGH:
        return None
    fitting = {font: sum(verdict(text, font) is Verdict.OLD for text in suspects) for font in (OldFont.TCVN3, OldFont.VNI)}
    best = max(fitting, key=lambda font: fitting[font])
    return best if fitting[best] >= max(_ENOUGH, len(suspects) / 2) else None


def convert(rows: Sequence[list[Cell]], fonts: Fonts) -> Counter[OldFont]:
    """Put the cells that are in an old font into Unicode, in place; answers how many, by family. `fonts`: the cells in a font that is named
    so, by place."""
    guessed = guess(cell for line in rows for cell in line if type(cell) is str)
    converted: Counter[OldFont] = Counter()
    if guessed is None and not fonts:
        return converted
    families = {font.family for font in fonts.values()} | ({guessed} if guessed else set())
    votes = {family: [_votes(rows, column, family) for column in range(len(rows[0]) if rows else 0)] for family in families}
    whole = {family: Votes(sum(v.old for v in columns), sum(v.unicode for v in columns)) for family, columns in votes.items()}
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            if type(cell) is not str or cell.isascii():
                continue
            font = fonts.get((row, column)) or guessed
            if font is None:
                continue
            told = votes[font.family][column]
            told = told if told.any else whole[font.family]
            if _is_meant(verdict(cell, font.family), told, named=(row, column) in fonts, others_named=bool(fonts)):
                line[column] = in_unicode(cell, font)
                converted[font.family] += 1
    return converted


def _votes(rows: Sequence[Sequence[Cell]], column: int, font: OldFont) -> Votes:
    """How many different texts of a column speak for the old font, and how many against it."""
    different = dict.fromkeys(cell for line in rows if type(cell := line[column]) is str and not cell.isascii())
    found = Counter(verdict(text, font) for text in islice(different, _LOOKED_AT))
    return Votes(found[Verdict.OLD], found[Verdict.UNICODE])


def _is_meant(told: Verdict, votes: Votes, *, named: bool, others_named: bool) -> bool:
    """In a file that names fonts, a cell without such a name is in an ordinary one."""
    if told is Verdict.OLD:
        return True
    if named:
        return told is not Verdict.UNICODE and votes.old >= votes.unicode
    return told is Verdict.EITHER and not others_named and votes.old >= _SURE * votes.unicode
