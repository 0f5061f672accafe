"""Whether a word can be a Vietnamese syllable at all: text in an old font, taken for Unicode, is full of words that can't."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_OPEN = """
a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê êm ên ênh êu i ia iêm iên iêng iêu im in inh iu o oa oai oam oan oang
oanh oao oay oăm oăn oăng oe oen oeo oi om on ong oong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uâng uây uê uênh ui um un ung uôi uôm uôn uông uơ
uy uya uyên uynh uyu ư ưa ưi ưm ưn ưng ươi ươm ươn ương ươu ưu y yêm yên yêng yêu ynh
""".split()
_STOPPED = """
ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich iêc iêp iêt ip it oac oach oap oat oăc oăt oc oet op ot ôc ôp ôt ơp ơt uât uc uêch uôc
uôt up ut uych uyêt uyt ưc ươc ươp ươt ưt yêt
""".split()
_ACUTE, _DOT = "\u0301", "\u0323"
_TONES = {"\u0300", _ACUTE, "\u0303", "\u0309", _DOT}
_TONE_ON_VOWEL = re.compile(f"[aeiouy][\u0302\u0306\u031b]?[{''.join(sorted(_TONES))}]")
_LONGEST = 7  # nghiêng

_SYLLABLE = re.compile(rf"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(sorted(_OPEN, key=len, reverse=True))})")
_STOPPED_SYLLABLE = re.compile(rf"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(_STOPPED)})")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Onset, rhyme and at most one tone; before c, ch, p and t only the two tones that stand there."""
    if len(word) > 2 * _LONGEST:
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in decomposed if sign in _TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in _TONES))
    if len(tones) > 1 or len(bare) > _LONGEST or (tones and not _TONE_ON_VOWEL.search(decomposed)):
        return False
    if _SYLLABLE.fullmatch(bare):
        return True
    return _STOPPED_SYLLABLE.fullmatch(bare) is not None and tones in ([_ACUTE], [_DOT])
