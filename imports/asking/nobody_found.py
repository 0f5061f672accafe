"""What is asked where nobody was found in a whole workbook: which row names the columns, or whether people on hidden sheets are meant."""

from __future__ import annotations

from collections.abc import Sequence

from imports.asking.heading_questions import no_header, only_hidden
from imports.values import Answer, Question, Reading, SheetPreview, SheetRead, Unreadable

MAY_BE_ASKED = frozenset({"no-header", "no-people", "empty"})


def asked_instead(refusal: Unreadable, previews: Sequence[SheetPreview], answer: Answer | None) -> Reading | None:
    """A reading of nobody with the question, in the place of a refusal; None where there is nothing to ask."""
    said = {sheet.name: sheet for sheet in answer.sheets} if answer else {}
    taken = {name for name, sheet in said.items() if sheet.taken and sheet.though_hidden}
    hidden = [sheet for sheet in previews if sheet.hidden and sheet.name not in taken]
    seen = [sheet for sheet in previews if sheet not in hidden]
    question = _question(refusal.code, seen, hidden)
    if question is None:
        return None
    sheets = tuple(_sheet(sheet, is_hidden=sheet in hidden) for sheet in previews)
    return Reading((), (), sheets, (), (), questions=(question,), fingerprint=refusal.fingerprint)


def _question(code: str, seen: Sequence[SheetPreview], hidden: Sequence[SheetPreview]) -> Question | None:
    """Somebody listed where everybody can see it comes before what is hidden, which is mostly last year's."""
    without_header = [sheet for sheet in seen if sheet.header_row is None and not _is_empty(sheet)]
    listing = next((sheet for sheet in without_header if sheet.lists_people), None)
    if listing:
        return no_header(listing.name)
    people = [sheet.name for sheet in hidden if sheet.lists_people]
    if people:
        return only_hidden(people)
    return no_header(without_header[0].name) if code == "no-header" and without_header else None


def _sheet(sheet: SheetPreview, *, is_hidden: bool) -> SheetRead:
    if is_hidden or sheet.header_row is None:
        return SheetRead(sheet.name, None, 0, "hidden" if is_hidden else "empty" if _is_empty(sheet) else "no-header", None)
    return SheetRead(sheet.name, sheet.header_row, 0, None, None)


def _is_empty(sheet: SheetPreview) -> bool:
    return not any(map(any, sheet.rows))
