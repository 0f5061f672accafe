"""Rosters as portals, HR programs and offices export them, one kind of file after the other; nobody in them exists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from imports import Severity, read
from imports.values import GuardianRead
from tests.unit.imports.kinds.writers import Sheet, in_windows_1258, ods, xlsb, xlsx, xml_2003
from tests.unit.imports.test_old_fonts import in_tcvn3, in_vni

D = date
Facts = dict[str, Any]
SENT: dict[str, tuple[bytes, list[Facts], list[str]]] = {}  # the file; each person with what is worth telling; the notes

SENT["an employer's tab-separated list with the date in three columns"] = (
    (
        "CÔNG TY TNHH MAY A\n\nDANH SÁCH LAO ĐỘNG THAM GIA BHXH\nTT\tHọ và tên\tNgày\tTháng\tNăm\tNữ\tSố CCCD\tMã số BHXH\tChức vụ\n"
        "1\tTrần Văn An\t5\t3\t1980\t\t079080001234\t7912345678\tCông nhân\n"
        "2\tLê Thị Bé\t\t\t1985\tx\t'079185001234\t0123456789\tTổ trưởng\n"
        "Tổng cộng: 2\n\tNgười lập\tGiám đốc\n"
    ).encode(),
    [
        {"row": 5, "full_name": "Trần Văn An", "birth_date": D(1980, 3, 5), "sex": "male", "bhxh_code": "7912345678"},
        {"row": 6, "full_name": "Lê Thị Bé", "birth_date": None, "birth_year": 1985, "sex": "female", "personal_id": "079185001234"},
    ],
    ["signatures", "totals"],
)

SENT["a school portal's web page with a heading of two rows and titles outside the table"] = (
    """<html><head><meta charset="utf-8"></head><body><h3>SỞ GD&ĐT HÀ NỘI</h3><h2>DANH SÁCH HỌC SINH LỚP 7A3</h2><table border=1><thead>
    <tr><th rowspan=2>STT<th rowspan=2>Mã định danh Bộ GD&amp;ĐT<th rowspan="2">Họ và tên<th rowspan=2>Ngày sinh<th rowspan=2>Giới tính
    <th colspan=2>Thông tin cha<th colspan=2>Thông tin mẹ</tr>
    <tr><th>Họ tên<th>Số điện thoại<th>Họ tên<th>Số điện thoại</tr></thead><tbody>
    <tr><td>1<td style="mso-number-format:'\\@'">0123456789<td>Nguyễn<br>Văn An<td>05/03/2013<td>Nam<td>Nguyễn Văn Ba<td>0912345678
    <td>Lê Thị Tư<td>&nbsp;</tr>
    <tr><td>2<td>0123456790<td>Trần Thị&nbsp;Bình<td>15/03/2013<td>Nữ<td><td><td>Lê Thị Tám<td>0912.345.679</tr></tbody></table>
    <p>Hà Nội, ngày 5 tháng 9 năm 2025</p><table><tr><td>Người lập biểu<td>HIỆU TRƯỞNG</table></body></html>""".encode(),
    [
        {
            "row": 5, "full_name": "Nguyễn Văn An", "pupil_code": "0123456789", "birth_date": D(2013, 3, 5), "unit": "7A3",
            "guardians": (GuardianRead("father", "Nguyễn Văn Ba", "0912345678", None), GuardianRead("mother", "Lê Thị Tư", None, None)),
        },
        {
            "row": 6, "full_name": "Trần Thị Bình", "sex": "female", "unit": "7A3",
            "guardians": (GuardianRead("mother", "Lê Thị Tám", "0912345679", None),),
        },
    ],
    ["signatures"],
)  # fmt: skip

_HEAD = ["STT", "Mã nhân viên", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND/CCCD", "Số sổ BHXH", "Điện thoại", "Vị trí công việc"]
SENT["an HR program's XML with a sheet for each department and codes that live in their format"] = (
    xml_2003(
        Sheet(
            "Phòng Kế toán",
            [
                ["Công ty CP B"], ["DANH SÁCH NHÂN VIÊN"], _HEAD,
                [1, 12, "TRẦN VĂN AN", D(1980, 3, 5), "Nam", 79080001234, 7912345678, 912345678, "Kế toán trưởng"],
                [2, 7, "LÊ THỊ BÉ", D(1985, 12, 31), "Nữ", 1185001234, 123456789, "0987 654 321", "Kế toán viên"],
            ],
            formats={(3, 1): '"NV"0000', (4, 1): '"NV"0000'},
        ),
        Sheet(
            "Phòng Kỹ thuật",
            [
                ["Công ty CP B"], ["DANH SÁCH NHÂN VIÊN"], _HEAD,
                [1, 13, "VÕ MINH CƯỜNG", D(1990, 1, 2), "Nam", 79090001235, 7912345679, 912345670, "Kỹ sư"],
            ],
            formats={(3, 1): '"NV"0000'},
        ),
    ),
    [
        {"full_name": "Trần Văn An", "staff_code": "NV0012", "personal_id": "079080001234", "unit": "Phòng Kế toán", "phone": "0912345678"},
        {"full_name": "Lê Thị Bé", "staff_code": "NV0007", "personal_id": "001185001234", "bhxh_code": "0123456789"},
        {"full_name": "Võ Minh Cường", "staff_code": "NV0013", "unit": "Phòng Kỹ thuật", "position": "Kỹ sư"},
    ],
    [],
)  # fmt: skip

SENT["an employer's list in VNI capitals without a word about the font"] = (
    xlsx(
        Sheet(
            "DS",
            [
                [in_vni("CÔNG TY MAY ĐỨC THẮNG")],
                [in_vni(heading) for heading in ("STT", "HỌ VÀ TÊN", "NĂM SINH", "PHÁI", "SỐ CCCD", "BỘ PHẬN")],
                ["1", in_vni("NGUYỄN THỊ HƯỜNG"), 1980, in_vni("Nữ"), "079180001234", in_vni("Phân xưởng 1")],
                ["2", in_vni("Đặng Ngọc Ẩn"), 1981, "Nam", "079081001234", in_vni("Phân xưởng 2")],
            ],
        )
    ),
    [
        {"row": 3, "full_name": "Nguyễn Thị Hường", "birth_year": 1980, "sex": "female", "unit": "Phân xưởng 1"},
        {"row": 4, "full_name": "Đặng Ngọc Ẩn", "birth_year": 1981, "sex": "male", "unit": "Phân xưởng 2"},
    ],
    ["old-font"],
)

SENT["a primary school's list in Windows-1258 with totals and a signature"] = (
    in_windows_1258(
        "Trường Tiểu học Sông Xanh;;;;\nDANH SÁCH HỌC SINH KHỐI 1;;;;\nSTT;Họ và tên;Ngày sinh;Lớp;SĐT phụ huynh\n"
        "1;Nguyễn Thị Hường;3/9/2018;1A;0912345678\n2;Đặng Văn Ẩn;13/9/2018;1A;0912345679\n3;Lò Thị Ửng;31/12/2018;1B;0912345670\n"
        "Tổng số: 3 học sinh;;;;\n;;;;HIỆU TRƯỞNG\n"
    ),
    [
        {"row": 4, "full_name": "Nguyễn Thị Hường", "birth_date": D(2018, 9, 3), "unit": "1A"},
        {"row": 5, "full_name": "Đặng Văn Ẩn", "unit": "1A"},
        {"row": 6, "full_name": "Lò Thị Ửng", "guardians": (GuardianRead(None, None, "0912345670", None),)},
    ],
    ["encoding", "signatures", "totals"],
)

SENT["a preschool's web page in UTF-16 with headings that are broken over lines"] = (
    (
        "<html><head></head><body><table><tr><td colspan=5>DANH SÁCH LỚP LÁ 2</td></tr><tr><td>Số<br>TT</td><td>Họ và tên<br>học sinh</td>"
        "<td>Ngày tháng<br>năm sinh</td><td>Số<br>định danh</td><td>ĐT phụ huynh</td></tr><tr><td>1</td><td>Lê Bảo An</td><td>3/9/2019</td>"
        "<td>001219001234</td><td>912345678</td></tr></table></body></html>"
    ).encode("utf-16"),
    [{"row": 3, "full_name": "Lê Bảo An", "birth_date": D(2019, 9, 3), "personal_id": "001219001234", "unit": "LÁ 2"}],
    [],
)

SENT["Excel's Unicode text with a number that had been shortened"] = (
    ("STT\tHọ và tên\tNgày sinh\tCCCD\tLớp\n1\tLê Bảo An\t03/09/2012\t7,92E+10\t6A\n2\tLê Bảo Bình\t23/09/2012\t79212001234\t6A\n").encode(
        "utf-16"
    ),
    [{"full_name": "Lê Bảo An", "personal_id": None}, {"full_name": "Lê Bảo Bình", "personal_id": "079212001234"}],
    [],
)

SENT["a list in a capital font, family names and group rows included"] = (
    xlsx(
        Sheet(
            "T9",
            [
                ["Danh sách"],
                ["STT", "Họ đệm", "Tên", "Ngày sinh", "SĐT"],
                ["", in_tcvn3("phòng kế toán"), "", "", ""],
                [1, in_tcvn3("nguyễn thị"), in_tcvn3("hường"), "03/04/1980", "0912345678"],
                [2, in_tcvn3("trần văn"), "an", "13/04/1980", "0912345679"],
                ["", in_tcvn3("phòng đào tạo"), "", "", ""],
                [3, in_tcvn3("lê công"), in_tcvn3("tố"), "23/04/1981", "0912345670"],
            ],
            fonts=dict.fromkeys([(row, column) for row in range(2, 7) for column in (1, 2)], ".VnTimeH"),
        )
    ),
    [
        {"row": 4, "full_name": "Nguyễn Thị Hường", "unit": "PHÒNG KẾ TOÁN"},
        {"row": 5, "full_name": "Trần Văn An", "unit": "PHÒNG KẾ TOÁN"},
        {"row": 7, "full_name": "Lê Công Tố", "unit": "PHÒNG ĐÀO TẠO"},
    ],
    ["group-rows", "old-font"],
)

SENT["an upper secondary school's OpenDocument list with its groups in merged rows"] = (
    ods(
        Sheet(
            "CBGV",
            [
                ["TRƯỜNG THPT A", "", "", "", ""],
                ["TT", "Họ và tên", "Ngày sinh", "Số CCCD", "Chức vụ"],
                ["I", "Ban giám hiệu", "", "", ""],
                [1, "Trần Văn An", D(1970, 3, 5), "001070001234", "Hiệu trưởng"],
                ["II", "Tổ Toán - Tin", "", "", ""],
                [2, "Lê Thị Bé", D(1985, 3, 15), 1185001234, "Giáo viên"],
            ],
            merges=[(2, 1, 2, 4), (4, 1, 4, 4)],
        )
    ),
    [
        {"row": 4, "full_name": "Trần Văn An", "unit": "Ban giám hiệu", "birth_date": D(1970, 3, 5)},
        {"row": 6, "full_name": "Lê Thị Bé", "unit": "Tổ Toán - Tin", "personal_id": "001185001234"},
    ],
    ["group-rows"],
)

SENT["a ward's text with everything in quotes, a break within an address and cards of 15"] = (
    (
        '\ufeffsep=,\n"STT","HỌ VÀ TÊN","Năm sinh","Giới tính","Địa chỉ","Mã thẻ BHYT"\n"1","NGUYỄN VĂN A","1980","Nam","Số 1, phường B",'
        '"DN4797912345678"\n"2","NGUYỄN VĂN B","1981","Nam","Số 1,\nphường B","GD4790123456789"\n"3","LÊ C","1982","Nam","","0123456788"\n'
    ).encode(),
    [
        {"row": 2, "full_name": "Nguyễn Văn A", "bhxh_code": "7912345678", "birth_year": 1980},
        {"row": 3, "full_name": "Nguyễn Văn B", "bhxh_code": "0123456789"},
        {"row": 4, "full_name": "Lê C", "bhxh_code": "0123456788"},
    ],
    [],
)

SENT["a filtered binary workbook from a Macintosh"] = (
    xlsb(
        Sheet(
            "10A1",
            [
                ["DANH SÁCH"], ["STT", "Họ và tên", "Ngày sinh", "Nam/Nữ", "Dân tộc", "Mã HS"],
                [1, "Hà Văn Tuấn", D(2009, 2, 3), "Nam", "Tày", 5], [2, "Lù Thị Mẩy", D(2009, 12, 30), "Nữ", "Dao", 16],
            ],
            hidden_rows=frozenset({3}),
            formats={(2, 5): "000000", (3, 5): "000000"},
        ),
        from_1904=True,
    ),
    [
        {"row": 3, "full_name": "Hà Văn Tuấn", "birth_date": D(2009, 2, 3), "pupil_code": "000005", "unit": "10A1"},
        {"row": 4, "full_name": "Lù Thị Mẩy", "birth_date": D(2009, 12, 30), "pupil_code": "000016"},
    ],
    ["dates-from-1904", "hidden-rows"],
)  # fmt: skip

SENT["a page with a table for each class and its name in a table above"] = (
    "".join(
        f"<table><tr><td><b>LỚP {name}</b></td></tr></table><table><tr><th>STT<th>Họ tên<th>Ngày sinh<th>Giới tính"
        f"<tr><td>1<td>{first}<td>1/2/2014<td>Nam<tr><td>2<td>{second}<td>21/2/2014<td>Nữ</table>"
        for name, first, second in (("6A1", "Lê An", "Lê Bình"), ("6A2", "Võ Chi", "Võ Dung"))
    ).encode(),
    [
        {"row": 3, "full_name": "Lê An", "unit": "6A1"},
        {"row": 4, "full_name": "Lê Bình", "unit": "6A1"},
        {"row": 7, "full_name": "Võ Chi", "unit": "6A2"},
        {"row": 8, "full_name": "Võ Dung", "unit": "6A2"},
    ],
    ["repeated-headers", "titles-between"],
)


@pytest.mark.parametrize(("data", "people", "notes"), SENT.values(), ids=SENT)
def test_what_an_office_sends_is_read_as_a_clerk_reads_it(data: bytes, people: list[Facts], notes: list[str]):
    found = read(data, "danh sách")
    assert [{name: getattr(row, name) for name in wanted} for row, wanted in zip(found.people, people, strict=True)] == people
    assert sorted(note.code for note in found.notes) == notes
    errors = [problem.code for problem in found.problems if problem.severity is Severity.ERROR]
    assert errors == (["digits-gone"] if b"7\0,\0009\0002\0E" in data else [])
