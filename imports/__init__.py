"""Rosters: bytes and a snapshot in, a plan out. Knows nothing of the web, the database, the clock or the disk."""

from imports.forms import judge
from imports.planning import plan
from imports.reading import read
from imports.values import (
    ColumnRead,
    Difference,
    Finding,
    GuardianRead,
    Kind,
    KnownPerson,
    Plan,
    PlannedChange,
    Problem,
    Reading,
    RosterRow,
    Severity,
    SheetRead,
    Snapshot,
    Unreadable,
)

__all__ = [
    "ColumnRead",
    "Difference",
    "Finding",
    "GuardianRead",
    "Kind",
    "KnownPerson",
    "Plan",
    "PlannedChange",
    "Problem",
    "Reading",
    "RosterRow",
    "Severity",
    "SheetRead",
    "Snapshot",
    "Unreadable",
    "judge",
    "plan",
    "read",
]
