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

for _label in ("II. Đã nghỉ việc", "Nhân viên nghỉ hưu", "HỌC SINH CHUYỂN ĐI", "Thôi học từ tháng 9 (1 người)"):
    SENT[f"who has gone is not read: {_label}"] = Sent(
        {"S": [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/1984"], [_label], [1, "Lê Thị Bình", "04/06/1990"]]},
        [AN | {"row": 2, "bhxh_code": None}],
        problems=[(4, "row", "leaver")],
    )

for _label in ("Đã nghỉ việc", "Nhân viên thôi việc", "Học sinh chuyển đi", "Chuyển trường"):
    SENT[f"a section that is numbered as people are is nobody: {_label}"] = Sent(
        {"S": [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/1984"], [2, _label, ""], [1, "Lê Thị Bình", "04/06/1990"]]},
        [AN | {"row": 2, "bhxh_code": None}],
        problems=[(4, "row", "leaver")],
    )

for _label in ("Phòng Chuyển đổi số", "Tổ Chuyển phát"):
    SENT[f"who works in {_label} stays"] = Sent(
        {"S": [["STT", "Họ và tên", "Ngày sinh"], [_label], [1, "Trần Văn An", "27/10/1984"]]},
        [AN | {"row": 3, "unit": _label, "bhxh_code": None}],
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

_PLAIN = ["STT", "Họ và tên", "Ngày sinh"]
_AN, _BINH, _CHAU = AN | {"bhxh_code": None}, BINH | {"bhxh_code": None}, CHAU | {"bhxh_code": None}
_AN_ROW, _BINH_ROW, _CHAU_ROW = ([*row[:2], row[3]] for row in (AN_ROW, BINH_ROW, CHAU_ROW))

for _coming in (
    ["I", "Tăng"],
    ["I. Tăng"],
    ["", "Tăng mới"],
    ["Báo tăng lao động"],
    ["A", "Điều chỉnh"],
    ["Gia hạn thẻ"],
    ["Điều chỉnh giảm mức đóng"],
):
    SENT[f"the only section is no unit, whatever the title says: {' | '.join(_coming)}"] = Sent(
        {"S": [["DANH SÁCH"], _PLAIN, _coming, _AN_ROW, _CHAU_ROW]}, [_AN | {"row": 4}, _CHAU | {"row": 5}]
    )

for _leaving in (["I", "Giảm"], ["II", "GIẢM"], ["Giảm thẻ"], ["", "Giảm lao động"], ["Báo giảm lao động"], ["Giảm do nghỉ việc"]):
    SENT[f"who stands in the only section, one of leavers, is not read: {' | '.join(_leaving)}"] = Sent(
        {"S": [["DANH SÁCH"], _PLAIN, _leaving, _AN_ROW]}, [], problems=[(4, "row", "leaver")]
    )

for _said, _rows in (
    ("its title", [["DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT"], _PLAIN, ["Tăng"], _AN_ROW]),
    ("its total", [["DANH SÁCH"], _PLAIN, ["Tăng"], _AN_ROW, ["", "Cộng tăng: 1"]]),
):
    SENT[f"a bare label is a section where the list says that it is a report: by {_said}"] = Sent({"S": _rows}, [_AN | {"row": 4}])
SENT["a bare label is a section where the list says that it is a report: by its sheet's name"] = Sent(
    {"D03-TS": [["DANH SÁCH"], _PLAIN, ["Tăng"], _AN_ROW]}, [_AN | {"row": 4}]
)
SENT["a bare label is a section where the list says that it is a report: by its columns"] = Sent(
    {"S": [["DANH SÁCH"], HEADER, ["Giảm"], AN_ROW]}, [], problems=[(4, "row", "leaver")]
)

for _title in ("DANH SÁCH LAO ĐỘNG GIẢM THÁNG 9/2026", "Danh sách báo giảm BHYT tháng 9"):
    SENT[f"a title begins a section, too: {_title}"] = Sent({"S": [[_title], _PLAIN, _AN_ROW]}, [], problems=[(3, "row", "leaver")])

SENT["sections in the titles of two tables"] = Sent(
    {"S": [["DANH SÁCH TĂNG"], _PLAIN, _AN_ROW, [], ["DANH SÁCH GIẢM"], _PLAIN, _BINH_ROW]},
    [_AN | {"row": 3}],
    problems=[(7, "row", "leaver")],
)

SENT["a title of both comings and leavings leaves everybody in"] = Sent(
    {"S": [["DANH SÁCH TĂNG, GIẢM LAO ĐỘNG THÁNG 9"], _PLAIN, _AN_ROW]}, [_AN | {"row": 3}]
)

SENT["a department below one section names nobody's unit in the next"] = Sent(
    {"S": [_PLAIN, ["I", "Tăng"], ["", "Phòng Kế toán"], _AN_ROW, ["II", "Điều chỉnh"], _CHAU_ROW]},
    [_AN | {"row": 4, "unit": "Phòng Kế toán"}, _CHAU | {"row": 6}],
)

SENT["a department keeps its people where the sections stand below it"] = Sent(
    {"S": [_PLAIN, ["Phòng Kế toán"], ["Tăng mới"], _AN_ROW, ["Giảm hẳn"], _BINH_ROW, ["Điều chỉnh lương"], _CHAU_ROW]},
    [_AN | {"row": 4, "unit": "Phòng Kế toán"}, _CHAU | {"row": 8, "unit": "Phòng Kế toán"}],
    problems=[(6, "row", "leaver")],
)

SENT["people called like a section are people"] = Sent(
    {"S": [["DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT"], _PLAIN, [1, "Tăng Gia Hạn", "27/10/1984"]]},
    [_AN | {"row": 3, "full_name": "Tăng Gia Hạn"}],
)

_LEGEND = "Ghi chú: TM: Tăng mới; GH: Giảm hẳn; DC: Điều chỉnh lương"
for _column, _stays, _leaves, _legend in (
    ("Phương án", "Tăng mới", "Giảm lao động", ""),
    ("Phương án", "TM - Tăng mới", "GH - Giảm hẳn", ""),
    ("Phương án", "Giảm mức đóng", "Giảm chuyển đi", ""),
    ("Phương án", "TM", "GH", _LEGEND),
    ("Phương án", "DC", "GH", "TM = tăng mới, GH = giảm chuyển đi"),
    ("Tăng/Giảm", "Tăng", "Giảm", ""),
):
    SENT[f"who leaves by a column is not read: {_column}, {_stays}, {_leaves}, {_legend}"] = Sent(
        {"S": [[*HEADER, _column], [*AN_ROW, _stays], [*CHAU_ROW, _leaves], ["", _legend]]},
        [AN | {"row": 2}],
        problems=[(3, "row", "leaver")],
    )

for _column, _leaves in (("Phương án", "GH"), ("Ghi chú", "Giảm lao động")):
    SENT[f"a code that nothing explains, or a remark, says of nobody that they leave: {_column}, {_leaves}"] = Sent(
        {"S": [[*HEADER, _column], [*AN_ROW, "TM"], [*CHAU_ROW, _leaves]]}, [AN | {"row": 2}, CHAU | {"row": 3}]
    )
