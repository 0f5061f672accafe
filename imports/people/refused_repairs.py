"""Repairs that a user doesn't want: the value is left out, and that is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imports.judges.blanks import Findings
from imports.values import Finding, Severity

Refused = frozenset[tuple[str, str]]

_LEFT_OUT = Finding(
    Severity.WARNING, "", "This could have been mended by rule, which somebody here didn't want. It was left out; write it anew."
)
_KEPT = Finding(Severity.WARNING, "", "This could have been mended by rule, which somebody here didn't want. It was kept as it stands.")


def without_refused(
    field: str, findings: Findings, refused: Refused, *columns: list[Any], instead: Sequence[Any] | None = None
) -> Findings:
    """The findings with refused repairs as warnings. Their places in `columns` become None, or what `instead` has there."""
    if not refused or not findings:
        return findings
    kept: Findings = []
    for index, finding in findings:
        if finding.severity is Severity.REPAIR and (field, finding.code) in refused:
            for values in columns:
                values[index] = instead[index] if instead else None
            finding = (_KEPT if instead else _LEFT_OUT)._replace(code=finding.code)
        kept.append((index, finding))
    return kept
