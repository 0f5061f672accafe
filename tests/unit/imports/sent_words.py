"""Words that headings use for what is known by other ones; nobody in them exists."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Sent, guardian, mother

SENT: dict[str, Sent] = {}

_NAMES = ("Trần Văn An", "Lê Thị Bình")
_PHONES = ("0912345678", "0912345679")
_MARKS = ("KT-01", "KT-02")


def _list(headings: list[str], *columns: tuple[Any, ...], born: str = "Ngày sinh") -> dict[str, list[list[Any]]]:
    rows = [[n + 1, name, f"1{n + 3}/10/199{n}", *cells] for n, (name, *cells) in enumerate(zip(_NAMES, *columns, strict=True))]
    return {"S": [["STT", "Họ và tên", born, *headings], *rows]}


def _people(**more: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {"row": n + 2, "full_name": name, "birth_date": D(1990 + n, 10, n + 13), "birth_year": 1990 + n}
        | {field: some[n] for field, some in more.items()}
        for n, name in enumerate(_NAMES)
    ]  # fmt: skip


SENT["an attendance code beside the staff code"] = Sent(
    _list(["Mã NV", "Mã chấm công"], ("NV01", "NV02"), ("1001", "1002")), _people(staff_code=("NV01", "NV02"))
)
SENT["an attendance code left of the staff code"] = Sent(
    _list(["Mã thẻ chấm công", "Mã nhân viên"], ("1001", "1002"), ("NV01", "NV02")), _people(staff_code=("NV01", "NV02"))
)
SENT["an attendance code alone"] = Sent(_list(["Mã chấm công"], ("1001", "1002")), _people(staff_code=("1001", "1002")))
for _heading in ("Số CCCD/ GTTT", "Số GTTT", "GTTT", "Số giấy tờ tùy thân", "CCCD/GTTT"):
    SENT[f"the identity number under {_heading}"] = Sent(
        _list([_heading], ("001090000011", "001191000022")), _people(personal_id=("001090000011", "001191000022"))
    )
SENT["a telephone under Số máy"] = Sent(_list(["Số máy"], _PHONES), _people(phone=_PHONES))
SENT["no telephone under Số máy, where machines are numbered"] = Sent(_list(["Số máy"], _MARKS), _people())
SENT["no second telephone under Số máy"] = Sent(_list(["SĐT", "Số máy"], _PHONES, ("0912345670", "0912345671")), _people(phone=_PHONES))
for _heading in ("SN", "Sinh"):
    SENT[f"the birth under {_heading}"] = Sent(_list([], born=_heading), _people())
SENT["marks in biology under Sinh"] = Sent(_list(["Toán", "Sinh"], ("8", "9"), ("7.5", "8")), _people())
SENT["codes of grades"] = Sent(_list(["Ngạch công chức"], ("V.07.03.28", "01.003")), _people())
SENT["the number of a house under SN"] = Sent(_list(["SN"], ("12", "14A")), _people())
for _heading in ("Ngạch/Chức danh", "Ngạch, chức danh", "Ngạch công chức"):
    SENT[f"the position under {_heading}"] = Sent(
        _list([_heading], ("Chuyên viên", "Kế toán viên")), _people(position=("Chuyên viên", "Kế toán viên"))
    )
_CALL = ["Mã NV", "SĐT", "Người liên hệ khẩn cấp", "Mối quan hệ", "SĐT người LH"]
SENT["a worker's own telephone left of a contact person whose telephone is abbreviated"] = Sent(
    _list(_CALL, ("NV01", "NV02"), _PHONES, ("Trần Tư", "Lê Hoa"), ("Bố", "Mẹ"), ("0912345670", "0912345671")),
    _people(staff_code=("NV01", "NV02"), phone=_PHONES),
)
_PARENT = ((None, "Trần Tư", "0912345678", None),), ((None, "Lê Hoa", "0912345679", None),)
for _heading in ("Họ tên bố (mẹ) hoặc người nuôi dưỡng", "Họ tên cha/mẹ/người nuôi dưỡng"):
    SENT[f"a parent under {_heading}"] = Sent(
        _list(["Lớp", _heading, "Số ĐT gia đình"], ("7A", "7A"), ("Trần Tư", "Lê Hoa"), _PHONES),
        _people(unit=("7A", "7A"), guardians=_PARENT),
    )
for _heading in ("Họ tên người nuôi dưỡng", "Người đỡ đầu"):
    SENT[f"a guardian under {_heading}"] = Sent(
        _list(["Lớp", _heading], ("7A", "7A"), ("Trần Tư", "Lê Hoa")),
        _people(unit=("7A", "7A"), guardians=((guardian("Trần Tư"),), (guardian("Lê Hoa"),))),
    )
SENT["the mother or who brings the child up, with the mother's telephone"] = Sent(
    _list(
        ["Lớp", "Họ tên mẹ hoặc người nuôi dưỡng", "CCCD của mẹ", "Điện thoại mẹ"], ("7A", "7A"), ("Trần Tư", "Lê Hoa"), ("", ""), _PHONES
    ),
    _people(unit=("7A", "7A"), guardians=_PARENT),
)
SENT["the guardian's telephone beside a parent or guardian"] = Sent(
    _list(
        ["Lớp", "Họ tên cha/ mẹ/ người giám hộ", "Số CCCD người giám hộ", "SĐT người giám hộ"],
        ("7A", "7A"), ("Trần Tư", "Lê Hoa"), ("001070000011", "001171000022"), _PHONES,
    ),
    _people(
        unit=("7A", "7A"),
        guardians=(((None, "Trần Tư", "0912345678", "001070000011"),), ((None, "Lê Hoa", "0912345679", "001171000022"),)),
    ),
)  # fmt: skip
for _name, _phone in (("Con ông (bà)", "SĐT người giám hộ"), ("Họ tên phụ huynh", "SĐT người giám hộ"), ("Con ông (bà)", "Điện thoại GĐ")):
    SENT[f"{_phone} beside {_name}"] = Sent(
        _list(["Lớp", _name, _phone], ("7A", "7A"), ("Trần Tư", "Lê Hoa"), _PHONES), _people(unit=("7A", "7A"), guardians=_PARENT)
    )
SENT["SĐT phụ huynh beside a guardian"] = Sent(
    _list(["Lớp", "Họ tên người giám hộ", "SĐT phụ huynh"], ("7A", "7A"), ("Trần Tư", "Lê Hoa"), _PHONES),
    _people(unit=("7A", "7A"), guardians=((guardian("Trần Tư", "0912345678"),), (guardian("Lê Hoa", "0912345679"),))),
)
SENT["a mother, and a guardian with a telephone and no name"] = Sent(
    _list(["Lớp", "Họ tên mẹ", "SĐT mẹ", "SĐT người giám hộ"], ("7A", ""), ("Lê Hoa", ""), ("0912345678", ""), ("0912345679", "")),
    [_people()[0] | {"unit": "7A", "guardians": (mother("Lê Hoa", "0912345678"), guardian(None, "0912345679"))}, _people()[1]],
)
SENT["a director's telephone in a list of staff"] = Sent(
    _list(["Mã NV", "SĐT", "SĐT GĐ"], ("NV01", "NV02"), _PHONES, ("0912345670", "0912345671")),
    _people(staff_code=("NV01", "NV02"), phone=_PHONES),
)
SENT["a worker's own telephone left of whom to tell, and that one's"] = Sent(
    _list(["Mã NV", "SĐT", "Người báo tin", "ĐT báo tin"], ("NV01", "NV02"), _PHONES, ("Trần Tư", "Lê Hoa"), ("0912345670", "0912345671")),
    _people(staff_code=("NV01", "NV02"), phone=_PHONES),
)
