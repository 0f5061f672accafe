"""Lists of staff that tell of their children, and lists of the children themselves; nobody in them exists."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

_NAMES = ("Trần Văn An", "Lê Thị Bình")
_CHILDREN = ("Trần Minh Châu", "Vũ Đức Dũng")
_IDS = ("001090000011", "001191000022")
_OF_CHILDREN = {
    "Số thẻ BHYT con": ("HS4010123456789", "HS4017912345678"),
    "Mã số BHXH con": ("0123456789", "7912345678"),
    "Số CCCD con": ("001215000033", "001316000044"),
    "Số định danh con/cháu": ("001215000033", "001316000044"),
    "SĐT con": ("0912345678", "0912345679"),
    "SĐT của con": ("0912345678", "0912345679"),
    "Số điện thoại của con đang dùng": ("0912345678", "0912345679"),
    "Giới tính con": ("Nam", "Nữ"),
    "Ngày sinh con": ("01/02/2015", "03/04/2016"),
    "Lớp con": ("4A", "3B"),
    "Lớp con đang học": ("4A", "3B"),
    "Họ tên con": _CHILDREN,
    "Họ tên con (1)": _CHILDREN,
    "Số CCCD con (1)": ("001215000033", "001316000044"),
    "Họ tên cháu": _CHILDREN,
}


def _list(headings: list[str], *columns: tuple[Any, ...], name: str = "Họ tên nhân viên") -> dict[str, list[list[Any]]]:
    return {"S": [["STT", name, *headings], *([n, *cells] for n, cells in enumerate(zip(_NAMES, *columns, strict=True), 1))]}


def _people(names: tuple[str, ...] = _NAMES, **more: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {"row": n + 2, "full_name": name} | {field: some[n] for field, some in more.items()} for n, name in enumerate(names)
    ]  # fmt: skip


_BORN = {"birth_date": (D(1990, 10, 13), D(1991, 10, 14)), "birth_year": (1990, 1991)}
for _heading, _cells in _OF_CHILDREN.items():
    SENT[f"an employee's {_heading}"] = Sent(
        _list(["Ngày sinh", "CCCD", _heading], ("13/10/1990", "14/10/1991"), _IDS, _cells), _people(**_BORN, personal_id=_IDS)
    )
    SENT[f"an employee's {_heading} in a list with codes and nothing else"] = Sent(
        _list(["Mã NV", _heading], ("NV01", "NV02"), _cells, name="Họ và tên"), _people(staff_code=("NV01", "NV02"))
    )
SENT["employees' own births beside their children's"] = Sent(
    _list(
        ["Ngày sinh NV", "CCCD NV", "Họ tên con", "Ngày sinh con"],
        ("13/10/1990", "14/10/1991"), _IDS, _CHILDREN, ("01/02/2015", "03/04/2016"),
    ),
    _people(**_BORN, personal_id=_IDS),
)  # fmt: skip
_YEARS = (2015, 2016)
for _name in ("Họ tên cán bộ", "Họ và tên CBNV", "Họ tên người lao động", "Họ và tên CNV"):
    SENT[f"the child's birth, sex and class beside {_name}"] = Sent(
        _list(["Họ và tên con", "Năm sinh", "Giới tính", "Học lớp"], _CHILDREN, _YEARS, ("Nam", "Nữ"), ("4A", "3B"), name=_name), _people()
    )
SENT["the child's columns end where a department stands"] = Sent(
    _list(["Họ tên con", "Năm sinh", "Phòng ban", "Số điện thoại"], _CHILDREN, _YEARS, ("Kế toán", "Kho"), ("0912345678", "0912345679")),
    _people(unit=("Kế toán", "Kho"), phone=("0912345678", "0912345679")),
)
SENT["the child's columns end where births of workers stand"] = Sent(
    _list(["Họ tên con", "Ngày sinh", "CCCD"], _CHILDREN, ("13/10/1990", "14/10/1991"), _IDS), _people(**_BORN, personal_id=_IDS)
)
SENT["a telephone right of the child's birth is nobody's"] = Sent(
    _list(["Họ tên con", "Năm sinh", "SĐT"], _CHILDREN, _YEARS, ("0912345678", "0912345679")),
    _people(),
    problems=[(2, "phone", "whose-phone"), (3, "phone", "whose-phone")],
)
SENT["a telephone right of the child's birth is the child's where the employee has one"] = Sent(
    _list(["SĐT", "Họ tên con", "SĐT"], ("0912345678", "0912345679"), _CHILDREN, ("0912345670", "0912345671")),
    _people(phone=("0912345678", "0912345679")),
)
SENT["births of which nothing tells whose they are"] = Sent(
    _list(["Họ tên con", "Năm sinh"], _CHILDREN, (1990, 2015)), _people(), problems=[(1, "birth_date", "whose-column")]
)
SENT["parents' answers about the child that is listed"] = Sent(
    {
        "S": [
            ["STT", "Họ tên con", "Ngày sinh con", "Lớp con"],
            [1, *(_CHILDREN[0], "01/02/2015", "4A")],
            [2, _CHILDREN[1], "03/04/2016", "3B"],
        ]
    },
    _people(_CHILDREN, birth_date=(D(2015, 2, 1), D(2016, 4, 3)), birth_year=_YEARS, unit=("4A", "3B")),
)
SENT["the class of the child under a plain name"] = Sent(
    _list(["Ngày sinh của con", "Lớp của con"], ("01/02/2015", "03/04/2016"), ("4A", "3B"), name="Họ và tên"),
    _people(birth_date=(D(2015, 2, 1), D(2016, 4, 3)), birth_year=_YEARS, unit=("4A", "3B")),
)
SENT["grown-ups by their births, beside their children"] = Sent(
    _list(
        ["Ngày sinh", "Họ tên con", "Ngày sinh con"],
        ("13/10/1990", "14/10/1991"),
        _CHILDREN,
        ("01/02/2015", "03/04/2016"),
        name="Họ và tên",
    ),
    _people(**_BORN),
)
