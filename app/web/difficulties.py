"""Difficulties: the institution's list, one with its story and what can be done, new ones; and the office's list over all institutions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.access import Action
from app.domain.difficulties import Kind
from app.domain.scope import AgencyScope, CampaignScope
from app.queries import agency_difficulties, campaigns, difficulties, people, places
from app.queries.agency_difficulties import AgencyRow
from app.queries.difficulties import DifficultyView, Which
from app.queries.people import PersonView
from app.services import difficulties as keeping
from app.services.difficulties import DifficultyRefusal
from app.web import difficulty_forms as said
from app.web import gate, words
from app.web.difficulty_forms import AnswerForm, NewForm, PassOnForm, ReopenForm, new_form, owner_of, pass_on_form
from app.web.ids import an_id
from app.web.render import respond

pages = Blueprint("difficulties", __name__)


@pages.app_template_filter("difficulty_kind")
def kind_words(kind: Kind) -> LazyString:
    """For the fragment that other pages include."""
    return said.KINDS[kind]


@pages.app_template_filter("difficulty_example")
def example_words(kind: str) -> LazyString:
    return said.EXAMPLES[Kind(kind)]


@pages.app_template_filter("difficulty_handling")
def handling_words(kind: str) -> str:
    return said.handling_words(Kind(kind))


@pages.app_template_filter("difficulty_due")
def due_words(difficulty: DifficultyView | AgencyRow) -> words.Said:
    return said.due_words(difficulty.due_on, difficulty.is_overdue, clock.today())


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/difficulties")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_difficulties(scope: CampaignScope) -> Response:
    which, after = _which(), request.args.get("after", type=an_id)
    return respond(
        "difficulties/list.html",
        "difficulties/_list.html",
        campaign=campaigns.campaign(scope),
        place=_place(),
        which=which,
        counts=difficulties.counts(scope),
        lists=said.LISTS,
        listed=difficulties.difficulties_page(scope, which, after),
        owners={owner.user_id for owner in difficulties.possible_owners(scope)},
        first=after is not None,
        may_record=scope.may(Action.RECORD),
    )


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/difficulties/new")
@gate.in_campaign(Action.RECORD)
def new_difficulty(scope: CampaignScope) -> Response:
    return _show_new(scope, new_form(scope), request.args.get("person", type=an_id))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/difficulties")
@gate.in_campaign(Action.RECORD)
def create_difficulty(scope: CampaignScope) -> Response | Answer:
    form = new_form(scope)
    if not form.validate():
        if form.person.errors:
            abort(404)
        return _show_new(scope, form, request.form.get("person", type=an_id), 422)
    answer = keeping.open_difficulty(scope, form.draft())
    if answer is DifficultyRefusal.UNKNOWN_PERSON:
        abort(404)
    if isinstance(answer, DifficultyRefusal):
        _put_down(form, answer)
        return _show_new(scope, form, form.person.data, 422)
    flash(gettext("The difficulty is noted."), "good")
    return redirect(url_for("difficulties.show_difficulty", **_place(), difficulty_id=answer), 303)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/difficulties/<int:difficulty_id>")
@gate.in_campaign(Action.SEE_PEOPLE)
def show_difficulty(scope: CampaignScope, difficulty_id: int) -> Response:
    return _show(scope, difficulty_id)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/difficulties/<int:difficulty_id>")
@gate.in_campaign(Action.RECORD)
def update_difficulty(scope: CampaignScope, difficulty_id: int) -> Response | Answer:
    """Answered, passed on or opened again, as the form that was sent says, by somebody who saw the revision that it names."""
    difficulty = _difficulty(scope, difficulty_id)
    form: AnswerForm | PassOnForm | ReopenForm
    match request.form.get("act"):
        case "answer":
            form, done = AnswerForm(), gettext("The difficulty is answered and closed.")
        case "pass-on":
            form, done = pass_on_form(scope, difficulty, fresh=False), gettext("The difficulty is passed on.")
        case "reopen":
            form, done = ReopenForm(), gettext("The difficulty is open again.")
        case _:
            abort(400)
    if not form.validate():
        return _show(scope, difficulty_id, 422, form)
    refused = _changed(scope, difficulty_id, form)
    if refused is DifficultyRefusal.UNKNOWN:
        abort(404)
    if refused in said.TOLD:
        return _show(scope, difficulty_id, 409, told=said.REFUSALS[refused])
    if refused:
        _put_down(form, refused)
        return _show(scope, difficulty_id, 422, form)
    flash(done, "good")
    return redirect(url_for("difficulties.show_difficulty", **_place(), difficulty_id=difficulty_id), 303)


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>/difficulties")
@gate.at_agency(Action.SEE_AGENCY)
def list_agency_difficulties(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = campaigns.agency_campaign(scope, campaign_code) or abort(404)
    which, number, institution = _which(), request.args.get("after", type=an_id), request.args.get("at")
    after = (institution, number) if institution and number is not None else None
    return respond(
        "difficulties/agency.html",
        "difficulties/_agency.html",
        agency=places.agency(scope),
        campaign=campaign,
        which=which,
        counts=agency_difficulties.agency_counts(scope, campaign),
        lists=said.LISTS,
        listed=agency_difficulties.agency_page(scope, campaign, which, after),
        first=after is not None,
    )


def _changed(scope: CampaignScope, difficulty_id: int, form: AnswerForm | PassOnForm | ReopenForm) -> DifficultyRefusal | None:
    revision = form.revision.data
    if isinstance(form, AnswerForm):
        return keeping.answer(scope, difficulty_id, revision, form.answer.data)
    if isinstance(form, PassOnForm):
        return keeping.pass_on(scope, difficulty_id, revision, owner_of(form), form.due_on.data)
    return keeping.reopen(scope, difficulty_id, revision)


def _put_down(form: Any, why: DifficultyRefusal) -> None:
    """The refusal as a message by the field it is about."""
    fields = {DifficultyRefusal.ODD_DUE: "due_on", DifficultyRefusal.UNKNOWN_OWNER: "owner", DifficultyRefusal.NO_OWNER: "owner"}
    name = fields.get(why) or ("text" if "text" in form else "answer")
    if name in form:
        form[name].errors = [said.REFUSALS[why]]
    else:
        form.form_errors.append(said.REFUSALS[why])


def _show_new(scope: CampaignScope, form: NewForm, person_id: int | None, status: int = 200) -> Response:
    return respond(
        "difficulties/new.html", status=status, form=form, place=_place(), person=_person(scope, person_id) if person_id else None
    )


def _show(
    scope: CampaignScope,
    difficulty_id: int,
    status: int = 200,
    refused: AnswerForm | PassOnForm | ReopenForm | None = None,
    told: LazyString | None = None,
) -> Response:
    """`refused` is a form that was not accepted; `told` that somebody else was faster."""
    difficulty = _difficulty(scope, difficulty_id)
    return respond(
        "difficulties/page.html",
        status=status,
        difficulty=difficulty,
        steps=difficulties.steps(scope, difficulty_id),
        place=_place(),
        told=told,
        answering=refused if isinstance(refused, AnswerForm) else AnswerForm(formdata=None),
        passing_on=refused if isinstance(refused, PassOnForm) else pass_on_form(scope, difficulty, fresh=True),
        wants_to_pass_on=isinstance(refused, PassOnForm),
        owner_has_left=difficulty.owner_id not in {owner.user_id for owner in difficulties.possible_owners(scope)},
        may_record=scope.may(Action.RECORD),
    )


def _difficulty(scope: CampaignScope, difficulty_id: int) -> DifficultyView:
    return difficulties.one(scope, difficulty_id) or abort(404)


def _person(scope: CampaignScope, person_id: int) -> PersonView:
    return people.person(scope, campaigns.campaign(scope), person_id) or abort(404)


def _which() -> Which:
    asked = request.args.get("which")
    return Which(asked) if asked in set(Which) else Which.OPEN


def _place() -> dict[str, Any]:
    """The codes of the place that this request is at."""
    return {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}
