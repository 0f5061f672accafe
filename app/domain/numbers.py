"""The field's facts about numbers: what a số định danh, a BHXH code, a health-insurance card and a mobile number tell by themselves."""

from __future__ import annotations

from typing import Literal, NamedTuple

PERSONAL_ID_WIDTH = 12
BHXH_CODE_WIDTH = 10
OLD_ID_WIDTH = 9
CARD_WIDTH = 15

# The 63 provinces as they were until 7/2025. The 34 later ones reuse some of these numbers with other meanings, but a person keeps
# the number they were given, so the old meanings are the ones to check against.
PLACES = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang", "010": "Lào Cai",
    "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái", "017": "Hòa Bình", "019": "Thái Nguyên",
    "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh",
    "030": "Hải Dương", "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định", "054": "Phú Yên",
    "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk",
    "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai",
    "077": "Bà Rịa - Vũng Tàu", "079": "TP. Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh",
    "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang",
    "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip

# September to November 2018: numbers of eleven digits lost one; old rosters still carry them.
MOBILE_11_TO_10 = {
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0186": "056", "0188": "058",
    "0199": "059",
}  # fmt: skip

MOBILE_STARTS = frozenset({"03", "05", "07", "08", "09"})

Doubt = Literal["place", "birth-year", "sex"]


class PersonalIdParts(NamedTuple):
    """What the twelve digits of a số định danh (CCCD) say: place of first registration, sex, birth year."""

    place: str
    sex: str
    birth_year: int


class CardNumbers(NamedTuple):
    """What a health-insurance card's number tells; both None when its form is none of the known ones."""

    bhxh_code: str | None
    personal_id: str | None


def personal_id_parts(number: str) -> PersonalIdParts | None:
    """The parts of a twelve-digit number, or None when it isn't one. The fourth digit is century and sex: 0/1 = 19xx m/f, 2/3 = 20xx."""
    if len(number) != PERSONAL_ID_WIDTH or not is_digits(number):
        return None
    century, female = divmod(int(number[3]), 2)
    return PersonalIdParts(number[:3], "female" if female else "male", 1900 + 100 * century + int(number[4:6]))


def is_known_place(place: str) -> bool:
    """One of the 63 provinces, or a country's code (100 and above) for who was born abroad."""
    return place in PLACES or place >= "100"


def century_digits(birth_year: int, sex: str) -> str:
    """Digits four to six of the số định danh of somebody born then: century and sex, then two digits of the year."""
    return f"{(birth_year - 1900) // 100 * 2 + (sex == 'female')}{birth_year % 100:02d}"


def personal_id_doubt(number: str, birth_year: int | None, sex: str | None) -> Doubt | None:
    """What in a twelve-digit number can't be, seen beside the birth year and sex that are known; None when nothing speaks against it."""
    parts = personal_id_parts(number)
    if parts is None or not is_known_place(parts.place):
        return "place"
    if birth_year is not None and parts.birth_year != birth_year:
        return "birth-year"
    if sex is not None and parts.sex != sex:
        return "sex"
    return None


def padded(digits: str, width: int) -> str:
    """Zeros that a spreadsheet took from the front, put back."""
    return digits.rjust(width, "0")


def card_numbers(card: str) -> CardNumbers:
    """A card of 15 (two letters, a digit, two digits of province, then the BHXH code), of 10 (the code), or of 12 (the số định danh)."""
    if len(card) == CARD_WIDTH and card[:2].isascii() and card[:2].isalpha() and is_digits(card[2:]):
        return CardNumbers(card[-BHXH_CODE_WIDTH:], None)
    if len(card) == BHXH_CODE_WIDTH and is_digits(card):
        return CardNumbers(card, None)
    if len(card) == PERSONAL_ID_WIDTH and is_digits(card):
        return CardNumbers(None, card)
    return CardNumbers(None, None)


def modern_mobile(number: str) -> str | None:
    """The ten-digit number that an eleven-digit mobile became in 2018, or None when it wasn't one."""
    start = MOBILE_11_TO_10.get(number[:4])
    return start + number[4:] if start and len(number) == 11 and is_digits(number) else None


def is_mobile(number: str) -> bool:
    """A national mobile number: 0, one of 3 5 7 8 9, eight digits."""
    return len(number) == 10 and number[:2] in MOBILE_STARTS and is_digits(number)


def is_digits(text: str) -> bool:
    """ASCII digits only: `str.isdigit` alone takes ² and ٣ for digits too."""
    return text.isascii() and text.isdigit()
