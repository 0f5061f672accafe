"""The review of a roster: what its pages have in common, whichever action led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from app.domain.scope import CampaignScope
from app.queries import answers, campaigns, doubles, places, roster_problems, rosters, runs, undoings
from app.queries.change_pages import AGAIN
from app.queries.rosters import RosterView
from app.queries.runs import RunView
from app.queries.summaries import GroupView
from app.services.rosters import RosterRefusal
from app.web import roster_words
from app.web.ids import an_id
from app.web.render import respond
from app.web.roster_sheets import draw, fields_of, said, shown


class Tab(StrEnum):
    """The parts of a review."""

    PROBLEMS = "problems"
    AGAIN = "again"
    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"
    WAITING = "waiting"
    ABSENT = "absent"
    REPAIRS = "repairs"
    CORRECTED = "corrected"


_WORTH_SEEING = (Tab.AGAIN, Tab.PROBLEMS, Tab.CHANGED, Tab.MOVED, Tab.NEW)
_NAMED = 5  # of those who stay when a roster is undone


def show_review(
    scope: CampaignScope,
    roster_id: int,
    status: int = 200,
    *,
    refusal: RosterRefusal | None = None,
    told: str | None = None,
    group: int | None = None,
) -> Response | Answer:
    """The review, one part of it at a time. `refusal` tells why something was not done, `told` what was."""
    roster, run = rosters.roster(scope, roster_id) or abort(404), runs.run(scope, roster_id)
    if run and run.is_unfinished and status == 200:
        return redirect(address("roster_runs.show_run", roster_id))
    if not roster.is_read:
        return show_unread(scope, roster, run, status, refusal)
    if roster.status == "asking" and not refusal:
        return redirect(address("roster_understanding.show_understanding", roster_id))
    tab = _tab(roster)
    chosen = _group(roster, tab, group)
    after = 0 if refusal or told else max(request.values.get("after", 0, type=an_id), 0)
    fragment = "rosters/_review.html" if request.method == "POST" else "rosters/_changes.html"
    return respond(
        "rosters/review.html",
        fragment,
        status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        roster=roster,
        run=run,
        earlier=rosters.earlier(scope, roster),
        continued=rosters.roster(scope, roster.continues) if roster.continues else None,
        continued_by=rosters.continued_by(scope, roster_id) if roster.status == "applied" else None,
        doubles=doubles.waiting(scope) if roster.status == "applied" else 0,
        corrected=roster_problems.count_corrections(scope, roster_id),
        remembered=answers.answer_view(scope, roster.fingerprint) if roster.remembered else None,
        stayed=_stayed(scope, roster_id) if roster.status == "undone" else None,
        tab=tab,
        Tab=Tab,
        after=after,
        group=chosen,
        refusal=refusal,
        told=told,
        said=roster_words,
        sentence=said,
        shown=shown,
        **_part(scope, roster, tab, after, chosen),
    )


def show_unread(scope: CampaignScope, roster: RosterView, run: RunView | None, status: int, refusal: RosterRefusal | None) -> Response:
    """A roster of which there is no review: it can't be read, or its reading was stopped."""
    return respond(
        "rosters/unread.html",
        status=status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        roster=roster,
        run=run,
        refusal=refusal,
        said=roster_words,
    )


def _tab(roster: RosterView) -> Tab:
    """The part that the request asks for, else the first one in which there is something to see."""
    wanted = request.values.get("show")
    if wanted in set(Tab):
        return Tab(wanted)
    seen = {Tab.PROBLEMS: roster.problems if roster.has_file else 0}  # without the file its cells are blank
    return next((tab for tab in _WORTH_SEEING if seen.get(tab, getattr(roster, tab, 0))), Tab.SAME)


@dataclass(frozen=True, slots=True)
class Stayed:
    """Whom undoing has kept something of: the first ones with their units, and whether there are more."""

    people: tuple[tuple[str | None, str | None], ...]
    more: bool


def _stayed(scope: CampaignScope, roster_id: int) -> Stayed:
    page = undoings.kept_page(scope, roster_id)
    people = {kept.person_id: (kept.name, kept.unit) for kept in page.rows}
    return Stayed(tuple(people.values())[:_NAMED], len(people) > _NAMED or page.after is not None)


def _group(roster: RosterView, tab: Tab, wanted: int | None) -> GroupView | None:
    """The findings of one kind that were asked for."""
    number = wanted if wanted is not None else request.args.get("group", type=an_id)
    groups = {Tab.PROBLEMS: roster.summary.to_check, Tab.REPAIRS: roster.summary.repairs}.get(tab, ())
    return next((group for group in groups if group.number == number), None)


def group_asked_for(roster: RosterView, wanted: int | None) -> GroupView | None:
    """The findings of one kind, in the part that the request asks for."""
    return _group(roster, _tab(roster), wanted)


def _part(scope: CampaignScope, roster: RosterView, tab: Tab, after: int, group: GroupView | None) -> dict[str, Any]:
    """What the template needs for one part: findings drawn into sheets, what was typed, or what rows would do."""
    if tab is Tab.CORRECTED:
        return {"corrections": roster_problems.corrections(scope, roster.id), "next_after": None}
    if group:
        found = roster_problems.group_page(scope, roster.id, group.number, after)
    elif tab is Tab.PROBLEMS:
        found = roster_problems.problems_page(scope, roster.id, roster.to_check, after)
    elif tab is Tab.REPAIRS:
        return {"sheets": [], "next_after": None}
    else:
        changes = rosters.changes_page(scope, roster.id, AGAIN if tab is Tab.AGAIN else tab.value, after)
        return {
            "changes": changes.rows,
            "fields": fields_of(change.row for change in changes.rows if change.row),
            "next_after": changes.after,
        }
    return {"sheets": draw(found.rows, roster.understood.columns, is_open=roster.is_open), "next_after": found.after}


def refused(scope: CampaignScope, roster_id: int, refusal: RosterRefusal) -> Response | Answer:
    if refusal is RosterRefusal.UNKNOWN:
        abort(404)
    return show_review(scope, roster_id, 409, refusal=refusal)


def address(endpoint: str, roster_id: int | None = None, **more: Any) -> str:
    """A page of the place that this request is at."""
    place = request.view_args or {}
    here = {"institution_code": place["institution_code"], "campaign_code": place["campaign_code"]}
    return url_for(endpoint, roster_id=roster_id, **here, **more)
