"""Workbooks that go back to whoever sends rosters: their own with the findings marked, and a blank one. Both are Vietnamese.

The web and the command line both come here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from flask_babel import force_locale, gettext

from app.books import UNIT_WORDS
from app.domain.scope import CampaignScope, InstitutionScope
from app.exports.returned import Mark, Returned, returned
from app.exports.roster_template import Who, template
from app.queries import places, roster_marks, rosters, terms
from imports.asking.corrections import as_written
from imports.files.origins import Origin

# For whom an institution may want a template; the first is what it mostly needs.
FOR_WHOM = {"school": (Who.PUPILS, Who.STAFF), "university": (Who.STAFF,), "employer": (Who.STAFF,)}
_STAFF_WORDS = UNIT_WORDS | {"school": "Tổ chuyên môn"}


def returned_book(scope: CampaignScope, roster_id: int) -> Returned | None:
    """The kept workbook with what was typed here and what is found in it then; None where there is no such roster, or its file isn't kept
    any more."""
    kept, known = terms.kept_roster(scope, roster_id), rosters.roster(scope, roster_id)
    if kept is None or known is None:
        return None
    headers = {sheet.name: sheet.header_row for sheet in known.understood.sheets if sheet.header_row is not None and not sheet.skipped}
    fields = {(column.sheet, column.letters): column.field for column in known.understood.columns if column.field}
    typed = [as_written(cell, fields.get((cell.sheet, cell.column))) for cell in kept.terms.corrections]
    hidden = any(sheet.though_hidden for sheet in kept.terms.answer.sheets) if kept.terms.answer else False
    with force_locale("vi"):
        return returned(
            kept.data,
            kept.filename,
            _marks(scope, roster_id),
            headers,
            typed,
            with_hidden=hidden,
            origin=Origin(roster_id, hashlib.sha256(kept.data).hexdigest()),
        )


def _marks(scope: CampaignScope, roster_id: int) -> Iterator[Mark]:
    for found in roster_marks.findings(scope, roster_id):
        yield Mark(found.sheet, found.row, found.column, found.severity, gettext(found.text, **found.params))


def blank_book(scope: InstitutionScope, who: Who) -> bytes:
    """A template with the institution's own classes or departments to choose from."""
    institution = places.institution(scope)
    unit_word = (_STAFF_WORDS if who is Who.STAFF else UNIT_WORDS)[institution.kind]
    units = [] if (institution.kind, who) == ("school", Who.STAFF) else [unit.name for unit in places.units(scope)]
    return template(who, institution.name, unit_word, units)
