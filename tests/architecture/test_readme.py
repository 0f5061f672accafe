"""README shows the state machine as it is."""

from __future__ import annotations

from pathlib import Path

from app.domain.procedure import PROCEDURES
from app.domain.table import markdown

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_table_of_states_is_the_codes_own() -> None:
    text = README.read_text()
    for procedure in PROCEDURES.values():
        assert f"### `{procedure.code}`\n\n{markdown(procedure)}\n" in text, "run: python -m app.domain.table"
