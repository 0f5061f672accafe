"""The workbook that reading is measured with: 50,000 people in ten columns, laid out as an employer would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from app.demo.names import Drawer

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Mã số BHXH", "Số điện thoại", "Email", "Đơn vị", "Chức danh")
POSITIONS = ("Nhân viên", "Chuyên viên", "Giảng viên", "Kế toán", "Công nhân", "Tổ trưởng")


def write(path: Path, rows: int) -> None:
    drawer = Drawer("bench")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for n in range(1, rows + 1):
        who = drawer.person(date(1966, 1, 1), date(2004, 12, 31))
        sheet.write_row(n, 0, (n, who.full_name))
        sheet.write_datetime(n, 2, who.birth_date, day)
        sex = "Nam" if who.sex == "male" else "Nữ"
        unit, position = f"Phân xưởng {n % 40 + 1}", POSITIONS[n % len(POSITIONS)]
        sheet.write_row(n, 3, (sex, who.personal_id, who.bhxh_code, who.phone, f"nv{n}@cong-ty.example", unit, position))
    book.close()
