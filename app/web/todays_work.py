"""Today's work as the home page shows it: a number, what it is, and where to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.access import Action
from app.domain.progress import Progress
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.domain.todo import THIS_WEEK, Item, Tone, Work, todo
from app.queries import batches, difficulties, doubles, evidence, guardians, progress
from app.queries.campaigns import CampaignView
from app.queries.difficulties import Which
from app.queries.filters import PeopleFilter, concerned

Address = Callable[[PeopleFilter], str]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of today's work, as it is shown."""

    people: int
    text: str
    action: str
    href: str
    tone: str


def lines(scope: CampaignScope, campaign: CampaignView, whole: Progress, behind: Address, place: dict[str, Any]) -> list[WorkLine]:
    """What there is to do, the most pressing first; each line leads to exactly what it counts."""
    every = [*_of_people(scope, campaign, whole, behind), *_beside(scope, campaign, whole, place)]
    return sorted(every, key=lambda line: list(Tone).index(Tone(line.tone)))


def _of_people(scope: CampaignScope, campaign: CampaignView, whole: Progress, behind: Address) -> list[WorkLine]:
    due = progress.forms_due(scope, campaign, THIS_WEEK) if whole.by_standing[Standing.PAPER_DUE] else {}
    items = todo(whole.by_standing, due, progress.beside_the_way(scope, campaign), campaign.today().on)
    reasons = progress.reasons_to_fix(scope, campaign) if whole.by_standing[Standing.TO_FIX] else []
    return [_work_line(item, reasons, behind) for item in items]


def _beside(scope: CampaignScope, campaign: CampaignView, whole: Progress, place: dict[str, Any]) -> list[WorkLine]:
    """Work on other things than one person's next step: guardians, forms to hand over, images to look at, difficulties."""
    found: list[WorkLine] = []

    def add(count: int, text: str, action: str, href: str, tone: Tone) -> None:
        if count:
            found.append(WorkLine(count, text, action, href, tone))

    if whole.by_standing[Standing.BLOCKED_GUARDIAN]:
        waiting = guardians.blocking(scope, campaign)
        text = ngettext(
            "guardian has a form due by tomorrow, lapsed or rejected, and children wait",
            "guardians have a form due by tomorrow, lapsed or rejected, and children wait",
            waiting.pressing,
        )
        add(waiting.pressing, text, _("See these guardians"), url_for("guardians.list_guardians", pressing=1, **place), Tone.BAD)
        text = ngettext(
            "guardian has no account yet (%(children)s children wait)",
            "guardians have no account yet (%(children)s children wait)",
            waiting.guardians,
            children=waiting.children,
        )
        add(waiting.guardians, text, _("Get them accounts"), url_for("guardians.list_guardians", blocking=1, **place), Tone.WARN)
    if whole.by_state[State.FORM_RECEIVED]:
        forms = batches.handover_waiting(scope, campaign)
        text = ngettext("signed form is here and in no batch yet", "signed forms are here and in no batch yet", forms)
        action = _("Make a batch") if scope.may(Action.HAND_OVER) else _("See the batches")
        endpoint = "batches.new_batch" if scope.may(Action.HAND_OVER) else "batches.list_batches"
        add(forms, text, action, url_for(endpoint, **place), Tone.WARN)
    under_way = batches.unconfirmed(scope)
    text = ngettext("batch is on its way to BHXH, not received yet", "batches are on their way to BHXH, not received yet", under_way)
    add(under_way, text, _("See the batches"), url_for("batches.list_batches", **place), Tone.WARN)
    if campaign.keep_images and scope.may(Action.SEE_IMAGES):
        images = evidence.waiting(scope)
        text = ngettext("image of a paper is to be looked at", "images of papers are to be looked at", images)
        add(images, text, _("Look through them"), url_for("images.show_review", **place), Tone.PLAIN)
    if scope.may(Action.IMPORT):
        pairs = doubles.waiting(scope)
        text = ngettext("pair of people is likely one person twice", "pairs of people are likely one person twice", pairs)
        add(pairs, text, _("Decide"), url_for("doubles.list_doubles", **place), Tone.PLAIN)
    open_ones = difficulties.counts(scope)
    overdue, others = open_ones[Which.OVERDUE], open_ones[Which.OPEN] - open_ones[Which.OVERDUE]
    text = ngettext("difficulty should have been answered by now", "difficulties should have been answered by now", overdue)
    add(overdue, text, _("Answer"), url_for("difficulties.list_difficulties", which=Which.OVERDUE.value, **place), Tone.BAD)
    text = ngettext("difficulty is open", "difficulties are open", others)
    add(others, text, _("Answer"), url_for("difficulties.list_difficulties", **place), Tone.PLAIN)
    return found


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
        case Work.BAD_PAPER:
            return ngettext("person has a paper that is not good", "people have a paper that is not good", n), _("Ask for it again")
        case Work.DUE_THIS_WEEK:
            return ngettext("form to hand in within 4 or 5 days", "forms to hand in within 4 or 5 days", n), _("Hand in")
        case Work.WAITING_LONG:
            text = ngettext("registration lies with BHXH for too long", "registrations lie with BHXH for too long", n)
            return text, _("Ask BHXH")
        case Work.BLOCKED_CODE:
            return ngettext("person has no BHXH code yet", "people have no BHXH code yet", n), _("Have codes issued")
        case Work.NO_GUARDIAN:
            text = ngettext("child waits for a guardian, and nobody is noted", "children wait for a guardian, and nobody is noted", n)
            return text, _("Note a guardian")
        case Work.PAPER_OWED:
            return ngettext("account was granted, its form is still owed", "accounts were granted, their forms are still owed", n), _(
                "Hand in"
            )
        case Work.TO_SIGN_IN:
            text = ngettext("person has an account but has not signed in yet", "people have an account but have not signed in yet", n)
            return text, _("Help them sign in")
        case Work.RENEWAL:
            text = ngettext("password is older than six months", "passwords are older than six months", n)
            return text, _("Remind them")
        case Work.TO_START:
            return ngettext("person has not started yet", "people have not started yet", n), _("Get them started")
