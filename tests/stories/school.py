"""A school of sixty people in a campaign, and days that pass in it: each planned and sent as the scheduler does, what leaves kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from flask import Flask

from app import clock, transaction
from app.adapters.channels import Letter
from app.adapters.recording import RecordingCarrier
from app.domain.access import Role
from app.domain.ladder import SENT_BY_US, Channel
from app.domain.registration import Event
from app.jobs import sending, ticks
from app.services import guardians as guardianship
from imports.values import GuardianRead
from tests.builders import make_agency, make_campaign, make_institution, make_login, make_person, record, scope_of

SCHOOL, CAMPAIGN = "hoa-sen", "dot-vssid"
FAMILY, MIDDLE = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ"], ["Minh", "Thu", "Gia", "Bảo", "Ngọc", "Đức", "Khánh"]
GIVEN = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khôi", "Lan", "Mai", "Nam", "Phúc", "Quân", "Sơn", "Trang", "Uyên", "Vy", "Yến"]
DEADLINE = date(2026, 6, 26)  # a Friday; before it and after it lies no holiday
# How many staff stand how when the story begins; the event is what brought them there, so many days before D-21.
STAFF: list[tuple[str, int, tuple[tuple[Event, int], ...]]] = [
    ("to start", 8, ()),
    ("code missing", 2, ((Event.CODE_MISSING, 5),)),
    ("declared lately", 4, ((Event.DECLARED, 1),)),
    ("declared long ago", 3, ((Event.DECLARED, 4),)),
    ("lapsed", 2, ((Event.DECLARED, 12),)),
    ("form received", 2, ((Event.DECLARED, 2), (Event.FORM_RECEIVED, 1))),
    ("waiting", 3, ((Event.DECLARED, 4), (Event.HANDED_IN, 1))),
    ("waiting long", 1, ((Event.DECLARED, 14), (Event.HANDED_IN, 10))),
    ("rejected", 3, ((Event.DECLARED, 5), (Event.REJECTED, 0))),
    ("granted", 4, ((Event.GRANTED, 3),)),
    ("in use", 3, ((Event.SIGNED_IN, 3),)),
    ("excluded", 2, ((Event.EXCLUDED, 3),)),
]
CHILDREN = 23


@dataclass
class School:
    """People by a word for how they stand when the story begins; `mothers` by the child."""

    app: Flask
    deadline: date
    people: dict[str, list[int]] = field(default_factory=dict)
    mothers: dict[int, int] = field(default_factory=dict)

    def event(self, person: int, event: Event, on: date, reason: str | None = None) -> None:
        with self.app.app_context(), clock.set_to(at(on, 17)):
            record(SCHOOL, CAMPAIGN, person, event, on, reason)

    def day(self, day: date, hour: int = 9) -> dict[Channel, list[Letter]]:
        """What leaves on a day: planned and sent at that hour."""
        carriers = {channel: RecordingCarrier(channel) for channel in SENT_BY_US}
        with self.app.app_context(), clock.set_to(at(day, hour)):
            ticks.plan()
            sending.send(carriers)
        return {channel: sorted(carrier.letters, key=lambda letter: (letter.name, letter.to)) for channel, carrier in carriers.items()}


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), clock.LOCAL)


def name(number: int) -> str:
    return f"{FAMILY[number % 6]} {MIDDLE[number % 7]} {GIVEN[number % 17]}"


def school(app: Flask, deadline: date = DEADLINE) -> School:
    """Sixty people of every standing, who joined forty days before the deadline."""
    made = School(app, deadline)
    begins = deadline - timedelta(days=21)
    with app.app_context(), clock.set_to(at(deadline - timedelta(days=40), 8)):
        make_agency("001", "BHXH thành phố Minh Hà")
        make_agency("00104", "BHXH Long Vân", "001")
        make_institution(SCHOOL, "00104", "Trường THCS Hoa Sen")
        starts = deadline - timedelta(days=40)
        make_campaign(CAMPAIGN, "00104", deadline_on=deadline, starts_on=starts, dispatch_number="239/BHXH-TT")
        make_login("lan@hoa-sen.example", "Đỗ Thị Lan", Role.COORDINATOR, SCHOOL)
        make_login("tam@hoa-sen.example", "Bùi Thanh Tâm", Role.UNIT_LEAD, SCHOOL, ["6A1"])
        make_login("hue@bhxh.example", "Lý Thị Huệ", Role.OFFICER, "00104")
        number = 0
        for word, count, _ in STAFF:
            made.people[word] = []
            for _ in range(count):
                made.people[word].append(make_person(SCHOOL, CAMPAIGN, name(number), "Tổ Văn", **_addresses(number)))
                number += 1
        made.people["children"] = [_child(made, number + place, place) for place in range(CHILDREN)]
    for word, _, events in STAFF:
        for person in made.people[word]:
            for event, days in events:
                reason = {Event.REJECTED: "Ảnh thẻ mờ", Event.EXCLUDED: "Nghỉ thai sản"}.get(event)
                made.event(person, event, begins - timedelta(days=days), reason)
    return made


def _addresses(number: int) -> dict[str, str]:
    """Most have both, some a phone alone, every ninth nothing."""
    if number % 9 == 8:
        return {}
    phone = {"phone": f"09{number:08}"}
    return phone if number % 3 == 2 else phone | {"email": f"n{number}@hoa-sen.example"}


def _child(made: School, number: int, place: int) -> int:
    """Children of 6A1 and 8A2, two or three to a family; the last one's guardian is not known."""
    child = make_person(SCHOOL, CAMPAIGN, name(number), "6A1" if place % 2 else "8A2", birth_date=date(2014, 1 + place % 12, 1 + place))
    if place < CHILDREN - 1:
        family = place // (3 if place < 9 else 2)
        given = GuardianRead("mother", name(100 + family), f"03{family:08}", None)
        with transaction.writing():
            answer = guardianship.add_guardian(scope_of(SCHOOL, CAMPAIGN), child, given)
        assert isinstance(answer, int), answer
        made.mothers[child] = answer
    return child
