"""One value typed into a form is judged as a roster's cell is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from imports import Severity, judge

TYPED: list[tuple[str, str, Any, str | None]] = [
    ("full_name", " NGUYỄN văn  an ", "Nguyễn Văn An", None),
    ("full_name", "Tr?n An", None, "garbled-name"),
    ("full_name", "", None, None),
    ("birth_date", "27/10/2014", date(2014, 10, 27), None),
    ("birth_date", "31/02/2014", None, "not-a-date"),
    ("birth_date", "2014", None, "not-a-date"),
    ("birth_date", "", None, None),
    ("birth_year", "2014", 2014, None),
    ("birth_year", "27/10/2014", None, "not-a-year"),
    ("birth_year", "14", None, "not-a-year"),
    ("sex", "Nữ", "female", None),
    ("sex", "khác", None, "not-a-sex"),
    ("personal_id", "048 210 776 317", "048210776317", None),
    ("personal_id", "123456789", None, "other-number"),
    ("personal_id", "48210776317", None, "not-12-digits"),
    ("personal_id", "C1234567", None, "passport"),
    ("old_id", "123456789", "123456789", None),
    ("old_id", "048210776317", None, "other-number"),
    ("bhxh_code", "0123456789", "0123456789", None),
    ("bhxh_code", "HS4010123456789", "0123456789", "card-for-code"),
    ("bhxh_code", "048210776317", None, "other-number"),
    ("bhxh_code", "123", None, "not-10-digits"),
    ("pupil_code", "0154777327", "0154777327", None),
    ("staff_code", "NV 01", "NV01", None),
    ("phone", "+84 912 345 678", "0912345678", None),
    ("phone", "12345", None, "not-a-phone"),
    ("email", "An@Truong.VN", "an@truong.vn", None),
    ("email", "an@", None, "not-an-email"),
    ("unit", " 6A1 ", "6A1", None),
    ("position", "Giáo  viên", "Giáo viên", None),
]


@pytest.mark.parametrize(("field", "text", "value", "code"), TYPED)
def test_a_typed_value_is_judged(field: str, text: str, value: Any, code: str | None):
    judged, finding = judge(field, text)
    assert (judged, finding and finding.code) == (value, code)


@pytest.mark.parametrize(("field", "text", "value", "code"), [case for case in TYPED if case[2] is None and case[3]])
def test_what_can_not_be_kept_is_an_error(field: str, text: str, value: None, code: str):
    _, finding = judge(field, text)
    assert finding
    assert finding.severity is Severity.ERROR


def test_a_personal_id_is_held_against_what_else_is_known():
    assert judge("personal_id", "048210776317", birth_year=2010, sex="male") == ("048210776317", None)
    value, finding = judge("personal_id", "048210776317", birth_year=2011, sex="male")
    assert (value, finding and finding.code) == ("048210776317", "other-birth-year")


def test_no_other_field_can_be_judged():
    with pytest.raises(KeyError):
        judge("guardians", "x")
