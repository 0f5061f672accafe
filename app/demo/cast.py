"""The demo's places and the people who sign in there."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.access import Role

PASSWORD = "tien-do-2026"


@dataclass(frozen=True, slots=True)
class Place:
    """An institution of the demo. `size` people stand `pace` (0 ahead, 1, 2 behind); none where no roster has been sent."""

    code: str
    name: str
    kind: str
    agency: str
    size: int
    pace: int


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who signs in; `place` is an agency's or institution's code, `unit` the class that a unit lead answers for."""

    email: str
    name: str
    role: Role
    place: str | None
    unit: str | None = None


AGENCIES = (
    ("990", "BHXH thành phố Minh Hà", None),
    ("99004", "BHXH cơ sở Long Vân", "990"),
    ("99005", "BHXH cơ sở Sông Vân", "990"),
)
PLACES = (
    Place("thcs-minh-hoa", "Trường THCS Minh Họa", "school", "99004", 1148, 1),
    Place("th-song-xanh", "Trường Tiểu học Sông Xanh", "school", "99004", 620, 2),
    Place("det-dong", "Công ty Dệt Đông Vân", "employer", "99004", 812, 0),
    Place("dh-minh-khai", "Trường Đại học Minh Khải", "university", "99004", 604, 1),
    Place("mn-hoa-mai", "Trường Mầm non Hoa Mai Vàng", "school", "99004", 0, 2),
    Place("may-song-van", "Công ty May Sông Vân", "employer", "99005", 240, 0),
)
LOGINS = (
    Login("admin@demo.example", "Quản trị viên", Role.ADMIN, None),
    Login("diep@demo.example", "Lê Ngọc Diệp", Role.OFFICER, "99004"),
    Login("ha@demo.example", "Ngô Nhật Hạ", Role.OFFICER, "990"),
    Login("an@demo.example", "Trần Thu An", Role.COORDINATOR, "thcs-minh-hoa"),
    Login("quan@demo.example", "Phạm Minh Quân", Role.UNIT_LEAD, "thcs-minh-hoa", "6A1"),
    Login("binh@demo.example", "Bùi Thanh Bình", Role.VIEWER, "thcs-minh-hoa"),
    Login("cham@demo.example", "Đỗ Hạ Châm", Role.COORDINATOR, "det-dong"),
    Login("mai@demo.example", "Vũ Hoàng Mai", Role.COORDINATOR, "mn-hoa-mai"),
)
_WHAT = {
    Role.ADMIN: "everything",
    Role.OFFICER: "officer",
    Role.COORDINATOR: "coordinator",
    Role.UNIT_LEAD: "homeroom teacher of 6A1",
    Role.VIEWER: "looks on",
}


def sign_ins() -> list[str]:
    """Lines that tell who can sign in."""
    names = {place.code: place.name for place in PLACES} | {code: name for code, name, _ in AGENCIES}
    lines = [f"Sign in with the password {PASSWORD} as:"]
    for login in LOGINS:
        where = f", {names[login.place]}" if login.place in names else ""
        lines.append(f"  {login.email:22} {_WHAT[login.role]}{where}")
    return lines
