"""Words for what the reading of a roster knows by name: fields, sheets left out, refusals."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.domain.runs import Stage, Task
from app.exports.roster_template import Who
from app.queries.runs import Failure
from app.services.rosters import RosterRefusal
from app.web.filters import number
from imports.values import Kind, Severity

FIELDS: dict[str, LazyString] = {
    "full_name": _("Full name"),
    "birth_date": _("Date of birth"),
    "birth_year": _("Year of birth"),
    "sex": _("Sex"),
    "personal_id": _("Personal ID (CCCD)"),
    "old_id": _("Old ID card (CMND)"),
    "bhxh_code": _("BHXH code"),
    "pupil_code": _("Pupil code"),
    "staff_code": _("Staff code"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "unit": _("Class or department"),
    "position": _("Position"),
    "guardians": _("Parents or guardians"),
    "returns": _("Outside the target"),
}

# What a heading was taken for, where that is not a field itself.
HEADINGS: dict[str, LazyString] = {
    "number": _("Number in the list"),
    "family_name": _("Family name"),
    "middle_name": _("Middle name"),
    "given_name": _("Given name"),
    "birth_day": _("Day of birth"),
    "birth_month": _("Month of birth"),
    "birth_if_male": _("Date of birth, if male"),
    "birth_if_female": _("Date of birth, if female"),
    "is_male": _("Male, marked"),
    "is_female": _("Female, marked"),
    "health_card": _("Health-insurance card (its BHXH code)"),
    "relation": _("Relation"),
}
ROLES: dict[str, LazyString] = {
    "father": _("Father"),
    "mother": _("Mother"),
    "parent": _("Parent"),
    "parent2": _("Second parent"),
    "guardian": _("Guardian"),
    "guardian2": _("Second guardian"),
}
PARTS: dict[str, LazyString] = {
    "name": _("name"),
    "phone": _("telephone"),
    "contact": _("name and telephone"),
    "personal_id": _("personal ID"),
    "relation": _("relation"),
}

SKIPPED: dict[str, LazyString] = {
    "hidden": _("it is hidden"),
    "empty": _("it is empty"),
    "lookup": _("it is a list to choose from, not a roster"),
    "no-header": _("no header row with names was found"),
    "left-out": _("left out by hand"),
}

UNIT_FROM: dict[str, LazyString] = {
    "column": _("from its column"),
    "group-rows": _("from the rows above the people"),
    "sheet-name": _("from the sheet's name"),
    "title": _("from the title"),
}

WHY_NOT: dict[str, LazyString] = {
    "sensitive": _("sensitive by law"),
    "not-needed": _("not needed"),
    "unknown": _("heading not known"),
    "whose": _("not said whose it is"),
    "child-or-own": _("not said whose it is"),
    "either-parent": _("not said which parent's it is"),
    "left-out": _("left out by hand"),
}

WHY: dict[str, LazyString] = {
    "heading": _("by its heading"),
    "heading-above": _("by the heading above it"),
    "answer": _("as you said"),
    "values": _("by its values"),
}

SEVERITIES: dict[Severity, tuple[str, LazyString]] = {
    Severity.ERROR: ("bad", _("error")),
    Severity.WARNING: ("warn", _("warning")),
    Severity.REPAIR: ("good", _("mended")),
}

KINDS: dict[Kind, tuple[str, LazyString]] = {
    Kind.NEW: ("info", _("new")),
    Kind.CHANGED: ("warn", _("changed")),
    Kind.MOVED: ("info", _("moved")),
    Kind.SAME: ("plain", _("unchanged")),
    Kind.WAITING: ("bad", _("waits")),
}

STATUSES: dict[str, tuple[str, LazyString]] = {
    "asking": ("warn", _("asks how to read it")),
    "reading": ("info", _("being read")),
    "failed": ("bad", _("could not be read")),
    "stopped": ("plain", _("stopped")),
    "read": ("info", _("to be reviewed")),
    "applied": ("good", _("imported")),
    "discarded": ("plain", _("put away")),
    "undone": ("warn", _("undone")),
}

TEMPLATES: dict[Who, LazyString] = {
    Who.PUPILS: _("template for pupils and their guardians"),
    Who.STAFF: _("template for staff"),
}

REFUSALS: dict[RosterRefusal, LazyString] = {
    RosterRefusal.ALREADY_APPLIED: _("This roster has been imported already. Nothing was done a second time."),
    RosterRefusal.DISCARDED: _("This review was put away, so nothing was imported. Upload the file again if you need it."),
    RosterRefusal.NOT_READ: _("This file has not been read to its end, so there is nothing to import yet."),
    RosterRefusal.UNCONFIRMED: _("Nothing was imported yet: first say below whether this is the right file."),
    RosterRefusal.UNDER_WAY: _("Something is under way with this file already. Wait until it has ended, or stop it."),
    RosterRefusal.FILE_GONE: _("The file is not kept any more, so it can't be read again. Upload it again."),
    RosterRefusal.STALE: _("People here have changed since this review was made. Look at the rows that would do something else now."),
    RosterRefusal.ASKING: _("Say first how the file is to be read."),
    RosterRefusal.MEANWHILE: _("Somebody else has changed this review in the meantime. Look at it as it is now."),
    RosterRefusal.NO_SUCH_CELL: _("This can't be corrected here any more. Look at the review as it is now."),
    RosterRefusal.TOO_LONG: _("The text is too long. A cell takes at most 200 letters."),
    RosterRefusal.TOO_MANY: _("Too much has been corrected here. Correct the file and upload it again."),
    RosterRefusal.NOTHING_WAITS: _("No rows of this file are waiting."),
    RosterRefusal.NOT_APPLIED: _("This roster has not been imported, so there is nothing to undo."),
    RosterRefusal.ALREADY_UNDONE: _("This roster has been undone already. Nothing was done a second time."),
    RosterRefusal.BEFORE_UNDOING: _(
        "This roster was imported by an older version, which did not note what it replaced: it can't be undone as a whole. "
        "Correct people on their own pages, or import a corrected file."
    ),
    RosterRefusal.OTHERWISE_NOW: _(
        "Something has changed since this page was shown, and undoing would do something else now. Nothing was undone: look again below."
    ),
}

TASKS: dict[Task, LazyString] = {
    Task.READING: _("The file is being read"),
    Task.REREADING: _("The file is being read again"),
    Task.REVISING: _("The file is being read again"),
    Task.CONTINUING: _("The file is being read again"),
    Task.APPLYING: _("The list is being imported"),
    Task.UNDOING: _("The import is being undone"),
}

STAGES: dict[Stage, LazyString] = {
    Stage.READ: _("Rows are being read."),
    Stage.JUDGED: _("Rows are being checked."),
    Stage.WRITTEN: _("Rows are being written."),
}
STAGE_NAMES: dict[Stage, LazyString] = {Stage.READ: _("Read"), Stage.JUDGED: _("Check"), Stage.WRITTEN: _("Write")}

STOPPED: dict[Task, LazyString] = {
    Task.READING: _("The reading was stopped. Nothing was imported."),
    Task.REREADING: _("The reading was stopped. The review below is the one of before."),
    Task.REVISING: _("The reading was stopped. The review below is the one of before."),
    Task.CONTINUING: _("The reading was stopped. Nothing was imported."),
    Task.APPLYING: _("The import was stopped. Nobody of this file was imported."),
    Task.UNDOING: _("The undoing was stopped. Everything is as it was imported."),
}

_BROKEN = _(
    "Something went wrong here while the file was worked on. Nothing of it was kept. "
    "Try again; if it happens again, tell whoever looks after this program."
)


def failed(failure: Failure) -> str:
    """Why a run did not succeed, in one sentence."""
    if failure.text:
        return str(gettext(failure.text, **failure.params))
    return str(REFUSALS[RosterRefusal(failure.code)] if failure.code in set(RosterRefusal) else _BROKEN)


def brought(new: int, changed: int, moved: int) -> str:
    """What an import did, in numbers; of what is none nothing is said."""
    said = (
        (new, ngettext("%(people)s new person", "%(people)s new people", new, people=number(new))),
        (changed, ngettext("%(people)s person changed", "%(people)s people changed", changed, people=number(changed))),
        (moved, ngettext("%(people)s person moved", "%(people)s people moved", moved, people=number(moved))),
    )
    return ", ".join(text for count, text in said if count) or gettext("nothing new")


def taken_as(field: str) -> str:
    """What a column was taken for."""
    if field in FIELDS or field in HEADINGS:
        return str(FIELDS.get(field) or HEADINGS[field])
    role, _underscore, part = field.partition("_")
    return f"{ROLES[role]}: {PARTS[part]}" if role in ROLES and part in PARTS else field
