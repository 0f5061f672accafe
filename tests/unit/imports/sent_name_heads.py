"""Lists whose people stand under a word that nobody listed ("Họ tên khách hàng"); nobody in them exists."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

NAMES = ("Trần Văn An", "Lê Thị Bình", "Vũ Minh Châu")
_IDS = ("001090000011", "001191000022", "001192000033")
_PHONES = ("0912345678", "0912345679", "0912345670")
DATES = ("13/10/1990", "14/10/1991", "15/10/1992")


def named(heading: str, headings: list[str], *columns: tuple[Any, ...]) -> list[list[Any]]:
    return [["STT", heading, *headings], *([n, *cells] for n, cells in enumerate(zip(NAMES, *columns, strict=True), 1))]


def _people(**more: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {"row": n + 2, "full_name": name, "birth_date": D(1990 + n, 10, 13 + n), "birth_year": 1990 + n}
        | {field: some[n] for field, some in more.items()}
        for n, name in enumerate(NAMES)
    ]  # fmt: skip


for _heading in (
    "Họ và tên CNV", "Họ tên CN", "Họ tên khách hàng", "Họ và tên thầy (cô)", "Họ và tên thầy/cô", "Họ và tên CBCNV", "Họ và tên nhân sự",
    "Họ và tên công dân", "Họ tên đảng viên", "Họ và tên bệnh nhân", "Họ và tên quân nhân", "Họ tên lái xe", "Họ tên chủ thẻ",
    "Họ và tên quý thầy cô", "Họ và tên của bạn", "Họ và tên anh/chị", "Họ và tên của anh/chị", "Tên khách hàng", "Tên CNV",
):  # fmt: skip
    SENT[f"people under {_heading}"] = Sent(
        {"S": named(_heading, ["Ngày sinh", "Số CCCD", "Số điện thoại"], DATES, _IDS, _PHONES)}, _people(personal_id=_IDS, phone=_PHONES)
    )
for _who in ("thầy (cô)", "bạn", "anh/chị"):
    for _heading in (f"Họ và tên {_who}", f"Họ và tên của {_who}", "Họ và tên"):
        SENT[f"answers that {_who} gave below {_heading}"] = Sent(
            {
                "S": named(
                    _heading,
                    [f"Ngày tháng năm sinh của {_who}", "Số CCCD", f"Số điện thoại của {_who} dùng để đăng ký VssID"],
                    DATES, _IDS, _PHONES,
                )
            },
            _people(personal_id=_IDS, phone=_PHONES),
        )  # fmt: skip
SENT["the group to which teachers say they belong"] = Sent(
    {"S": named("Họ và tên thầy (cô)", ["Ngày sinh", "Thầy (cô) thuộc tổ nào?"], DATES, ("Tổ Toán", "Tổ Văn", "Tổ Toán"))},
    _people(unit=("Tổ Toán", "Tổ Văn", "Tổ Toán")),
)
SENT["a name beside one of another's that nobody listed"] = Sent(
    {"S": named("Họ và tên", ["Ngày sinh", "Họ tên khách hàng"], DATES, ("Hồ Văn Tư", "Hồ Văn Năm", "Hồ Văn Sáu"))}, _people()
)
SENT["the name's parts, the given one under a word that nobody listed"] = Sent(
    {
        "S": [
            ["STT", "Họ đệm", "Tên CNV", "Ngày sinh"],
            *([n + 1, name.rpartition(" ")[0], name.rpartition(" ")[2], DATES[n]] for n, name in enumerate(NAMES)),
        ]
    },
    _people(),
)
_TIMES = ("9/10/25 8:00:00", "9/10/25 8:01:00", "9/10/25 8:02:00")
for _name, _accounts in (("blank", ("", "", "")), ("of the account", ("An Tran", "AnTran88", "Lê Thị Hoa"))):
    for _heading in ("Họ và tên sinh viên", "Họ và tên giáo viên", "Họ và tên thầy/cô", "Họ và tên"):
        SENT[f"a form of Microsoft's, its own name {_name}, and {_heading}"] = Sent(
            {
                "S": [
                    ["ID", "Start time", "Completion time", "Email", "Name", _heading, "Ngày sinh", "Số căn cước"],
                    *([n + 1, _TIMES[n], _TIMES[n], "anonymous", _accounts[n], NAMES[n], DATES[n], _IDS[n]] for n in range(3)),
                ]
            },
            _people(personal_id=_IDS),
        )
SENT["a form of Microsoft's that has no other name"] = Sent(
    {
        "S": [
            ["ID", "Start time", "Completion time", "Email", "Name", "Ngày sinh"],
            *([n + 1, _TIMES[n], _TIMES[n], f"p{n}@a.example.vn", NAMES[n], DATES[n]] for n in range(3)),
        ]
    },
    _people(email=("p0@a.example.vn", "p1@a.example.vn", "p2@a.example.vn")),
)
_TITLE = [["DANH SÁCH CNV", "", "", "", ""]]
SENT["a title merged right above a word that nobody listed"] = Sent(
    {"S": [*_TITLE, *named("Họ và tên CNV", ["Ngày sinh", "Số CCCD", "Số điện thoại"], DATES, _IDS, _PHONES)]},
    [person | {"row": person["row"] + 1} for person in _people(personal_id=_IDS, phone=_PHONES)],
    merges={"S": ["A1:E1"]},
)
for _kept in (["Start time"], []):
    SENT[f"a form of Microsoft's with {_kept} of its times"] = Sent(
        {
            "S": [
                ["ID", *_kept, "Email", "Name", "Họ và tên thầy/cô", "Ngày sinh"],
                *([n + 1, *_TIMES[n : n + len(_kept)], f"p{n}@a.example.vn", "An Tran", NAMES[n], DATES[n]] for n in range(3)),
            ]
        },
        _people(email=("p0@a.example.vn", "p1@a.example.vn", "p2@a.example.vn")),
    )
SENT["the pupil's name behind an address, though the teacher has one, too"] = Sent(
    {
        "S": [
            ["ID", "Email", "Name", "Date of birth", "Họ và tên giáo viên phụ trách"],
            *([n + 1, f"p{n}@a.example.vn", NAMES[n], DATES[n], "Hồ Văn Tư"] for n in range(3)),
        ]
    },
    _people(email=("p0@a.example.vn", "p1@a.example.vn", "p2@a.example.vn")),
)
