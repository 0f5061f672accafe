"""What was done with a sheet as a whole, said in a note for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imports.files.cells import Sheet
from imports.values import Note

_MOST_NAMED = 12
_OF_ROWS = {
    "header": Note(None, "repeated-headers", "The header again, skipped: %(count)s (rows %(rows)s)"),
    "more": Note(None, "further-guardians", "Rows with a further guardian of the person above: %(count)s (rows %(rows)s)"),
    "example": Note(None, "examples", "Rows marked as an example, skipped: %(count)s (rows %(rows)s)"),
    "total": Note(None, "totals", "Totals and remarks, skipped: %(count)s (rows %(rows)s)"),
    "signature": Note(None, "signatures", "Lines for signatures, skipped: %(count)s (rows %(rows)s)"),
    "below": Note(None, "below-the-list", "Lines below the list, skipped: %(count)s (rows %(rows)s)"),
    "group": Note(None, "group-rows", "Rows that name the unit of those below: %(count)s (rows %(rows)s)"),
    "title": Note(None, "titles-between", "Titles between two parts of the list: %(count)s (rows %(rows)s)"),
}


def of_rows(sheet: str, skipped: Mapping[str, Sequence[int]]) -> list[Note]:
    """Rows below the header that are nobody, by kind, with their numbers as Excel shows them."""
    return [
        note._replace(sheet=sheet, params=(("count", str(len(rows))), ("rows", _listed(sorted(rows)))))
        for kind, note in _OF_ROWS.items()
        if (rows := skipped.get(kind, ()))
    ]


def of_sheet(sheet: Sheet, skipped: str | None) -> list[Note]:
    """What the file's own room noted, hidden rows and columns, and why a sheet was not read."""
    if skipped == "hidden":
        return [Note(sheet.name, "hidden-sheet", "The sheet is hidden and was not read")]
    notes = list(sheet.notes)
    if sheet.hidden and not skipped:
        notes.append(Note(sheet.name, "hidden-sheet-read", "The sheet is hidden and was read, as you said"))
    if sheet.hidden_rows and not skipped:
        notes.append(
            Note(sheet.name, "hidden-rows", "Hidden rows were read like the others: %(count)s", (("count", str(sheet.hidden_rows)),))
        )
    if sheet.hidden_columns and not skipped:
        columns = (("columns", _listed(sheet.hidden_columns)),)
        notes.append(Note(sheet.name, "hidden-columns", "Hidden columns were read like the others: %(columns)s", columns))
    if skipped == "lookup":
        notes.append(Note(sheet.name, "lookup-sheet", "The sheet is a look-up list and was not read"))
    elif skipped == "no-header":
        notes.append(Note(sheet.name, "sheet-without-people", "The sheet has no headings of a list of people and was not read"))
    elif skipped == "left-out":
        notes.append(Note(sheet.name, "sheet-left-out", "The sheet was left out, as you said"))
    return notes


def side_by_side(sheet: str, columns: str) -> Note:
    return Note(
        sheet,
        "side-by-side",
        "Two tables stand side by side; the left one was read first, then the one from column %(column)s on",
        (("column", columns),),
    )


def _listed(places: Sequence[int | str]) -> str:
    named = ", ".join(map(str, places[:_MOST_NAMED]))
    return f"{named}…" if len(places) > _MOST_NAMED else named
