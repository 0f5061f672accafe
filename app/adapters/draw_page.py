"""Draws the first page of the PDF on standard input as a PNG on standard output.

Runs as a process of its own, by its path and without the rest of the program: a PDF that crashes, swells or never ends takes nothing
else with it, and PDFium, which knows no threads, never meets a second one.
"""

from __future__ import annotations

import io
import resource
import sys

MAX_PAGES = 5
LONGEST_SIDE = 2000
MAX_MEMORY = 1536 * 1024 * 1024
MAX_SECONDS = 20
LOCKED, TOO_MANY_PAGES = 3, 4  # how the process ends where it has nothing to show; anything but these and 0 means damaged


def draw(data: bytes) -> bytes:
    import pypdfium2  # here, because the parent only wants the numbers above

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        sys.exit(LOCKED if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else 1)
    if len(document) > MAX_PAGES:
        sys.exit(TOO_MANY_PAGES)
    page = document[0]
    image = page.render(scale=LONGEST_SIDE / max(page.get_size())).to_pil()
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read()))
