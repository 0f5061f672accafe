"""The letters of TCVN3 and VNI fonts, and the same text in Unicode. No library for them is kept up any more."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from imports.files.fonts.words import each_word


class OldFont(StrEnum):
    """How a font holds its letters. In a capital font small letters look like capitals."""

    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 capitals"
    VNI = "VNI"

    @property
    def family(self) -> OldFont:
        return OldFont.TCVN3 if self is OldFont.TCVN3_CAPITALS else self


_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_HAS_CAPITALS = frozenset("ăâêôơưđ")  # the only marked letters of which a TCVN3 font has capitals

_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)

# On a Vietnamese Windows the same bytes were taken for other letters.
_OTHER_CODE_PAGE = {
    ord(other): usual
    for number in range(0x80, 0x100)
    if (other := bytes([number]).decode("cp1258", "ignore")) != (usual := bytes([number]).decode("cp1252", "ignore")) and other and usual
}
# What Unicode text in Vietnamese has no use for.
ONLY_OLD = re.compile("[¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÐÑÞßäåæçëîïñöøûüÄÅÇËÎÏÖØÛÜ×÷þ]")
_NO_OTHER_LETTERS = dict.fromkeys(_OTHER_CODE_PAGE)
_VNI_SIGNS = "".join(_VNI_MARKS) + "".join(_VNI_LETTERS)
_LETTERS = {
    OldFont.TCVN3: frozenset(map(chr, _TCVN3)),
    OldFont.VNI: frozenset(_VNI_SIGNS + _VNI_SIGNS.upper()),
}


def has_letters(text: str, font: OldFont) -> bool:
    """Whether the font has all letters of a text."""
    usual = text.translate(_OTHER_CODE_PAGE)
    return all(sign.isascii() or not sign.isalpha() or sign in _LETTERS[font.family] for sign in usual)


def is_told_apart(word: str) -> bool:
    """Whether a word has letters that don't come from the other code page alone: Unicode text is full of those."""
    return not word.isascii() and not word.translate(_NO_OTHER_LETTERS).isascii()


def font_of(name: str) -> OldFont | None:
    """What a font's name says: .VnTime and .VnArialH are TCVN3 fonts, the second a capital one; VNI-Times is a VNI font."""
    name = name.strip(" '\"")
    if name[:3].lower() == ".vn":
        return OldFont.TCVN3_CAPITALS if name.endswith("H") else OldFont.TCVN3
    return OldFont.VNI if name[:4].lower() in ("vni-", "vni ") else None


def in_unicode(text: str, font: OldFont) -> str:
    """The text that was meant."""
    meant = each_word(text, _WORDS[font])
    return meant.upper() if font is OldFont.TCVN3_CAPITALS else meant


@lru_cache(maxsize=65536)
def _of_tcvn3(word: str) -> str:
    return _as_capitals(word.translate(_OTHER_CODE_PAGE).translate(_TCVN3))


@lru_cache(maxsize=65536)
def _of_vni(word: str) -> str:
    return _VNI.sub(_vni_letter, word.translate(_OTHER_CODE_PAGE))


_WORDS = {OldFont.TCVN3: _of_tcvn3, OldFont.TCVN3_CAPITALS: _of_tcvn3, OldFont.VNI: _of_vni}


def _vni_letter(match: re.Match[str]) -> str:
    base, mark, alone = match.groups()
    letter: str = alone or base
    known = _VNI_LETTERS.get(letter.lower())
    plain = letter if known is None else known if letter.islower() else known.upper()
    if not mark:
        return plain
    composed = unicodedata.normalize("NFC", plain + _VNI_MARKS[mark.lower()])
    return composed if len(composed) == 1 else match[0]


def _as_capitals(word: str) -> str:
    """NGUYÔN is NGUYỄN: the font has no capital Ễ, so whoever writes in capitals uses the small one."""
    choice = [letter for letter in word if letter.isascii() or letter.lower() in _HAS_CAPITALS]
    return word.upper() if len(choice) > 1 and all(map(str.isupper, choice)) else word
