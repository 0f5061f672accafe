"""Lists with a contact person: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, guardian, mother

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014}
GROWN = {"full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990}
PUPILS = ["STT", "Họ và tên", "Ngày sinh", "Lớp"]
PUPIL = [1, "Trần Văn An", "27/10/2014", "3A"]
STAFF = ["STT", "Mã NV", "Họ và tên", "Ngày sinh", "Phòng ban"]
WORKER = [1, "NV01", "Lê Thị Bình", "04/06/1990", "Kế toán"]
HOA = (None, "Lê Hoa", "0912345678", None)
MOTHER = mother("Lê Hoa", "0912345678")

_OF_PUPILS = {
    "left of a telephone": (["Người liên hệ", "SĐT"], ["Lê Hoa", "0912345678"], (HOA,)),
    "right of a telephone to call": (["SĐT liên hệ", "Người liên hệ"], ["0912345678", "Lê Hoa"], (HOA,)),
    "in one cell with the telephone": (["Liên hệ khi cần"], ["Lê Hoa - 0912345678"], (HOA,)),
    "by the telephone alone": (["SĐT người liên hệ"], ["0912345678"], ((None, None, "0912345678", None),)),
    "with the relation": (["Người báo tin", "Quan hệ", "ĐT"], ["Lê Hoa", "Mẹ", "0912345678"], (MOTHER,)),
    "who is to be told": (["Họ tên người nhận tin", "Số điện thoại"], ["Lê Hoa", "0912345678"], (HOA,)),
    "who is the mother": (["Họ tên mẹ", "Người liên hệ", "SĐT"], ["Lê Hoa", "Lê Hoa", "0912345678"], (MOTHER,)),
    "who is not the father": (["Họ tên bố", "Người liên hệ", "SĐT"], ["Trần Tư", "Lê Hoa", "0912345678"], (father("Trần Tư"), HOA)),
}
for _said, (_headings, _cells, _guardians) in _OF_PUPILS.items():
    SENT[f"a pupil's contact person {_said}"] = Sent(
        {"S": [[*PUPILS, *_headings], [*PUPIL, *_cells]]}, [AN | {"row": 2, "unit": "3A", "guardians": _guardians}]
    )

SENT["a pupil's own telephone right of the contact person's"] = Sent(
    {"S": [[*PUPILS, "Người liên hệ", "SĐT", "SĐT học sinh"], [*PUPIL, "Lê Hoa", "0912345678", "0912345670"]]},
    [AN | {"row": 2, "unit": "3A", "phone": "0912345670", "guardians": (HOA,)}],
)

SENT["the title alone tells that a contact person is a pupil's"] = Sent(
    {"S": [["DANH SÁCH TRẺ"], [*PUPILS[:3], "Người liên hệ", "SĐT"], [*PUPIL[:3], "Lê Hoa", "0912345678"]]},
    [AN | {"row": 3, "guardians": (HOA,)}],
)

SENT["a label over the contact person's columns"] = Sent(
    {"S": [[*PUPILS, "Người liên hệ", ""], ["", "", "", "", "Họ tên", "SĐT"], [*PUPIL, "Lê Hoa", "0912345678"]]},
    [AN | {"row": 3, "unit": "3A", "guardians": (HOA,)}],
    {"S": ["E1:F1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]},
)

_OF_STAFF = {
    "a telephone right of them": (["Người liên hệ", "SĐT"], ["Trần Tư", "0912345678"], None),
    "and a telephone of their own": (["SĐT", "Người khi cần", "SĐT khẩn cấp"], ["0912345670", "Trần Tư", "0912345678"], "0912345670"),
    "the telephone alone": (["Di động", "SĐT khi cần"], ["0912345670", "0912345678"], "0912345670"),
    "and a number of the worker's right of them": (["Người liên hệ", "ĐT", "Email"], ["Trần Tư", "0912345678", ""], None),
}
for _said, (_headings, _cells, _phone) in _OF_STAFF.items():
    SENT[f"a worker's contact person is not kept: {_said}"] = Sent(
        {"S": [[*STAFF, *_headings], [*WORKER, *_cells]]},
        [GROWN | {"row": 2, "staff_code": "NV01", "unit": "Kế toán", "phone": _phone}],
    )

SENT["a worker's numbers right of a contact person are the worker's"] = Sent(
    {"S": [[*STAFF, "Người liên hệ", "SĐT", "Mã số BHXH", "CCCD"], [*WORKER, "Trần Tư", "0912345678", "7912345678", "001190000091"]]},
    [GROWN | {"row": 2, "staff_code": "NV01", "unit": "Kế toán", "bhxh_code": "7912345678", "personal_id": "001190000091"}],
)

for _said, _headings, _cells in (
    ("a pupil's", [*PUPILS, "SĐT", "Người liên hệ"], [*PUPIL, "0912345678", "Lê Hoa"]),
    ("a worker's", [*STAFF, "SĐT", "Người liên hệ"], [*WORKER, "0912345678", "Trần Tư"]),
    ("somebody's in a list that may be of either", [*PUPILS[:3], "Người liên hệ", "SĐT"], [*PUPIL[:3], "Lê Hoa", "0912345678"]),
):
    _person = GROWN | {"staff_code": "NV01", "unit": "Kế toán"} if "NV01" in _cells else AN | {"unit": "3A" if "3A" in _cells else None}
    SENT[f"{_said} telephone that may be the contact person's is nobody's"] = Sent(
        {"S": [_headings, _cells]},
        [_person | {"row": 2, "guardians": ((None, "Lê Hoa", None, None),) if "3A" in _cells else ()}],
        problems=[(2, "phone", "whose-phone")],
    )

SENT["two rows to a child, of whose parents one column says who and another the name"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên trẻ", "Ngày sinh", "Cha/mẹ", "Họ tên cha mẹ", "Điện thoại"],
            [1, "Trần Văn An", "27/10/2021", "Cha", "Trần Hải", "0912345678"],
            ["", "", "", "Mẹ", "Lê Hoa", "0912345679"],
            [2, "Lê Thị Bình", "04/06/2021", "Bố", "Lê Tư", "0912345670"],
            ["", "", "", "Bà ngoại", "Hồ Thị Sáu", "0912345671"],
        ]
    },
    [
        {"row": 2, "full_name": "Trần Văn An", "birth_date": D(2021, 10, 27), "birth_year": 2021,
         "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679"))},
        {"row": 4, "full_name": "Lê Thị Bình", "birth_date": D(2021, 6, 4), "birth_year": 2021,
         "guardians": (father("Lê Tư", "0912345670"), guardian("Hồ Thị Sáu", "0912345671"))},
    ],
    merges={"S": [f"{column}{row}:{column}{row + 1}" for column in "ABC" for row in (2, 4)]},
)  # fmt: skip

SENT["a column of names under a heading that other columns have for who it is"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên trẻ", "Ngày sinh", "Cha/mẹ", "SĐT cha mẹ"],
            [1, "Trần Văn An", "27/10/2021", "Trần Hải", "0912345678"],
            [2, "Lê Thị Bình", "04/06/2021", "Lê Tư", "0912345670"],
        ]
    },
    [
        {"row": 2, "full_name": "Trần Văn An", "birth_date": D(2021, 10, 27), "birth_year": 2021,
         "guardians": ((None, "Trần Hải", "0912345678", None),)},
        {"row": 3, "full_name": "Lê Thị Bình", "birth_date": D(2021, 6, 4), "birth_year": 2021,
         "guardians": ((None, "Lê Tư", "0912345670", None),)},
    ],
)  # fmt: skip
