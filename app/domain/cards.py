"""What a desk's one search box is given: the QR of a chip ID card as readers type it, a number, or words of a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, product

from app.domain.names import fold, tidy
from app.domain.numbers import BHXH_CODE_WIDTH, CARD_WIDTH, OLD_ID_WIDTH, PERSONAL_ID_WIDTH, card_numbers, is_digits, modern_mobile

_SEXES = {"nam": "male", "nu": "female"}
_BETWEEN = re.compile(r"[\s.\-]+")
_ABROAD = re.compile(r"\+84(\d{9})")
_LONGEST_NAME = 120
_OPEN_PAIRS = ("oa", "oe", "uy")  # Hòa and Hoà, Thúy and Thuý: two schools of where the tone goes
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SPELLINGS = 16


@dataclass(frozen=True, slots=True)
class Card:
    """What is needed of a card: address and day of issue are not kept. What is missing or not readable is None, the name then ''."""

    personal_id: str
    old_id: str | None
    full_name: str
    birth_date: date | None
    sex: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number or code, without what people put between digits, and as typed. `is_known_kind`: it has as many digits as a card, a code or a
    telephone."""

    text: str
    typed: str
    is_known_kind: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a name, or a part of a number."""

    text: str


Query = Card | Number | Words


def read_query(text: str) -> Query:
    """What somebody looks for."""
    card = read_card(text)
    if card:
        return card
    plain = _plain(text)
    bare = _BETWEEN.sub("", plain)
    if is_digits(bare.removeprefix("+")):
        return _number(bare, plain)
    return _number(plain, plain) if " " not in plain and any(map(is_digits, plain)) else Words(plain)


def read_card(text: str) -> Card | None:
    """`number|old number|name|ddmmyyyy|sex|address|ddmmyyyy`; None where it is not even a twelve-digit number and a bar. Readers leave
    marks decomposed, end the line or cut it, and newer cards go on after the last field."""
    number, *rest = [_plain(part) for part in text.split("|")]
    if not rest or len(number) != PERSONAL_ID_WIDTH or not is_digits(number):
        return None
    old_id, name, born, sex = (*rest, "", "", "", "")[:4]
    return Card(
        personal_id=number,
        old_id=old_id if len(old_id) == OLD_ID_WIDTH and is_digits(old_id) else None,
        full_name=name[:_LONGEST_NAME].rstrip(),
        birth_date=_day(born),
        sex=_SEXES.get(fold(sex)),
    )


def spellings(full_name: str) -> tuple[str, ...]:
    """A name as written, and with the tone mark at the other place that is usual for it."""
    both = [(word, other) if (other := _moved(word)) else (word,) for word in tidy(full_name).split()]
    return tuple(" ".join(words) for words in islice(product(*both), _SPELLINGS))


def _moved(word: str) -> str | None:
    """The word with its tone on the other of its last two vowels; None where there is nothing to move."""
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in _TONES]
    bare = "".join(c for c in letters if c not in _TONES)
    if len(tones) != 1 or bare[-2:].lower() not in _OPEN_PAIRS:
        return None
    at_the_end = letters[-1] in _TONES
    moved = bare[:-1] + tones[0] + bare[-1] if at_the_end else bare + tones[0]
    return unicodedata.normalize("NFC", moved)


def _number(text: str, typed: str) -> Number:
    """A health-insurance card stands for the code in it, a telephone number for its ten digits."""
    if len(text) == CARD_WIDTH:
        text = card_numbers(text).bhxh_code or (text[-BHXH_CODE_WIDTH:] if is_digits(text) else text)
    abroad = _ABROAD.fullmatch(text)
    text = f"0{abroad[1]}" if abroad else modern_mobile(text) or text
    return Number(text, typed, is_digits(text) and len(text) in {OLD_ID_WIDTH, BHXH_CODE_WIDTH, PERSONAL_ID_WIDTH})


def _plain(text: str) -> str:
    """Composed, spaces evened, without signs that don't show (readers begin and end with such)."""
    return tidy("".join(c for c in text if c.isprintable() or c.isspace()))


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d%m%Y").date() if len(text) == 8 and is_digits(text) else None
    except ValueError:
        return None
