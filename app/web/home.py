"""The coordinator's home: today's work, how far everybody is, and the classes, those who need help first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.access import Action
from app.domain.deadlines import needed_per_workday
from app.domain.progress import Progress, total_of
from app.domain.scope import CampaignScope
from app.domain.standing import Segment, Standing
from app.domain.todo import SOON, Item, Work, todo
from app.queries import campaigns, places, progress
from app.queries.campaigns import CampaignView
from app.queries.filters import PeopleFilter, concerned
from app.queries.progress import UnitProgress
from app.web import filtering, gate
from app.web.render import respond

pages = Blueprint("home", __name__)

FEW_UNITS = 25  # so many classes stand on the page at once; the rest can be unfolded
Address = Callable[[PeopleFilter], str]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of today's work, as it is shown."""

    people: int
    text: str
    action: str
    href: str
    tone: str


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
        pressing=_work(scope, campaign, whole, behind),
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
        may_export=scope.may(Action.EXPORT),
        own_units_only=scope.unit_ids is not None,
    )


def _lists_of(institution_code: str, campaign_code: str) -> Address:
    """Addresses of lists: every number of this page leads to exactly the people it counts."""

    def address(wanted: PeopleFilter) -> str:
        place: dict[str, Any] = {"institution_code": institution_code, "campaign_code": campaign_code}
        return url_for("people.list_people", **place, **filtering.arguments(wanted))

    return address


def _work(scope: CampaignScope, campaign: CampaignView, whole: Progress, behind: Address) -> list[WorkLine]:
    due = progress.forms_due(scope, campaign, SOON) if whole.by_standing[Standing.PAPER_DUE] else {}
    items = todo(whole.by_standing, due, campaign.today().on)
    reasons = progress.reasons_to_fix(scope, campaign) if whole.by_standing[Standing.TO_FIX] else []
    return [_work_line(item, reasons, behind) for item in items]


def _work_line(item: Item, reasons: Iterable[tuple[str, int]], behind: Address) -> WorkLine:
    text, action = _words(item)
    said = ", ".join(f"{reason} ({people})" for reason, people in reasons)
    if item.work is Work.TO_FIX and said:
        text = f"{text}: {said}"
    return WorkLine(item.people, text, action, behind(concerned(item.work)), item.meaning.tone)


def _words(item: Item) -> tuple[str, str]:
    """What it is, following the number, and what to do."""
    n = item.people
    match item.work:
        case Work.DUE_NOW:
            text = ngettext(
                "form to hand in by tomorrow, or its declaration is deleted",
                "forms to hand in by tomorrow, or their declarations are deleted",
                n,
            )
            return text, _("Hand in")
        case Work.LAPSED:
            text = ngettext("form was not handed in in time: declare again", "forms were not handed in in time: declare again", n)
            return text, _("Declare again")
        case Work.TO_FIX:
            return ngettext("registration rejected, to fix", "registrations rejected, to fix", n), _("See the reasons")
        case Work.DUE_SOON:
            return ngettext("form to hand in within 2 or 3 days", "forms to hand in within 2 or 3 days", n), _("Hand in")
        case Work.WAITING_LONG:
            text = ngettext("registration lies with BHXH for too long", "registrations lie with BHXH for too long", n)
            return text, _("Ask BHXH")
        case Work.BLOCKED_CODE:
            return ngettext("person has no BHXH code yet", "people have no BHXH code yet", n), _("Have codes issued")
        case Work.TO_SIGN_IN:
            text = ngettext("person has an account but has not signed in yet", "people have an account but have not signed in yet", n)
            return text, _("Help them sign in")
        case Work.TO_START:
            return ngettext("person has not started yet", "people have not started yet", n), _("Get them started")


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
