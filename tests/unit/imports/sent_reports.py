"""Employers' reports of changes, in sections of who comes, who leaves and whose wages change: by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Rows, Sent

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(1984, 10, 27), "birth_year": 1984, "bhxh_code": "7912345678"}
BINH = {"full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990, "bhxh_code": "7912345679"}
CHAU = {"full_name": "Vũ Minh Châu", "birth_date": D(1979, 1, 13), "birth_year": 1979, "bhxh_code": "7912345670"}
HEADER = ["STT", "Họ và tên", "Mã số BHXH", "Ngày sinh"]
AN_ROW, BINH_ROW, CHAU_ROW = (
    [1, "Trần Văn An", "7912345678", "27/10/1984"],
    [1, "Lê Thị Bình", "7912345679", "04/06/1990"],
    [2, "Vũ Minh Châu", "7912345670", "13/01/1979"],
)

SECTIONS: dict[str, tuple[Rows, Rows, Rows]] = {
    "with parts below": (
        [["I", "Tăng"], ["I.1", "Lao động"]], [["", "Cộng tăng"], ["II", "Giảm"], ["II.1", "Lao động"]], [["II.2", "Tiền lương"]],
    ),
    "each in one label": ([["A", "Tăng lao động"]], [["B", "Giảm lao động"]], [["C", "Giảm mức đóng"]]),
    "numbered like people": (
        [["", "I. TĂNG"], [1, "Tăng lao động"]], [["", "II. GIẢM"], [1, "Giảm lao động"]], [[2, "Giảm tiền lương đóng BHXH"]],
    ),
    "without numerals": ([["Phần tăng"]], [["Phần giảm"]], [["Điều chỉnh"]]),
}  # fmt: skip
for _said, (_coming, _leaving, _wages) in SECTIONS.items():
    _rows = [HEADER, *_coming, AN_ROW, *_leaving, BINH_ROW, *_wages, CHAU_ROW]
    SENT[f"who leaves is not read, and whose wages fall stays: sections {_said}"] = Sent(
        {"S": _rows},
        [AN | {"row": _rows.index(AN_ROW) + 1}, CHAU | {"row": len(_rows)}],
        problems=[(_rows.index(BINH_ROW) + 1, "row", "leaver")],
    )

SENT["a report of nobody but those who leave"] = Sent(
    {"S": [["DANH SÁCH LAO ĐỘNG THAM GIA BHXH"], HEADER, ["", "Giảm"], AN_ROW]}, [], problems=[(4, "row", "leaver")]
)

SENT["sheets of who comes and who leaves"] = Sent(
    {"Tăng": [HEADER, AN_ROW], "Giảm": [HEADER, BINH_ROW]}, [AN | {"row": 2}], problems=[(2, "row", "leaver")]
)

for _label in ("Lớp Giảm", "Giảm"):
    SENT[f"a class of the name {_label} leaves nowhere"] = Sent(
        {"S": [["STT", "Họ và tên", "Ngày sinh"], [_label, "", ""], [1, "Trần Văn An", "27/10/1984"]]},
        [AN | {"row": 3, "unit": "Giảm", "bhxh_code": None}],
    )

SENT["departments below a section are units"] = Sent(
    {"S": [HEADER, ["I", "Tăng"], ["", "Phòng Kế toán"], AN_ROW, ["II", "Giảm"], ["", "Phòng Kỹ thuật"], BINH_ROW]},
    [AN | {"row": 4, "unit": "Phòng Kế toán"}],
    problems=[(7, "row", "leaver")],
)
