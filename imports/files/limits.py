"""How much a file may hold. Generous for a roster; small enough that nobody can fill the machine's memory with one upload."""

from __future__ import annotations

MAX_UNPACKED_BYTES = 256_000_000
MAX_PARTS = 5_000
MAX_SHEETS = 500
MAX_CELLS = 6_000_000
MAX_COLUMNS = 16_384  # a spreadsheet program's own, up to XFD
MAX_TEXT_BYTES = 128_000_000  # the texts of all cells together
LONGEST_CELL = 32_767  # characters; a spreadsheet program's own
MAX_ROWS = 200_000
MAX_HEADER_ROW = 40
LAST_ROW = MAX_ROWS + 1_000  # with titles and what stands below the people; a kind of file that is read row by row is read no further
MAX_TAGS = 8_000_000  # of one document
MAX_DEPTH = 100  # of tables in tables
