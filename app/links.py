"""Links in messages to pages that nobody signs in for: what they mean is signed, so that nobody can make one for somebody else."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def stop_url(nudge: str) -> str:
    """Where the receiver of a nudge ("12.345") can decline further messages."""
    return f"{current_app.config['PUBLIC_URL']}/stop/{_signer().dumps(nudge)}"


def to_people_left(institution: str, campaign: str) -> str:
    """The list of those who are left at an institution."""
    return f"{current_app.config['PUBLIC_URL']}/institutions/{institution}/campaigns/{campaign}/people?left=1"


def to_agency(agency: str, campaign: str) -> str:
    """An agency's table of institutions in a campaign."""
    return f"{current_app.config['PUBLIC_URL']}/agencies/{agency}/campaigns/{campaign}"


def read(token: str) -> str | None:
    """The nudge that a link was made for, None where it is none of ours."""
    try:
        found = _signer().loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, str) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stop")
