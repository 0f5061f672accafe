"""Codes, cards and contributions under headings that leave open which they are; nobody in them exists."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Sent, mother

SENT: dict[str, Sent] = {}

_NAMES = ("Trần Văn An", "Lê Thị Bình", "Vũ Minh Châu", "Hồ Thị Dung")
_CODES = ("0123456789", "7912345678", "0212345670", "3812345671")
_CARDS = tuple(f"HS479{code}" for code in _CODES)
_IDS = ("001090000011", "001190000022", "001090000033", "001190000044")


def _list(headings: list[str], *columns: tuple[Any, ...], title: str = "DANH SÁCH") -> dict[str, list[list[Any]]]:
    people = [[n, name, f"{n + 12}/10/1990"] for n, name in enumerate(_NAMES, 1)]
    return {
        "S": [[title], ["STT", "Họ và tên", "Ngày sinh", *headings], *([*row, *more] for row, *more in zip(people, *columns, strict=True))]
    }


def _people(**columns: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {"row": n + 3, "full_name": name, "birth_date": D(1990, 10, n + 13), "birth_year": 1990}
        | {field: values[n] for field, values in columns.items()}
        for n, name in enumerate(_NAMES)
    ]  # fmt: skip


_MONEY = ((1437435, 1472370, 1507305, 1926525), (253665, 259830, 265995, 339975), (112740, 115480, 118220, 151100))
for _of in (("BHXH (25,5%)", "BHYT (4,5%)", "BHTN (2%)"), ("BHXH", "BHYT", "BHTN"), ("BHXH (8%)", "BHYT (đồng)", "BHTN")):
    SENT[f"money under {_of} beside codes"] = Sent(_list(["Mã số BHXH", *_of], _CODES, *_MONEY), _people(bhxh_code=_CODES))
    SENT[f"money under {_of} and no codes"] = Sent(_list([*_of], *_MONEY), _people())
SENT["money as text under BHXH, percents under BHYT"] = Sent(
    _list(["BHXH", "BHYT"], ("1.437.435 đ", "1.472.370 đ", "", "926.525 đ"), ("4,5%", "4,5%", "4,5%", "4,5%")), _people()
)
SENT["contributions in a lower row of headings"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Mã số BHXH", "Người lao động đóng", ""],
            ["", "", "", "BHXH (8%)", "BHTN (1%)"],
            [1, "Trần Văn An", "7912345678", 400000, 50000],
        ]
    },
    [{"row": 3, "full_name": "Trần Văn An", "bhxh_code": "7912345678"}],
)
SENT["a card among contributions"] = Sent(
    _list(["BHYT"], (631800, 631800, 631800, _CARDS[3])),
    _people(bhxh_code=(None, None, None, _CODES[3])),
    problems=[(row, "health_card", "not-a-card") for row in range(3, 6)],
)
SENT["who has insurance, and of which kind"] = Sent(
    _list(["BHXH", "BHYT"], ("Có", "Có", "x", "Đã có"), ("HS4", "HN4", "HS4", "TE1")), _people()
)
SENT["codes under BHXH that Excel has shortened are codes"] = Sent(
    _list(["BHXH"], ("7.91E+09",) * 4), _people(), problems=[(row, "bhxh_code", "digits-gone") for row in range(3, 7)]
)
SENT["codes under BHXH, cards under BHYT"] = Sent(_list(["BHXH", "BHYT"], _CODES, _CARDS), _people(bhxh_code=_CODES))
SENT["codes with too few digits under Mã số BHXH are no money"] = Sent(
    _list(["Mã số BHXH"], (1437435, 1472370, 1507305, 1926525)),
    _people(),
    problems=[(row, "bhxh_code", "not-10-digits") for row in range(3, 7)],
)

for _heading in ("Mã thẻ BHYT cũ", "Số thẻ BHYT (cũ)", "Thẻ BHYT năm cũ"):
    SENT[f"cards under {_heading} alone are taken, and said"] = Sent(
        _list([_heading], _CARDS), _people(bhxh_code=_CODES), problems=[(2, "health_card", "old-cards")]
    )
SENT["old cards beside current ones are not looked at"] = Sent(
    _list(["Mã thẻ BHYT cũ", "Mã thẻ BHYT"], tuple(reversed(_CARDS)), _CARDS), _people(bhxh_code=_CODES)
)
SENT["old cards beside codes are not looked at"] = Sent(
    _list(["Mã thẻ BHYT cũ", "Mã số BHXH"], tuple(reversed(_CARDS)), _CODES), _people(bhxh_code=_CODES)
)
SENT["old cards beside a column for new ones that is still blank"] = Sent(
    _list(["Mã thẻ BHYT cũ", "Mã thẻ BHYT mới"], _CARDS, ("",) * 4), _people(bhxh_code=_CODES), problems=[(2, "health_card", "old-cards")]
)
SENT["a card of last year beside this year's"] = Sent(
    _list(["Thẻ BHYT 2025", "Thẻ BHYT 2026"], tuple(reversed(_CARDS)), _CARDS), _people(bhxh_code=_CODES)
)

SENT["a card of last year beside a column for this year's that is still blank"] = Sent(
    _list(["Thẻ BHYT 2025", "Thẻ BHYT 2026"], _CARDS, ("",) * 4), _people(bhxh_code=_CODES)
)

for _heading in (
    "Số sổ",
    "Bảo Hiểm (10 số)",
    "Số bảo hiểm",
    "Mã BH",
    "10 số cuối thẻ BHYT",
    "Mã BHXH/BHYT",
    "Mã thẻ BHYT năm 2025",
    "Thẻ BHYT đang dùng",
):
    SENT[f"ten digits under {_heading}"] = Sent(_list([_heading], _CODES), _people(bhxh_code=_CODES))
for _heading in ("Số thẻ BH", "Mã số thẻ", "Số thẻ", "Mã số BHXH/Mã thẻ BHYT", "Bảo hiểm"):
    SENT[f"cards under {_heading}"] = Sent(_list([_heading], _CARDS), _people(bhxh_code=_CODES))
SENT["a book's number beside the code is not looked at"] = Sent(
    _list(["Mã số BHXH", "Số sổ"], _CODES, tuple(reversed(_CODES))), _people(bhxh_code=_CODES)
)
SENT["Số sổ of households, and insurance that is a yes"] = Sent(
    _list(["Số sổ", "Bảo hiểm"], ("12", "13", "14", "15"), ("Có", "Có", "Không", "Có")), _people()
)

_BADGES = ("NV001", "NV002", "NV003", "NV004")
for _heading in ("MNV", "MSCNV", "Mã chấm công", "Mã số thẻ", "Số thẻ", "ID", "Số hiệu viên chức", "Mã GV/NV"):
    SENT[f"badges under {_heading}"] = Sent(
        _list([_heading, "Phòng ban"], _BADGES, ("Kho",) * 4), _people(staff_code=_BADGES, unit=("Kho",) * 4)
    )
SENT["ID of identity cards"] = Sent(_list(["ID"], _IDS), _people(personal_id=_IDS))
SENT["ID of running numbers beside identity cards"] = Sent(_list(["ID", "Số CCCD"], (1, 2, 3, 4), _IDS), _people(personal_id=_IDS))
SENT["Mã HV of people who learn"] = Sent(
    _list(["Mã HV"], ("HV01", "HV02", "HV03", "HV04")), _people(pupil_code=("HV01", "HV02", "HV03", "HV04"))
)
for _heading in ("Mã số HSSV", "MS HS", "Mã HS/SV", "ID học sinh"):
    SENT[f"ten digits under {_heading}"] = Sent(_list([_heading], _CODES), _people(pupil_code=_CODES))
SENT["Mã HĐ and Mã CC, which name nobody"] = Sent(_list(["Mã HĐ", "Mã CC"], _BADGES, _BADGES), _people())
SENT["Số thẻ that comes again is nobody's own"] = Sent(_list(["Số thẻ"], ("A1", "A1", "A1", "A2")), _people())

_CLASSES = ("4A1", "4A1", "4A2", "4A2")
for _heading in ("Mã lớp (*)", "ma_lop", "Khối/Lớp", "Lớp 2025-2026"):
    SENT[f"classes under {_heading} alone"] = Sent(_list([_heading], _CLASSES), _people(unit=_CLASSES))
SENT["Mã lớp of pupils from many classes"] = Sent(_list(["Mã lớp"], ("4A1", "4A2", "5B", "602")), _people(unit=("4A1", "4A2", "5B", "602")))
SENT["Mã lớp right of a parent"] = Sent(
    _list(["Họ tên mẹ", "Mã lớp"], ("Lê Hoa",) * 4, _CLASSES), _people(unit=_CLASSES, guardians=((mother("Lê Hoa"),),) * 4)
)
SENT["Mã lớp beside Lớp is not looked at"] = Sent(_list(["Mã lớp", "Lớp"], ("L01", "L01", "L02", "L02"), _CLASSES), _people(unit=_CLASSES))
SENT["Mã lớp below a title that names the class"] = Sent(
    _list(["Mã lớp"], ("L01",) * 4, title="DANH SÁCH LỚP 4A1"), _people(unit=("4A1",) * 4)
)
SENT["Mã lớp of a program's own numbers"] = Sent(_list(["Mã lớp"], (20251104, 20251104, 20251105, 20251105)), _people())
SENT["a grade is no class"] = Sent(_list(["Khối lớp"], (6, 6, 7, 7)), _people())
SENT["this year's class beside last year's"] = Sent(
    _list(["Lớp 2024-2025", "Lớp 2025-2026"], ("3A1", "3A1", "3A2", "3A3"), _CLASSES), _people(unit=_CLASSES)
)
