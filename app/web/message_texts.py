"""A campaign's own texts: the office's on the agency's pages, an institution's own on the institution's."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.domain.access import Action
from app.queries import message_texts
from app.queries.message_texts import TextView
from app.services import message_texts as keeping
from app.services.message_texts import Flawed, TextRefusal
from app.texts.render import check
from app.texts.variables import VARIABLES
from app.web import nudge_words
from app.web.message_text_forms import TextForm, sentence, values_of
from app.web.render import respond
from app.web.text_previews import previews
from app.web.twins import At, Twins

pages = Blueprint("message_texts", __name__)

both = Twins(
    pages, "/institutions/<institution_code>/campaigns/<campaign_code>/texts", "/agencies/<agency_code>/campaigns/<campaign_code>/texts"
)
TEXT = "/<int:text_id>"


@both.get(Action.PLAN_LADDER)
def list_texts(at: At) -> Response:
    found = message_texts.texts(at.scope, at.campaign.id)
    return respond("message_texts/list.html", texts=found, built_in=previews(at.inside, at.campaign, None), **_frame(at))


@both.get(Action.PLAN_LADDER, "/new")
def new_text(at: At) -> Response:
    return _show_form(at, TextForm())


@both.get(Action.PLAN_LADDER, TEXT)
def show_text(at: At, text_id: int) -> Response:
    text = _text(at, text_id)
    return respond(
        "message_texts/page.html",
        text=text,
        problems=check(text.wording),
        previews=previews(at.inside, at.campaign, text.wording),
        **_frame(at),
    )


@both.get(Action.PLAN_LADDER, f"{TEXT}/edit")
def edit_text(at: At, text_id: int) -> Response:
    text = _own(at, text_id)
    return _show_form(at, TextForm(data=values_of(text)), text=text)


@both.post(Action.PLAN_LADDER)
def create_text(at: At) -> Response | Answer:
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
    return redirect(at.address("show", "text", text_id=answer), 303)


@both.post(Action.PLAN_LADDER, f"{TEXT}/edit")
def update_text(at: At, text_id: int) -> Response | Answer:
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
    return redirect(at.address("show", "text", text_id=text_id), 303)


@both.post(Action.PLAN_LADDER, f"{TEXT}/removal")
def delete_text(at: At, text_id: int) -> Answer:
    """A second click finds it gone, and says so."""
    refused = keeping.remove(at.scope, at.campaign.id, text_id)
    if refused is TextRefusal.IN_USE:
        flash(_("The text stays: a rung of the ladder uses it. Choose another text there first."), "warn")
        return redirect(at.address("show", "text", text_id=text_id), 303)
    if refused and message_texts.text(at.scope, at.campaign.id, text_id):
        abort(403)
    if refused:
        abort(404)
    flash(_("The text was removed."), "good")
    return redirect(at.address("list", "texts"), 303)


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
