"""Pages that there are twice: an office's for a whole campaign, and an institution's own. Each is written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request, url_for

from app.domain.access import Action
from app.domain.scope import AgencyScope, CampaignScope
from app.queries import campaigns
from app.queries.campaigns import CampaignView
from app.web import gate

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class At:
    """Where the visitor stands: at an office or an institution, in a campaign."""

    scope: AgencyScope | CampaignScope
    campaign: CampaignView
    noun: str  # the blueprint's name

    @property
    def inside(self) -> CampaignScope | None:
        return self.scope if isinstance(self.scope, CampaignScope) else None

    @property
    def place(self) -> dict[str, Any]:
        """The codes of the place that this request is at."""
        return {name: code for name, code in (request.view_args or {}).items() if name.endswith("_code")}

    def address(self, act: str, thing: str, **more: Any) -> str:
        """Of a view of the same side: at("new", "rung") leads to "new_rung" or "new_agency_rung"."""
        name = f"{act}_{thing}" if self.inside else _agency_name(act, thing)
        return url_for(f"{self.noun}.{name}", **self.place, **more)


class Twins:
    """Registers each view at both places, under "verb_thing" and "verb_agency_thing"."""

    def __init__(self, pages: Blueprint, own: str, common: str) -> None:
        self._pages, self._own, self._common = pages, own, common

    def get(self, action: Action, path: str = "") -> Callable[[View], View]:
        return self._both(action, path, "GET")

    def post(self, action: Action, path: str = "") -> Callable[[View], View]:
        return self._both(action, path, "POST")

    def _both(self, action: Action, path: str, method: str) -> Callable[[View], View]:
        def register(view: View) -> View:
            def inside(scope: CampaignScope, **arguments: Any) -> Any:
                return view(At(scope, campaigns.campaign(scope), self._pages.name), **arguments)

            def above(scope: AgencyScope, campaign_code: str, **arguments: Any) -> Any:
                return view(At(scope, ours(scope, campaign_code), self._pages.name), **arguments)

            act, _, thing = view.__name__.partition("_")
            self._pages.add_url_rule(f"{self._own}{path}", view.__name__, gate.in_campaign(action)(inside), methods=[method])
            self._pages.add_url_rule(f"{self._common}{path}", _agency_name(act, thing), gate.at_agency(action)(above), methods=[method])
            return view

        return register


def ours(scope: AgencyScope, code: str) -> CampaignView:
    """A campaign that was made here or below. One that an office above made may be looked at, not changed."""
    campaign = known(scope, code)
    return campaign if campaign.agency_path.startswith(scope.path) else abort(403)


def known(scope: AgencyScope, code: str) -> CampaignView:
    return campaigns.agency_campaign(scope, code) or abort(404)


def _agency_name(act: str, thing: str) -> str:
    return f"{act}_agency_{thing}"
