"""Where the visitor is: the place's name and the way through its pages, for the menu of the layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from app.domain.access import Role
from app.domain.scope import AgencyScope, CampaignScope, InstitutionScope
from app.queries import campaigns, places
from app.web import gate

# Nouns whose pages stand below another noun's entry.
_BELOW = {
    **dict.fromkeys(("nudge_ledger", "nudges_by_hand", "pauses", "ladders", "message_texts"), "nudges"),
    "counters": "desks",
    "undoings": "rosters",
    **dict.fromkeys(("doubles", "doubles_at_once"), "people"),
    "images": "evidence",
    "roster_runs": "rosters",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu. `current` is "page" on its own page, "true" on a page below it, else None."""

    text: str
    href: str
    current: str | None


@dataclass(frozen=True, slots=True)
class Way:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Here:
    """`up` leads from an institution to its agency, for those who look on from there."""

    name: str
    role: Role
    campaign_title: str | None
    up: Way | None
    items: tuple[Item, ...]


def place_now() -> Here | None:
    """The place that the gate let the visitor into, None on pages that belong to no place."""
    scope = g.get("scope")
    if isinstance(scope, AgencyScope):
        return _at_agency(scope)
    if isinstance(scope, CampaignScope):
        return _at_institution(scope.within, str((request.view_args or {})["campaign_code"]))
    if isinstance(scope, InstitutionScope):
        return _at_institution(scope, None)
    return None


def _at_agency(scope: AgencyScope) -> Here:
    agency = places.agency(scope)
    entries = {
        "agencies.show_agency": _("Whole area"),
        "campaigns.list_campaigns": _("Campaigns"),
        "institutions.list_institutions": _("Institutions"),
        "members.list_agency_members": _("Members"),
    }
    return Here(agency.name, scope.role, None, None, _items(scope, entries, agency_code=agency.code))


def _at_institution(scope: InstitutionScope, campaign_code: str | None) -> Here:
    """Pages of the institution itself lead back to its newest campaign."""
    institution = places.institution(scope)
    found = campaigns.institution_campaigns(scope)
    campaign = next((view for view in found if campaign_code in {view.code, None}), None)
    in_campaign = {
        "home.show_home": _("Today's work"),
        "people.list_people": _("People"),
        "guardians.list_guardians": _("Guardians"),
        "batches.list_batches": _("Hand-over"),
        "desks.list_desks": _("Desks"),
        "difficulties.list_difficulties": _("Difficulties"),
        "nudges.show_nudges": _("Reminders"),
        "slips.list_slips": _("Slips and group texts"),
        "rosters.list_rosters": _("Import from Excel"),
    }
    at_institution = {"members.list_institution_members": _("Members"), "institutions.edit_institution": _("Institution")}
    items = _items(scope, at_institution, institution_code=institution.code)
    if campaign:
        items = _items(scope, in_campaign, institution_code=institution.code, campaign_code=campaign.code) + items
    up = None
    if scope.role in {Role.ADMIN, Role.OFFICER}:
        up = Way(institution.agency_name, url_for("agencies.show_agency", agency_code=institution.agency_code))
    return Here(institution.name, scope.role, campaign.title if campaign else None, up, items)


def _items(scope: AgencyScope | InstitutionScope, entries: dict[str, str], **codes: Any) -> tuple[Item, ...]:
    """The entries whose pages this visitor may open."""
    return tuple(_item(endpoint, text, codes) for endpoint, text in entries.items() if _open(scope, endpoint))


def _open(scope: AgencyScope | InstitutionScope, endpoint: str) -> bool:
    action = gate.policy_of(current_app.view_functions[endpoint]).action
    return action is not None and scope.may(action)


def _item(endpoint: str, text: str, codes: dict[str, Any]) -> Item:
    noun = _BELOW.get(request.blueprint or "", request.blueprint)
    current = "page" if request.endpoint == endpoint else "true" if noun == endpoint.partition(".")[0] else None
    return Item(text, url_for(endpoint, **codes), current)


def register(app: Flask) -> None:
    app.jinja_env.globals.update(place_now=place_now, signed_in_user=gate.visitor)
