"""Lists that programs export, whose headings have no spaces; nobody in them exists."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Sent, mother

SENT: dict[str, Sent] = {}

_AN: dict[str, Any] = {
    "row": 2, "full_name": "Trần Văn An", "birth_date": D(1990, 10, 13), "birth_year": 1990, "sex": "male", "personal_id": "001090000011",
    "bhxh_code": "0123456789", "staff_code": "NV01", "phone": "0912345678", "unit": "Kế toán",
}  # fmt: skip
_ROW = ["NV01", "Trần Văn An", "1990-10-13", "Nam", "Kế toán", "001090000011", "0123456789", "0912345678", "8400111000", "0912000111"]
for _headings in (
    "MaNV HoTen NgaySinh GioiTinh PhongBan SoCMND SoBHXH DienThoai MaSoThue SoTaiKhoan",
    "MãNV HọTên NgàySinh GiớiTính PhòngBan SốCCCD SốBHXH ĐiệnThoại MãSốThuế SốTàiKhoản",
    "ma_nv ho_va_ten ngay_sinh gioi_tinh phong_ban so_cccd so_bhxh so_dien_thoai ma_so_thue so_tai_khoan",
    "manv hoten ngaysinh gioitinh phongban socccd sobhxh dienthoai masothue sotaikhoan",
    "MANV HOVATEN NGAYSINH GIOITINH PHONGBAN SOCCCD SOBHXH SODIENTHOAI MASOTHUE SOTAIKHOAN",
    "maNV hoVaTen ngaySinh gioiTinh phongBan soDinhDanh maBHXH soDT maSoThue soTaiKhoan",
):
    SENT[f"headings such as {_headings}"] = Sent({"S": [_headings.split(), _ROW]}, [_AN])
SENT["a pupil's and the mother's headings without spaces"] = Sent(
    {
        "S": [
            ["STT", "MaHS", "HoTenHS", "NgaySinh", "TenLop", "HoTenMe", "SDTMe"],
            [1, "HS01", "Lê Minh Châu", "01/02/2015", "4A", "Vũ Thị Hoa", "0912345678"],
        ]
    },
    [
        {"row": 2, "full_name": "Lê Minh Châu", "birth_date": D(2015, 2, 1), "birth_year": 2015, "pupil_code": "HS01", "unit": "4A",
         "guardians": (mother("Vũ Thị Hoa", "0912345678"),)},
    ],
)  # fmt: skip
SENT["words that only look run together"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Năm sinh", "VssID", "VNeID", "iPhone", "NgayCap"],
            [1, "Lê Minh Châu", 1990, "x", "x", "0912345678", "01/02/2021"],
        ]
    },
    [{"row": 2, "full_name": "Lê Minh Châu", "birth_year": 1990}],
)
