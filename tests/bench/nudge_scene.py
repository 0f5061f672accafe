"""Campaigns whose week before the deadline is today: everybody in them is to be reminded once, at any hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from app import clock, transaction
from app.extensions import db
from app.queries import operators
from app.services import campaigns, people, places
from app.services.campaigns import CampaignDraft
from app.services.people import PersonDetails

SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "for measuring only",
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
    "MAIL_SECURITY": "none",
    "MAIL_FROM": "Tiến độ VssID <nhac@bench.example>",
    "MAIL_RATE": "0",
}


def settings(url: str, port: int) -> dict[str, Any]:
    """An application that sends through the server on this port, as fast as it goes."""
    return SETTINGS | {"DATABASE_URL": url, "MAIL_SERVER": f"127.0.0.1:{port}"}


def set_up(number: int, each: int) -> None:
    """So many institutions, each with a campaign of its own and so many people with addresses."""
    with transaction.writing():
        places.add_root_agency("bench", "BHXH")
    for place in range(1, number + 1):
        with transaction.writing():
            _place(f"bench-{place}", each)
    with transaction.writing():
        db.session.execute(
            text("UPDATE rungs SET removed_at = :now WHERE anchor <> 'deadline' OR distance <> -7 OR receivers = 'head'"),
            {"now": clock.now()},
        )
        db.session.execute(text("UPDATE ladders SET first_hour = 0, last_hour = 24, on_sundays = :yes, on_holidays = :yes"), {"yes": True})
        db.session.execute(text("UPDATE registrations SET changed_at = :then"), {"then": clock.now() - timedelta(days=1)})  # nobody is new
        db.session.execute(text("ANALYZE"))


def _place(code: str, each: int) -> None:
    everything, today = operators.everything(), clock.today()
    places.add_agency(operators.agency("bench"), "bench", code, f"BHXH {code}")
    places.add_institution(everything, code, code, f"Công ty {code}", "employer")
    draft = CampaignDraft(today + timedelta(days=7), False, starts_on=today)
    refused = campaigns.create(everything, code, code, draft, takes_all=True)
    assert refused is None, refused
    scope = operators.in_campaign(code, code)
    for number in range(1, each + 1):
        nothing: dict[str, Any] = dict.fromkeys(PersonDetails.__slots__)
        known = {"full_name": f"Nguyễn Văn {number}", "email": f"nv{number}@{code}.example", "phone": None}
        people.create_person(scope, PersonDetails(**(nothing | known)))
