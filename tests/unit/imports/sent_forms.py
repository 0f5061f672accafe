"""Answers to forms and parents named once: whose an address or a telephone is; nobody in them exists."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, mother

SENT: dict[str, Sent] = {}

_STAMP = "15/09/2025 8:03:07"
_AN = {"row": 2, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014}


def _form(*answers: tuple[str, str]) -> dict[str, list[list[str]]]:
    return {"S": [["Dấu thời gian", *(question for question, _ in answers)], [_STAMP, *(answer for _, answer in answers)]]}


_OWN = (("Họ và tên học sinh", "Trần Văn An"), ("Ngày sinh", "27/10/2014"))
for _heading in ("Địa chỉ email", "Email Address", "Tên người dùng"):
    SENT[f"{_heading} that a form adds is the sender's, a parent's of a pupil"] = Sent(
        _form((_heading, "me.an@nha.example"), *_OWN, ("Số điện thoại của phụ huynh", "0912345678")),
        [_AN | {"guardians": ((None, None, "0912345678", None),)}],
    )
SENT["an address that a form asks for is the pupil's"] = Sent(
    _form(("Địa chỉ email", "me.an@nha.example"), *_OWN, ("Email của học sinh", "an@truong.example")),
    [_AN | {"email": "an@truong.example"}],
)
SENT["staff send a form with their own address"] = Sent(
    _form(("Địa chỉ email", "an@co-quan.example"), ("Họ và tên", "Trần Văn An"), ("Ngày sinh", "27/10/2014"), ("Phòng ban", "Kho")),
    [_AN | {"email": "an@co-quan.example", "unit": "Kho"}],
)
SENT["students send a form with their own address"] = Sent(
    _form(("Email Address", "an@dh.example"), ("Họ và tên sinh viên", "Trần Văn An"), ("Ngày sinh", "27/10/2014"), ("MSSV", "SV01")),
    [_AN | {"email": "an@dh.example", "pupil_code": "SV01"}],
)
SENT["an address beside no time of sending is the pupil's"] = Sent(
    {"S": [["STT", "Địa chỉ email", "Họ và tên học sinh", "Ngày sinh"], ["1", "an@truong.example", "Trần Văn An", "27/10/2014"]]},
    [_AN | {"email": "an@truong.example"}],
)

SENT["a father's name and a telephone under one label"] = Sent(
    {
        "S": [
            ["TT", "HỌ VÀ TÊN", "NGÀY SINH", "PHỤ HUYNH", "", ""],
            ["", "", "", "Cha", "", "Số ĐT"],
            ["", "", "", "Họ tên", "Nghề nghiệp", ""],
            ["1", "Trần Văn An", "27/10/2014", "Trần Hải", "Làm ruộng", "0912345678"],
        ]
    },
    [_AN | {"row": 4, "guardians": (father("Trần Hải", "0912345678"),)}],
    merges={"S": ["D1:F1", "D2:E2", "F2:F3", "A1:A3", "B1:B3", "C1:C3"]},
)
_HEADER = ["STT", "Họ và tên học sinh", "Ngày sinh"]
SENT["the only parent named and SĐT phụ huynh"] = Sent(
    {"S": [[*_HEADER, "Họ tên mẹ", "SĐT phụ huynh"], ["1", "Trần Văn An", "27/10/2014", "Lê Hoa", "0912345678"]]},
    [_AN | {"guardians": (mother("Lê Hoa", "0912345678"),)}],
)
SENT["two parents named and SĐT phụ huynh"] = Sent(
    {
        "S": [
            [*_HEADER, "Họ tên cha", "Họ tên mẹ", "SĐT phụ huynh"],
            ["1", "Trần Văn An", "27/10/2014", "Trần Hải", "Lê Hoa", "0912345678"],
        ]
    },
    [_AN | {"guardians": (father("Trần Hải"), mother("Lê Hoa"), (None, None, "0912345678", None))}],
)
SENT["the mother named with her telephone, and SĐT phụ huynh"] = Sent(
    {
        "S": [
            [*_HEADER, "Họ tên mẹ", "SĐT mẹ", "SĐT phụ huynh"],
            ["1", "Trần Văn An", "27/10/2014", "Lê Hoa", "0912345678", "0912345679"],
        ]
    },
    [_AN | {"guardians": (mother("Lê Hoa", "0912345678"), (None, None, "0912345679", None))}],
)
SENT["the mother named and SĐT bố/mẹ, which may be the father's"] = Sent(
    {"S": [[*_HEADER, "Họ tên mẹ", "SĐT bố/mẹ"], ["1", "Trần Văn An", "27/10/2014", "Lê Hoa", "0912345678"]]},
    [_AN | {"guardians": (mother("Lê Hoa"), (None, None, "0912345678", None))}],
)
