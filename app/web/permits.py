"""A permit to fetch a file whose taking out was written down first: it holds for a minute, for one visitor and one address alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.domain.scope import CampaignScope

SECONDS = 60


def address(scope: CampaignScope, endpoint: str, **arguments: Any) -> str:
    """Where this visitor may fetch the file now: the page's own place, with these arguments of a filter."""
    where = dict(request.view_args or {}) | arguments
    permit = _signer().dumps(_bearer(scope, url_for(endpoint, **where)))
    return url_for(endpoint, **where, permit=permit)


def holds(scope: CampaignScope) -> bool:
    """Whether the present request brings a permit for itself."""
    try:
        bearer = _signer().loads(request.args.get("permit", ""), max_age=SECONDS)
    except BadSignature:
        return False
    return bool(bearer == _bearer(scope, request.full_path))


def _bearer(scope: CampaignScope, url: str) -> list[Any]:
    """Who may fetch what: the permit of one visitor, place, file or list opens no other."""
    parts = urlsplit(url)
    asked = sorted([name, value] for name, value in parse_qsl(parts.query) if name != "permit")
    return [scope.actor.user_id, scope.institution_id, scope.campaign_id, parts.path, asked]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="download")
