"""One column of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from imports.files.cells import letters_of
from imports.headings.plain_headings import Meaning

WHOSE = "whose"  # why a column is not taken that may be the listed person's or a contact person's
EITHERS = "either-parent"  # and one that may be either parent's


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its place (0-based), its heading as written, and what that means. `why`: as ColumnRead has it."""

    index: int
    heading: str
    meaning: Meaning
    why: str = "heading"

    @property
    def letters(self) -> str:
        return letters_of(self.index)
