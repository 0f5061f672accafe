"""The form of a text, and a sentence for everything that can be wrong with one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.queries.message_texts import TextView
from app.services.message_texts import NAME_LENGTH, Flawed, TextDraft, TextRefusal
from app.texts.render import MOST_PARTS, Fault, Problem
from app.web.contacts import TOO_LONG

_WRITE = _("Please write this.")
NAME_TAKEN = _("There is a text of this name already.")


class TextForm(FlaskForm):  # type: ignore[misc]
    """A text with its subject and SMS form. `seen` tells which version was on the screen; `look` asks for a look without saving."""

    name = StringField(_("Name of the text"), [DataRequired(_("Please give the name.")), Length(max=NAME_LENGTH, message=TOO_LONG)])
    subject = StringField(_("Subject of the e-mail"), [DataRequired(_WRITE)])
    body = TextAreaField(_("Message"), [DataRequired(_WRITE)])
    short = TextAreaField(_("SMS form"))
    seen = HiddenField()
    look = SubmitField()

    def draft(self) -> TextDraft:
        return TextDraft(self.name.data or "", self.subject.data or "", self.body.data or "", self.short.data or "")

    def seen_at(self) -> datetime:
        """What nobody can have seen where the field was mangled: then the text has changed meanwhile."""
        try:
            seen = datetime.fromisoformat(self.seen.data or "")
        except ValueError:
            return datetime.min.replace(tzinfo=UTC)
        return seen if seen.tzinfo else seen.replace(tzinfo=UTC)

    def refuse(self, refusal: TextRefusal | Flawed) -> None:
        """The service's refusal as messages by the fields."""
        if isinstance(refusal, Flawed):
            for problem in refusal.problems:
                self._say(problem.part, sentence(problem))
        elif refusal is TextRefusal.NAME_TAKEN:
            self._say("name", NAME_TAKEN)
        elif refusal is TextRefusal.NO_NAME:
            self._say("name", gettext("Please give the name."))

    def _say(self, field: str, text: Any) -> None:
        self[field].errors = [*self[field].errors, text]


def values_of(text: TextView) -> dict[str, str]:
    """What the form holds before anybody types."""
    wording = text.wording
    shown = {"subject": wording.subject, "body": wording.body, "short": wording.short}
    return shown | {"name": text.name, "seen": text.changed_at.isoformat()}


def sentence(problem: Problem) -> str:
    """What is wrong with a text, and what to do."""
    return str(_sentence(problem))


def _sentence(problem: Problem) -> Any:
    about = problem.detail
    match problem.fault:
        case Fault.EMPTY:
            return _WRITE
        case Fault.TOO_LONG:
            return gettext("This is too long: %(most)s characters at most.", most=about)
        case Fault.BROKEN:
            return gettext(
                "Line %(line)s can't be read. Check the brackets: {{ … }} puts a value in, {%% if … %%} … {%% endif %%} needs its end.",
                line=about,
            )
        case Fault.UNKNOWN_VARIABLE:
            return gettext("There is no variable “%(name)s”. Take one from the table beside.", name=about)
        case Fault.NOT_ALLOWED:
            return gettext(
                "Line %(line)s asks for more than a text may do: only {{ … }} with a variable and {%% if … %%} are allowed.",
                line=about,
            )
        case Fault.IDENTITY_NUMBER:
            return gettext("An identity number stands in this text. No message may hold one.")
        case Fault.TOO_MANY_PARTS:
            return gettext(
                "The SMS form takes %(count)s parts for a guardian with three children; %(most)s at most.", count=about, most=MOST_PARTS
            )
        case Fault.TWO_LINES:
            return gettext("A subject is one line.")
