"""Lists in which telephones and identity numbers stand right of a parent's name: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, mother

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
SENT["a telephone that is either parent's is nobody's, and said"] = Sent(
    {
        "S": [
            [*HEADINGS, "Họ tên cha", "Năm sinh cha", "Họ tên mẹ", "Năm sinh mẹ", "SĐT"],
            [*CELLS, "Trần Tư", 1980, "Lê Hoa", 1985, "0912345678"],
        ]
    },
    [AN | {"row": 2, "guardians": (father("Trần Tư"), mother("Lê Hoa"))}],
    problems=[(2, "phone", "whose-phone")],
)

SENT["a pupil's number in a column that names the mother is nobody's, and said"] = Sent(
    {"S": [[*HEADINGS, "Họ tên mẹ", "SĐT mẹ", "Số CCCD mẹ"], [*CELLS, "Lê Hoa", "0912345678", OWN]]},
    [AN | {"row": 2, "guardians": (HOA,)}],
    problems=[(2, "guardian_personal_id", "childs-number")],
)
