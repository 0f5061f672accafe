"""One person's page: how they stand, the steps of the way, what may be recorded, and what was."""

from __future__ import annotations

from flask import Response, abort
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from app import clock
from app.domain import next_steps
from app.domain.access import Action
from app.domain.next_steps import Status
from app.domain.registration import PROVEN, Details, Event, Proof, Way
from app.domain.scope import CampaignScope
from app.queries import campaigns, difficulties, evidence, people, places
from app.queries.campaigns import CampaignView
from app.queries.guardians import next_for
from app.queries.people import PersonView
from app.services.histories import DETAIL_LENGTH, REASON_LENGTH
from app.web import person_nudges, words
from app.web.contacts import TOO_LONG
from app.web.guidance import what_to_do
from app.web.ids import LARGEST
from app.web.render import respond, wants_fragment
from app.web.terms import Date


class EventForm(FlaskForm):  # type: ignore[misc]
    """Something that happened to one person. `revision` is what the recorder has seen of the registration."""

    event = SelectField(_("What happened"), choices=[SelectChoice(event.value, words.EVENTS[event]) for event in Event])
    on = Date(_("On which day"), [InputRequired(_("Give the day on which it happened."))], format=["%Y-%m-%d", "%d/%m/%Y"])
    reason = StringField(_("Reason"), [Length(max=REASON_LENGTH, message=TOO_LONG)])
    file_number = StringField(_("File number of the portal"), [Length(max=DETAIL_LENGTH, message=TOO_LONG)])
    office = StringField(_("Receiving office"), [Length(max=DETAIL_LENGTH, message=TOO_LONG)])
    way = SelectField(_("How the form comes in"), choices=words.choices(words.WAYS), default="")
    proof = SelectField(_("How it is known"), choices=words.choices(words.PROOFS), default="")
    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, LARGEST)])

    def details(self, campaign: CampaignView) -> Details:
        """What was said besides the day, as far as the event has use for it."""
        return details_for(Event(self.event.data), campaign, self.file_number.data, self.way.data, self.proof.data, self.office.data)


def details_for(
    event: Event, campaign: CampaignView, file_number: str | None, way: str | None, proof: str | None, office: str | None = None
) -> Details:
    """The details that belong to an event; a declaration names the campaign's receiving office unless another is said."""
    declared = event is Event.DECLARED
    return Details(
        file_number=file_number or None if declared else None,
        office=((office or "").strip() or campaign.receiving_code) if declared else None,
        way=Way(way) if way in set(Way) and (declared or event is Event.HANDED_IN) else None,
        proof=Proof(proof) if proof in set(Proof) and event in PROVEN else None,
    )


def show_page(
    scope: CampaignScope, person_id: int, status: int = 200, *, form: EventForm | None = None, changed: str | None = None
) -> Response:
    """`form` is one that was refused; `changed` says who has changed the registration since it was seen."""
    campaign, institution = campaigns.campaign(scope), places.institution(scope.within)
    person = people.person(scope, campaign, person_id) or abort(404)
    following = next_steps.next_event(campaign.procedure, person.facts.state, person.standing)
    others = next_steps.other_events(campaign.procedure, person.facts, person.standing, clock.today())
    return respond(
        "people/person.html",
        "people/_person.html",
        status,
        campaign=campaign,
        person=person,
        place={"institution_code": institution.code, "campaign_code": campaign.code},
        following=following,
        steps=next_steps.steps(campaign.procedure, person.facts, person.standing),
        Status=Status,
        what_to_do=what_to_do(campaign, person),
        guardians_step=next_for(campaign.procedure, person),
        owed=next_steps.paper_is_owed(campaign.procedure, person.facts),
        renewal_due=next_steps.renewal_due_on(person.facts),
        papers=evidence.papers_of(scope, campaign, person),
        may_see_images=scope.may(Action.SEE_IMAGES),
        difficulties=difficulties.of_person(scope, person_id),
        reminders=person_nudges.ledger_of(scope, campaign, person),
        form=_form(form, [event for event in (following, *others) if event], person),
        was_refused=form is not None,
        changed=changed,
        last_counting=next((e for e in person.events if e.event is not Event.TAKEN_BACK and not e.undone), None),
        by_number={e.number: e for e in person.events},
        alone=wants_fragment(),
        may_record=scope.may(Action.RECORD),
        may_edit=scope.may(Action.EDIT_PEOPLE),
    )


def _form(refused: EventForm | None, offered: list[Event], person: PersonView) -> EventForm:
    """The form for whatever may be recorded now, the next step first; a refused one keeps what was chosen."""
    form = refused or EventForm(formdata=None, on=clock.today())
    if form.event.data in set(Event) - set(offered):
        offered = [Event(form.event.data), *offered]
    form.event.choices = [SelectChoice("", gettext("Choose…")), *(SelectChoice(event.value, words.EVENTS[event]) for event in offered)]
    form.revision.raw_data, form.revision.data = None, person.revision
    return form
