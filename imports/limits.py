"""How much a file may hold. Generous for a roster; small enough that nobody can fill the machine's memory with one upload."""

from __future__ import annotations

MAX_UNPACKED_BYTES = 256_000_000
MAX_PARTS = 5_000
MAX_SHEETS = 500
MAX_CELLS = 6_000_000
MAX_ROWS = 200_000
MAX_HEADER_ROW = 40
