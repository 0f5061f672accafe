"""What numbers tell by themselves: papers, cards, mobiles."""

from __future__ import annotations

import pytest

from app.domain import numbers


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("048210776317", ("048", "male", 2010)),
        ("001309000001", ("001", "female", 2009)),
        ("079085123456", ("079", "male", 1985)),
        ("027191468219", ("027", "female", 1991)),
        ("04821077631", None),
        ("04821077631x", None),
        ("٠٤٨٢١٠٧٧٦٣١٧", None),
    ],
)
def test_a_personal_id_tells_place_sex_and_birth_year(number: str, parts: tuple[str, str, int] | None):
    assert numbers.personal_id_parts(number) == parts


@pytest.mark.parametrize("year", [1900, 1964, 1999, 2000, 2014, 2099])
@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_century_digits_of_a_birth_are_those_that_the_parts_are_read_from(year: int, sex: str):
    parts = numbers.personal_id_parts("001" + numbers.century_digits(year, sex) + "000001")
    assert parts == ("001", sex, year)


@pytest.mark.parametrize(
    ("number", "year", "sex", "doubt"),
    [
        ("048210776317", 2010, "male", None),
        ("048210776317", None, None, None),
        ("048210776317", 2011, "male", "birth-year"),
        ("048210776317", 2010, "female", "sex"),
        ("003210776317", 2010, "male", "place"),
        ("136210776317", 2010, "male", None),
    ],
)
def test_a_number_is_doubted_where_it_contradicts_what_is_known(number: str, year: int | None, sex: str | None, doubt: str | None):
    assert numbers.personal_id_doubt(number, year, sex) == doubt


def test_the_places_are_the_63_old_provinces():
    assert len(numbers.PLACES) == len(set(numbers.PLACES.values())) == 63


@pytest.mark.parametrize(
    ("card", "code", "personal_id"),
    [
        ("HS4010123456789", "0123456789", None),
        ("DN4797912345678", "7912345678", None),
        ("0123456789", "0123456789", None),
        ("048210776317", None, "048210776317"),
        ("HS401012345678", None, None),
        ("4010123456789HS", None, None),
        ("", None, None),
    ],
)
def test_a_health_card_tells_a_bhxh_code_or_a_personal_id(card: str, code: str | None, personal_id: str | None):
    assert numbers.card_numbers(card) == (code, personal_id)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01621234567", "0321234567"),
        ("01691234567", "0391234567"),
        ("01201234567", "0701234567"),
        ("01211234567", "0791234567"),
        ("01221234567", "0771234567"),
        ("01261234567", "0761234567"),
        ("01281234567", "0781234567"),
        ("01231234567", "0831234567"),
        ("01291234567", "0821234567"),
        ("01861234567", "0561234567"),
        ("01881234567", "0581234567"),
        ("01991234567", "0591234567"),
        ("01301234567", None),
        ("0162123456", None),
        ("0912345678", None),
    ],
)
def test_a_mobile_of_eleven_digits_becomes_the_one_of_ten(old: str, new: str | None):
    assert numbers.modern_mobile(old) == new


@pytest.mark.parametrize(
    ("number", "is_one"), [("0912345678", True), ("0891234567", True), ("0212345678", False), ("091234567", False), ("09123456x8", False)]
)
def test_a_plain_mobile_is_known_by_its_form(number: str, is_one: bool):
    assert numbers.is_mobile(number) is is_one


def test_zeros_are_put_in_front_up_to_the_width():
    assert numbers.padded("1084214497", 12) == "001084214497"
    assert numbers.padded("123456789012", 12) == "123456789012"
