"""Books for the tests of workbooks, made of plain rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.exports.rows import Heading, InstitutionBook, PersonLine, ProgressLine

HEADING = Heading(
    issuer="Trường THCS Minh Họa",
    above_issuer="",
    title="TIẾN ĐỘ ĐĂNG KÝ VssID",
    campaign="Theo văn bản số 239/BHXH-TT của BHXH Long Vân",
    deadline="Thời hạn: trước ngày 30/12/2026",
    as_of=datetime(2026, 11, 21, 8, 42),
)

AN = PersonLine(
    full_name="Trần Bảo An",
    unit="6A1",
    birth_date=date(2014, 5, 3),
    birth_year=2014,
    sex="Nữ",
    personal_id="001314000123",
    bhxh_code="0123456789",
    pupil_code="0000012345",
    staff_code=None,
    phone="0912000111",
    email=None,
    position=None,
    guardian="Trần Văn Bình",
    guardian_phone="0912000222",
    state="Đã kê khai",
    standing="Còn 3 ngày nộp tờ khai",
    declared_on=date(2026, 11, 14),
    paper_due_on=date(2026, 11, 24),
    handed_in_on=None,
    granted_on=None,
    signed_in_on=None,
    reason=None,
    left=True,
)


def person(full_name: str, unit: str = "6A1", *, left: bool = True) -> PersonLine:
    return replace(AN, full_name=full_name, unit=unit, left=left)


def line(name: str, total: int, left: int, note: str = "") -> ProgressLine:
    done = total - left
    return ProgressLine(
        name=name,
        total=total,
        in_scope=total,
        code_missing=0,
        declared=done,
        handed_in=done,
        rejected=0,
        granted=done,
        in_use=0,
        done=done,
        left=left,
        percent=done * 1000 // total / 10 if total else None,
        note=note,
    )


def institution_book(*people: PersonLine) -> InstitutionBook:
    """A book of these people, its numbers counted from them."""
    units = list(dict.fromkeys(p.unit for p in people))
    of = {unit: [p for p in people if p.unit == unit] for unit in units}
    return InstitutionBook(
        heading=HEADING,
        unit_word="Lớp",
        units=tuple(line(unit, len(of[unit]), sum(p.left for p in of[unit])) for unit in units),
        total=line("Tổng cộng", len(people), sum(p.left for p in people)),
        people=iter(people),
        unused=frozenset({"staff_code", "email", "position"}),
    )
