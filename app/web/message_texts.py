"""A campaign's own texts: the office's on the agency's pages, an institution's own on the institution's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.domain.access import Action
from app.domain.scope import AgencyScope, CampaignScope
from app.queries import campaigns, message_texts, places
from app.queries.campaigns import CampaignView
from app.queries.message_texts import TextView
from app.services import message_texts as keeping
from app.services.message_texts import Flawed, TextRefusal
from app.texts.render import check
from app.texts.variables import VARIABLES
from app.web import gate, nudge_words
from app.web.message_text_forms import TextForm, sentence, values_of
from app.web.render import respond
from app.web.text_previews import previews

pages = Blueprint("message_texts", __name__)

AGENCY_TEXTS = "/agencies/<agency_code>/campaigns/<campaign_code>/texts"
TEXTS = "/institutions/<institution_code>/campaigns/<campaign_code>/texts"


@dataclass(frozen=True, slots=True)
class At:
    """Where the visitor stands: an agency or an institution, in a campaign; `address` makes addresses of pages there."""

    scope: AgencyScope | CampaignScope
    campaign: CampaignView
    address: Callable[..., str]

    @property
    def inside(self) -> CampaignScope | None:
        return self.scope if isinstance(self.scope, CampaignScope) else None


@pages.get(AGENCY_TEXTS)
@gate.at_agency(Action.PLAN_LADDER)
def list_agency_texts(scope: AgencyScope, campaign_code: str) -> Response:
    return _list(_at_agency(scope, campaign_code))


@pages.get(TEXTS)
@gate.in_campaign(Action.PLAN_LADDER)
def list_texts(scope: CampaignScope) -> Response:
    return _list(_at_institution(scope))


@pages.get(f"{AGENCY_TEXTS}/new")
@gate.at_agency(Action.PLAN_LADDER)
def new_agency_text(scope: AgencyScope, campaign_code: str) -> Response:
    return _show_form(_at_agency(scope, campaign_code), TextForm())


@pages.get(f"{TEXTS}/new")
@gate.in_campaign(Action.PLAN_LADDER)
def new_text(scope: CampaignScope) -> Response:
    return _show_form(_at_institution(scope), TextForm())


@pages.post(AGENCY_TEXTS)
@gate.at_agency(Action.PLAN_LADDER)
def create_agency_text(scope: AgencyScope, campaign_code: str) -> Response | Answer:
    return _create(_at_agency(scope, campaign_code))


@pages.post(TEXTS)
@gate.in_campaign(Action.PLAN_LADDER)
def create_text(scope: CampaignScope) -> Response | Answer:
    return _create(_at_institution(scope))


@pages.get(f"{AGENCY_TEXTS}/<int:text_id>")
@gate.at_agency(Action.PLAN_LADDER)
def show_agency_text(scope: AgencyScope, campaign_code: str, text_id: int) -> Response:
    return _show(_at_agency(scope, campaign_code), text_id)


@pages.get(f"{TEXTS}/<int:text_id>")
@gate.in_campaign(Action.PLAN_LADDER)
def show_text(scope: CampaignScope, text_id: int) -> Response:
    return _show(_at_institution(scope), text_id)


@pages.get(f"{AGENCY_TEXTS}/<int:text_id>/edit")
@gate.at_agency(Action.PLAN_LADDER)
def edit_agency_text(scope: AgencyScope, campaign_code: str, text_id: int) -> Response:
    return _edit(_at_agency(scope, campaign_code), text_id)


@pages.get(f"{TEXTS}/<int:text_id>/edit")
@gate.in_campaign(Action.PLAN_LADDER)
def edit_text(scope: CampaignScope, text_id: int) -> Response:
    return _edit(_at_institution(scope), text_id)


@pages.post(f"{AGENCY_TEXTS}/<int:text_id>/edit")
@gate.at_agency(Action.PLAN_LADDER)
def update_agency_text(scope: AgencyScope, campaign_code: str, text_id: int) -> Response | Answer:
    return _update(_at_agency(scope, campaign_code), text_id)


@pages.post(f"{TEXTS}/<int:text_id>/edit")
@gate.in_campaign(Action.PLAN_LADDER)
def update_text(scope: CampaignScope, text_id: int) -> Response | Answer:
    return _update(_at_institution(scope), text_id)


@pages.post(f"{AGENCY_TEXTS}/<int:text_id>/removal")
@gate.at_agency(Action.PLAN_LADDER)
def delete_agency_text(scope: AgencyScope, campaign_code: str, text_id: int) -> Answer:
    return _delete(_at_agency(scope, campaign_code), text_id)


@pages.post(f"{TEXTS}/<int:text_id>/removal")
@gate.in_campaign(Action.PLAN_LADDER)
def delete_text(scope: CampaignScope, text_id: int) -> Answer:
    return _delete(_at_institution(scope), text_id)


def _at_agency(scope: AgencyScope, campaign_code: str) -> At:
    """A campaign of an agency above is looked at, not written for: its texts are that agency's."""
    campaign = campaigns.agency_campaign(scope, campaign_code) or abort(404)
    if not campaign.agency_path.startswith(scope.path):
        abort(403)
    place: dict[str, Any] = {"agency_code": places.agency(scope).code, "campaign_code": campaign.code}
    return At(scope, campaign, lambda what, **more: url_for(f"message_texts.{_ON_AGENCY_PAGES[what]}", **place, **more))


def _at_institution(scope: CampaignScope) -> At:
    campaign = campaigns.campaign(scope)
    place: dict[str, Any] = {"institution_code": places.institution(scope.within).code, "campaign_code": campaign.code}
    return At(scope, campaign, lambda what, **more: url_for(f"message_texts.{_ON_INSTITUTION_PAGES[what]}", **place, **more))


_VIEWS = ("list_{}texts", "new_{}text", "create_{}text", "show_{}text", "edit_{}text", "update_{}text", "delete_{}text")
_ON_INSTITUTION_PAGES = {name.partition("_")[0]: name.format("") for name in _VIEWS}
_ON_AGENCY_PAGES = {name.partition("_")[0]: name.format("agency_") for name in _VIEWS}


def _list(at: At) -> Response:
    found = message_texts.texts(at.scope, at.campaign.id)
    return respond("message_texts/list.html", texts=found, built_in=previews(at.inside, at.campaign, None), **_frame(at))


def _show(at: At, text_id: int) -> Response:
    text = _text(at, text_id)
    return respond(
        "message_texts/page.html",
        text=text,
        problems=check(text.wording),
        previews=previews(at.inside, at.campaign, text.wording),
        **_frame(at),
    )


def _edit(at: At, text_id: int) -> Response:
    text = _own(at, text_id)
    return _show_form(at, TextForm(data=values_of(text)), text=text)


def _create(at: At) -> Response | Answer:
    form = TextForm()
    if not form.validate():
        return _show_form(at, form, 422)
    if form.look.data:
        return _look(at, form)
    answer = keeping.create(at.scope, at.campaign.id, form.draft())
    if answer is TextRefusal.NOT_YOURS:
        abort(404)
    if not isinstance(answer, int):
        form.refuse(answer)
        return _show_form(at, form, 422)
    flash(_("The text is kept. A rung uses it once it is chosen there."), "good")
    return redirect(at.address("show", text_id=answer), 303)


def _update(at: At, text_id: int) -> Response | Answer:
    text, form = _own(at, text_id), TextForm()
    if not form.validate():
        return _show_form(at, form, 422, text)
    if form.look.data:
        return _look(at, form, text)
    refused = keeping.change(at.scope, at.campaign.id, text_id, form.draft(), form.seen_at())
    if refused is TextRefusal.NOT_YOURS:
        abort(404)
    if refused is TextRefusal.CHANGED_MEANWHILE:
        return _show_form(at, TextForm(formdata=None, data=values_of(_own(at, text_id))), 409, text, changed=True)
    if refused:
        form.refuse(refused)
        return _show_form(at, form, 422, text)
    flash(_("Saved."), "good")
    return redirect(at.address("show", text_id=text_id), 303)


def _delete(at: At, text_id: int) -> Answer:
    """A second click finds it gone, and says so."""
    refused = keeping.remove(at.scope, at.campaign.id, text_id)
    if refused is TextRefusal.IN_USE:
        flash(_("The text stays: a rung of the ladder uses it. Choose another text there first."), "warn")
        return redirect(at.address("show", text_id=text_id), 303)
    if refused and message_texts.text(at.scope, at.campaign.id, text_id):
        abort(403)
    if refused:
        abort(404)
    flash(_("The text was removed."), "good")
    return redirect(at.address("list"), 303)


def _look(at: At, form: TextForm, text: TextView | None = None) -> Response:
    """What is written, as it would be read; nothing is kept."""
    problems = check(form.draft().wording)
    if problems:
        form.refuse(Flawed(problems))
        return _show_form(at, form, 422, text)
    return _show_form(at, form, text=text, previews=previews(at.inside, at.campaign, form.draft().wording))


def _show_form(at: At, form: TextForm, status: int = 200, text: TextView | None = None, **more: Any) -> Response:
    return respond("message_texts/edit.html", status=status, form=form, text=text, **more, **_frame(at))


def _frame(at: At) -> dict[str, Any]:
    known = {"variables": VARIABLES, "receivers": nudge_words.RECEIVERS, "sentence": sentence}
    return known | {"campaign": at.campaign, "address": at.address, "is_agency": at.inside is None}


def _text(at: At, text_id: int) -> TextView:
    return message_texts.text(at.scope, at.campaign.id, text_id) or abort(404)


def _own(at: At, text_id: int) -> TextView:
    """An institution may read the campaign's texts, not change them."""
    text = _text(at, text_id)
    return text if text.is_own else abort(403)
