"""Lists in which telephones and identity numbers stand right of a parent's name: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, guardian, mother

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male"}
HEADINGS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính"]
CELLS = [1, "Trần Văn An", "27/10/2014", "Nam"]
OWN, HERS = "001214000091", "001185000092"
HOA = mother("Lê Hoa", "0912345678")
HOA_NUMBERED = mother("Lê Hoa", "0912345678", HERS)

_BESIDE = {
    "a bare number right of headings that name the mother is the pupil's": (
        ["Họ tên mẹ", "Năm sinh mẹ", "Nghề nghiệp mẹ", "SĐT mẹ", "Số CMTND/CCCD", "Ngày cấp CMTND", "Mã định danh công dân"],
        ["Lê Hoa", 1985, "Công nhân", "0912345678", "", "", OWN],
        {"personal_id": OWN, "guardians": (HOA,)},
    ),
    "so it is where the births say nothing": (
        ["Họ tên mẹ", "SĐT mẹ", "Số CCCD"], ["Lê Hoa", "0912345678", ""], {"guardians": (HOA,)},
    ),
    "and a bare telephone beside the mother's": (
        ["Họ tên mẹ", "SĐT mẹ", "Số điện thoại"],
        ["Lê Hoa", "0912345678", "0912345670"],
        {"phone": "0912345670", "guardians": (HOA,)},
    ),
    "her number that names her stays hers": (
        ["Họ tên mẹ", "SĐT mẹ", "Số CCCD mẹ", "Số CCCD"],
        ["Lê Hoa", "0912345678", HERS, OWN],
        {"personal_id": OWN, "guardians": (HOA_NUMBERED,)},
    ),
    "the pupil's birth in a bare number refutes the mother though no heading names her": (
        ["Họ tên mẹ", "SĐT", "Số CCCD"], ["Lê Hoa", "0912345678", OWN], {"personal_id": OWN, "guardians": (HOA,)},
    ),
    "her birth in it refutes the pupil": (
        ["Họ tên mẹ", "SĐT mẹ", "Số CCCD"], ["Lê Hoa", "0912345678", HERS], {"guardians": (HOA_NUMBERED,)},
    ),
    "where no heading names her, bare ones are hers": (
        ["Họ tên mẹ", "SĐT", "Số CCCD"], ["Lê Hoa", "0912345678", HERS], {"guardians": (HOA_NUMBERED,)},
    ),
    "and where the pupil has one of their own": (
        ["SĐT", "Họ tên mẹ", "Năm sinh mẹ", "Di động"],
        ["0912345670", "Lê Hoa", 1985, "0912345678"],
        {"phone": "0912345670", "guardians": (HOA,)},
    ),
    "a guardian's telephone is what a list is for that names the guardian's number": (
        ["Người giám hộ", "Quan hệ", "Số CCCD người giám hộ", "SĐT 1"],
        ["Lê Hoa", "Mẹ", HERS, "0912345678"],
        {"guardians": (HOA_NUMBERED,)},
    ),
    "how she is related names her in no other column": (
        ["Người giám hộ", "Quan hệ với người giám hộ", "SĐT"], ["Lê Hoa", "Mẹ", "0912345678"], {"guardians": (HOA,)},
    ),
}  # fmt: skip
for _said, (_headings, _cells, _read) in _BESIDE.items():
    SENT[f"beside a mother's name: {_said}"] = Sent({"S": [[*HEADINGS, *_headings], [*CELLS, *_cells]]}, [AN | {"row": 2} | _read])

SENT["a number below a label is the label's though it is bare"] = Sent(
    {
        "S": [
            [*HEADINGS, "Mẹ", "", ""], ["", "", "", "", "Họ tên", "SĐT", "Số CCCD"],
            [*CELLS, "Lê Hoa", "0912345678", HERS],
        ]
    },
    [AN | {"row": 3, "guardians": (HOA_NUMBERED,)}],
    {"S": ["E1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]},
)  # fmt: skip

SENT["a telephone beside the only parent is the parent's"] = Sent(
    {"S": [[*HEADINGS, "Họ tên mẹ", "Năm sinh mẹ", "SĐT"], [*CELLS, "Lê Hoa", 1985, "0912345678"]]},
    [AN | {"row": 2, "guardians": (HOA,)}],
)
_TWO = (father("Trần Tư"), mother("Lê Hoa"))
_BOTH = (father("Trần Tư", "0912345679"), HOA)
_OF_TWO = {  # right of both parents: headings, cells, what is read, and whether somebody's telephone is said to be nobody's
    "by their names alone": (["Họ tên cha", "Họ tên mẹ", "SĐT"], ["Trần Tư", "Lê Hoa", "0912345678"], {"guardians": _TWO}, True),
    "with years of their own": (
        ["Họ tên cha", "Năm sinh cha", "Họ tên mẹ", "Năm sinh mẹ", "SĐT"],
        ["Trần Tư", 1980, "Lê Hoa", 1985, "0912345678"],
        {"guardians": _TWO}, True,
    ),
    "with work that says not whose it is": (
        ["Họ tên cha", "Nghề nghiệp", "Họ tên mẹ", "Nghề nghiệp", "SĐT", "SĐT 2"],
        ["Trần Tư", "Thợ", "Lê Hoa", "Thợ", "", "0912345678"],
        {"guardians": _TWO}, True,
    ),
    "though the pupil has one left of them": (
        ["SĐT", "Họ tên cha", "Họ tên mẹ", "Số điện thoại"],
        ["0912345670", "Trần Tư", "Lê Hoa", "0912345678"],
        {"phone": "0912345670", "guardians": _TWO}, True,
    ),
    "where one is a guardian": (
        ["Họ tên cha", "Người giám hộ", "SĐT"],
        ["Trần Tư", "Lê Hoa", "0912345678"],
        {"guardians": (father("Trần Tư"), guardian("Lê Hoa"))}, True,
    ),
    "unless it says to be the pupil's": (
        ["Họ tên cha", "Họ tên mẹ", "SĐT HS"], ["Trần Tư", "Lê Hoa", "0912345670"], {"phone": "0912345670", "guardians": _TWO}, False,
    ),
    "and none stands there": (
        ["SĐT", "Họ tên cha", "Họ tên mẹ"], ["0912345670", "Trần Tư", "Lê Hoa"], {"phone": "0912345670", "guardians": _TWO}, False,
    ),
    "but the mother's says that it is": (
        ["Họ tên cha", "Họ tên mẹ", "SĐT mẹ", "SĐT"],
        ["Trần Tư", "Lê Hoa", "0912345678", "0912345670"],
        {"phone": "0912345670", "guardians": (father("Trần Tư"), HOA)}, False,
    ),
    "but each has one": (
        ["Họ tên cha", "SĐT", "Họ tên mẹ", "SĐT"], ["Trần Tư", "0912345679", "Lê Hoa", "0912345678"], {"guardians": _BOTH}, False,
    ),
    "but each has one behind a year": (
        ["Họ tên cha", "Năm sinh cha", "SĐT", "Họ tên mẹ", "Năm sinh mẹ", "SĐT"],
        ["Trần Tư", 1980, "0912345679", "Lê Hoa", 1985, "0912345678"],
        {"guardians": _BOTH}, False,
    ),
    "but it stands between them": (
        ["Họ tên mẹ", "SĐT", "Họ tên cha"], ["Lê Hoa", "0912345678", "Trần Tư"], {"guardians": (father("Trần Tư"), HOA)}, False,
    ),
}  # fmt: skip
for _said, (_headings, _cells, _read, _is_nobodys) in _OF_TWO.items():
    SENT[f"a telephone right of two parents is nobody's, and said: {_said}"] = Sent(
        {"S": [[*HEADINGS, *_headings], [*CELLS, *_cells]]},
        [AN | {"row": 2} | _read],
        problems=[(2, "phone", "which-parents-phone")] if _is_nobodys else [],
    )

for _said, _sheet, _heading, _cell, _read in (
    ("staff has telephones", "S", "Mã NV", "NV01", {"staff_code": "NV01", "phone": "0912345670"}),
    ("somebody who leads a class is no staff", "6A1", "Chức vụ", "Lớp trưởng", {"position": "Lớp trưởng", "unit": "6A1"}),
):
    SENT[f"a telephone right of two parents: {_said}"] = Sent(
        {_sheet: [[*HEADINGS, _heading, "Họ tên cha", "Họ tên mẹ", "SĐT"], [*CELLS, _cell, "Trần Tư", "Lê Hoa", "0912345670"]]},
        [AN | {"row": 2, "guardians": _TWO} | _read],
        problems=[] if "phone" in _read else [(2, "phone", "which-parents-phone")],
    )

SENT["a pupil's number in a column that names the mother is nobody's, and said"] = Sent(
    {"S": [[*HEADINGS, "Họ tên mẹ", "SĐT mẹ", "Số CCCD mẹ"], [*CELLS, "Lê Hoa", "0912345678", OWN]]},
    [AN | {"row": 2, "guardians": (HOA,)}],
    problems=[(2, "guardian_personal_id", "childs-number")],
)
