"""Both parents' names in one cell without a word which is which: each by hand, with people who do not exist."""

from __future__ import annotations

from tests.unit.imports.sent import Sent, father, guardian, mother

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Minh An"}
BINH = {"full_name": "Lê Gia Bình"}
HAI, HOA = (None, "Trần Văn Hải", None, None), (None, "Lê Thị Hoa", None, None)

for _heading in ("Con ông (bà)", "Họ tên cha mẹ", "Phụ huynh"):
    for _cell in (
        "Trần Văn Hải và Lê Thị Hoa",
        "TRẦN VĂN HẢI VÀ LÊ THỊ HOA",
        "Trần Văn Hải - Lê Thị Hoa",
        "Trần Văn Hải, Lê Thị Hoa",
        "Trần Văn Hải/Lê Thị Hoa",
        "Trần Văn Hải\nLê Thị Hoa",
        "Ông Trần Văn Hải và bà Lê Thị Hoa",
    ):
        SENT[f"two parents' names in one cell are two guardians: {_heading}, {_cell}"] = Sent(
            {"S": [["STT", "Họ và tên", _heading], [1, "Trần Minh An", _cell], [2, "Lê Gia Bình", "Lê Thị Hoa"]]},
            [AN | {"row": 2, "guardians": (HAI, HOA)}, BINH | {"row": 3, "guardians": (HOA,)}],
        )

SENT["two guardians in one cell, and parents who are told apart"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Người giám hộ"],
            [1, "Trần Minh An", "Trần Văn Hải và Lê Hoa"],
            [2, "Lê Gia Bình", "Lê Hoa (mẹ) - Vũ Văn Ba (bố)"],
        ]
    },
    [
        AN | {"row": 2, "guardians": (guardian("Trần Văn Hải"), guardian("Lê Hoa"))},
        BINH | {"row": 3, "guardians": (mother("Lê Hoa"), father("Vũ Văn Ba"))},
    ],
)

SENT["a telephone beside two parents in one cell is the first one's, and that is said"] = Sent(
    {"S": [["STT", "Họ và tên", "Con ông (bà)", "SĐT phụ huynh"], [1, "Trần Minh An", "Trần Văn Hải và Lê Thị Hoa", "0912345678"]]},
    [AN | {"row": 2, "guardians": ((None, "Trần Văn Hải", "0912345678", None), HOA)}],
    problems=[(2, "guardian_name", "phone-of-two")],
)

SENT["a telephone behind the second name is the second's"] = Sent(
    {"S": [["STT", "Họ và tên", "Con ông (bà)"], [1, "Trần Minh An", "Trần Văn Hải - Lê Thị Hoa 0912345678"]]},
    [AN | {"row": 2, "guardians": (HAI, (None, "Lê Thị Hoa", "0912345678", None))}],
)

SENT["two names in a column of fathers are no two fathers"] = Sent(
    {"S": [["STT", "Họ và tên", "Họ tên cha"], [1, "Trần Minh An", "Trần Văn Hải và Lê Thị Hoa"]]},
    [AN | {"row": 2, "guardians": (father("Trần Văn Hải"),)}],
    problems=[(2, "guardian_name", "two-people")],
)

SENT["a place behind a dash is no second parent"] = Sent(
    {"S": [["STT", "Họ và tên", "Phụ huynh"], [1, "Trần Minh An", "Trần Văn Hải - Hà Nội"]]},
    [AN | {"row": 2, "guardians": ((None, "Trần Văn Hải - Hà Nội", None, None),)}],
)

SENT["a trade behind a dash is no second parent, though it begins like a family name"] = Sent(
    {"S": [["STT", "Họ và tên", "Phụ huynh"], [1, "Trần Minh An", "TRẦN VĂN HẢI - NÔNG DÂN"]]},
    [AN | {"row": 2}],
    problems=[(2, "guardian_name", "remark-for-name")],
)
