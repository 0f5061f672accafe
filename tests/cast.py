"""The cast: Alice coordinates, Bob looks on, Giang leads a class, Charlie is another institution's, Diệp the agency's officer."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.access import Role
from tests.builders import PASSWORD, make_agency, make_campaign, make_institution, make_login, make_unit
from tests.client import CheckedClient

AGENCY, OTHER_AGENCY = "99004", "99005"
SCHOOL, OTHER_SCHOOL, FAR_SCHOOL = "minh-hoa", "song-xanh", "song-van"
CAMPAIGN, FAR_CAMPAIGN = "dot-1", "dot-xa"
ALICE, BOB, GIANG, CHARLIE, DIEP, ADMIN = (f"{who}@cast.example" for who in ("alice", "bob", "giang", "charlie", "diep", "admin"))
HOME = f"/institutions/{SCHOOL}/campaigns/{CAMPAIGN}"
OTHER_HOME = f"/institutions/{OTHER_SCHOOL}/campaigns/{CAMPAIGN}"


def set_the_scene() -> None:
    """Two agencies below one; two schools of the first in one campaign, one school of the second in another; everybody of the cast."""
    make_agency("990")
    make_agency(AGENCY, "BHXH Long Vân", "990")
    make_agency(OTHER_AGENCY, "BHXH Sông Vân", "990")
    make_institution(SCHOOL, AGENCY, "Trường THCS Minh Họa")
    make_institution(OTHER_SCHOOL, AGENCY, "Trường Tiểu học Sông Xanh")
    make_institution(FAR_SCHOOL, OTHER_AGENCY, "Trường THPT Sông Vân")
    make_campaign(CAMPAIGN, AGENCY)
    make_campaign(FAR_CAMPAIGN, OTHER_AGENCY)
    make_unit(SCHOOL, "6A1")
    make_unit(SCHOOL, "6A2")
    make_unit(OTHER_SCHOOL, "3B")
    make_login(ALICE, "Alice", Role.COORDINATOR, SCHOOL)
    make_login(BOB, "Bob", Role.VIEWER, SCHOOL)
    make_login(GIANG, "Giang", Role.UNIT_LEAD, SCHOOL, ["6A1"])
    make_login(CHARLIE, "Charlie", Role.COORDINATOR, OTHER_SCHOOL)
    make_login(DIEP, "Diệp", Role.OFFICER, AGENCY)
    make_login(ADMIN, "Quản trị", Role.ADMIN)


def signed_in(make_client: Callable[[], CheckedClient], email: str) -> CheckedClient:
    """A browser in which `email` has signed in."""
    client = make_client()
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 302, f"{email} can't sign in: {answer.status}"
    return client
