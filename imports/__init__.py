"""Rosters: bytes and a snapshot in, a plan out. Knows nothing of the web, the database, the clock or the disk."""

from imports.asking.previews import preview
from imports.forms import judge
from imports.headings.meaning import FIELDS_TO_CHOOSE
from imports.known.doubts import Doubt, doubts
from imports.known.planning import plan
from imports.reading import read
from imports.values import (
    Answer,
    ColumnRead,
    Correction,
    Difference,
    Evidence,
    Finding,
    GuardianRead,
    Kind,
    KnownPerson,
    Note,
    Plan,
    PlannedChange,
    Problem,
    Question,
    Reading,
    RosterRow,
    Severity,
    SheetAnswer,
    SheetPreview,
    SheetRead,
    Snapshot,
    Unreadable,
)

__all__ = [
    "FIELDS_TO_CHOOSE",
    "Answer",
    "ColumnRead",
    "Correction",
    "Difference",
    "Doubt",
    "Evidence",
    "Finding",
    "GuardianRead",
    "Kind",
    "KnownPerson",
    "Note",
    "Plan",
    "PlannedChange",
    "Problem",
    "Question",
    "Reading",
    "RosterRow",
    "Severity",
    "SheetAnswer",
    "SheetPreview",
    "SheetRead",
    "Snapshot",
    "Unreadable",
    "doubts",
    "judge",
    "plan",
    "preview",
    "read",
]
