"""What somebody has to do next, in a sentence that can be read out on the telephone."""

from __future__ import annotations

from flask_babel import gettext

from app.domain.registration import State
from app.domain.standing import Standing
from app.queries.campaigns import CampaignView
from app.queries.guardians import next_for
from app.queries.people import PersonView
from app.web import words
from app.web.filters import day


def _(text: str, **values: str) -> str:
    return str(gettext(text, **values))


def what_to_do(campaign: CampaignView, person: PersonView) -> str | None:
    """The next thing to do for this person; None when there is nothing."""
    facts, office = person.facts, f"[{campaign.receiving_code}] {campaign.receiving_name}"
    match person.standing:
        case Standing.TO_START:
            return _to_declare(campaign, office)
        case Standing.BLOCKED_GUARDIAN:
            return _for_guardian(campaign, person)
        case Standing.BLOCKED_CODE:
            return _("Ask %(office)s to issue a BHXH code (form TK1-TS). Nothing else can go on before.", office=office)
        case Standing.PAPER_DUE if facts.state is State.FORM_RECEIVED:
            return _(
                "Hand the signed form in at %(office)s by %(day)s. After that day the portal deletes the declaration.",
                office=office,
                day=day(facts.paper_due_on),
            )
        case Standing.PAPER_DUE:
            return _(
                "Print the form, sign it with the full name and hand it in by %(day)s. After that day the portal deletes the declaration.",
                day=day(facts.paper_due_on),
            )
        case Standing.LAPSED:
            return _("The form was due on %(day)s, so the portal has deleted the declaration. Declare again.", day=day(facts.paper_due_on))
        case Standing.TO_FIX:
            return _("Put right what was rejected, then declare again or hand the form in again.")
        case Standing.WAITING:
            return _("BHXH decides; the account and its password come by text message.")
        case Standing.WAITING_LONG:
            return _("Ask %(office)s: it has had this since %(day)s.", office=office, day=day(facts.submitted_on))
        case Standing.TO_SIGN_IN:
            return _("Sign in to VssID with the password from the text message, then change it.")
        case _:
            return None


def _for_guardian(campaign: CampaignView, person: PersonView) -> str:
    """A child under the limit waits for a parent's or guardian's account (letter 239/BHXH-TT)."""
    names = ", ".join(guardian.full_name or gettext("name not known") for guardian in person.guardians)
    if not names:
        return _("No parent or guardian is known yet. Add one: the child registers in their account.")
    event = next_for(campaign.procedure, person).event
    step = str(words.STEPS[event]) if event in words.STEPS else ""
    return _("The account of %(names)s comes first. Their next step: %(step)s.", names=names, step=step[:1].lower() + step[1:])


def _to_declare(campaign: CampaignView, office: str) -> str:
    if campaign.procedure.paper_days is None:
        return _("Sign in to VssID with the electronic-ID account (VNeID), and choose %(office)s as the receiving office.", office=office)
    return _("Declare on the portal or in the VssID app (“Đăng ký ngay”), and choose %(office)s as the receiving office.", office=office)
