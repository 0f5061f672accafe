"""The coordinator's home: today's work, how far everybody is, and the classes, those who need help first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from app import clock
from app.domain.access import Action
from app.domain.deadlines import needed_per_workday
from app.domain.progress import Progress, total_of
from app.domain.scope import CampaignScope
from app.domain.standing import Segment, Standing
from app.queries import campaigns, nudge_health, places, progress
from app.queries.filters import PeopleFilter
from app.queries.progress import UnitProgress
from app.web import filtering, gate, todays_work
from app.web.render import respond
from app.web.todays_work import Address

pages = Blueprint("home", __name__)

FEW_UNITS = 25  # so many classes stand on the page at once; the rest can be unfolded


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One class: where its people are listed, and those of them who are left."""

    name: str
    progress: Progress
    href: str
    left_href: str


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>")
@gate.in_campaign(Action.SEE_INSTITUTION)
def show_home(scope: CampaignScope) -> Response:
    institution, campaign = places.institution(scope.within), campaigns.campaign(scope)
    units = progress.unit_progress(scope, campaign)
    whole = total_of(unit.progress for unit in units)
    behind = _lists_of(institution.code, campaign.code)
    lines = _unit_lines(units, behind)
    return respond(
        "home/page.html",
        institution=institution,
        campaign=campaign,
        whole=whole,
        pressing=todays_work.lines(scope, campaign, whole, behind, _place(institution.code, campaign.code)),
        units=lines[:FEW_UNITS],
        more_units=lines[FEW_UNITS:],
        needed=needed_per_workday(whole.left, campaign.workdays_left),
        is_behind=whole.done < campaign.pace * campaign.target / 100 * whole.in_scope,
        segments={segment: behind(PeopleFilter(segment=segment)) for segment in Segment},
        done_href=behind(PeopleFilter(standings=frozenset({Standing.DONE}))),
        in_scope_href=behind(PeopleFilter(in_scope=True)),
        left_href=behind(PeopleFilter(left=True)),
        excluded_href=behind(PeopleFilter(standings=frozenset({Standing.EXCLUDED}))),
        may_import=scope.may(Action.IMPORT),
        silent=nudge_health.silent_days(scope, clock.now()) if scope.may(Action.SEE_NUDGES) else (),
        may_export=scope.may(Action.EXPORT),
        own_units_only=scope.unit_ids is not None,
    )


def _lists_of(institution_code: str, campaign_code: str) -> Address:
    """Addresses of lists: every number of this page leads to exactly the people it counts."""

    def address(wanted: PeopleFilter) -> str:
        return url_for("people.list_people", **_place(institution_code, campaign_code), **filtering.arguments(wanted))

    return address


def _place(institution_code: str, campaign_code: str) -> dict[str, Any]:
    return {"institution_code": institution_code, "campaign_code": campaign_code}


def _unit_lines(units: Iterable[UnitProgress], behind: Address) -> list[UnitLine]:
    """Those with the smallest share done first; at the same share, those with more people left; then by name."""
    ordered = sorted(units, key=lambda unit: (unit.progress.left == 0, unit.progress.percent, -unit.progress.left))
    return [
        UnitLine(
            name=unit.name or _("No class or department"),
            progress=unit.progress,
            href=behind(PeopleFilter(unit=unit.id)),
            left_href=behind(PeopleFilter(unit=unit.id, left=True)),
        )
        for unit in ordered
    ]
