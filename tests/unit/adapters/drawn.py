"""Papers drawn for the tests, and the files that hold them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.adapters import pictures  # which makes Pillow know HEIC

LINES = ["CAN CUOC CONG DAN", "So 001314000123", "Ho va ten: TRAN BAO AN", "Ngay sinh 03/05/2014", "Gioi tinh Nu", "Que quan: Long Van"]
__all__ = ["archive", "blurred", "card", "certificate", "face", "file", "locked_pdf", "pages", "pictures", "png_header"]


def card(width: int = 1600, height: int = 1000, ground: str = "#dfe8ef", ink: str = "#202020") -> Image.Image:
    """An identity card that lies as it should; its upper left corner is red."""
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(height // 18)
    for number, line in enumerate(LINES):
        draw.text((width // 3, height // 8 + number * height // 8), line, font=font, fill=ink)
    draw.ellipse((width // 12, height // 3, width // 4, 2 * height // 3), fill="#c8a088")
    draw.rectangle((0, 0, width // 10, height // 10), fill="red")
    return image


def certificate() -> Image.Image:
    """An A4 sheet full of lines."""
    image = Image.new("RGB", (1240, 1754), "#f4f0e0")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(26)
    for number in range(28):
        draw.text((150, 160 + number * 50), "Ho, chu dem, ten nguoi duoc khai sinh: Tran Bao An", font=font, fill="#333355")
    return image


def face() -> Image.Image:
    """A head before a plain wall: far less detail than letters have."""
    image = Image.new("RGB", (900, 1200), "#e8ecf0")
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 850, 800, 1500), fill="#f8f8f8")
    draw.ellipse((280, 250, 620, 720), fill="#d8ac90")
    draw.pieslice((260, 200, 640, 700), 180, 360, fill="#2a2320")
    for eye in (370, 510):
        draw.ellipse((eye, 470, eye + 50, 495), fill="white")
        draw.ellipse((eye + 14, 470, eye + 38, 495), fill="#301810")
        draw.line((eye - 10, 440, eye + 60, 435), fill="#2a2320", width=9)
    draw.line((400, 620, 500, 620), fill="#904040", width=8)
    return image


def blurred(image: Image.Image, strength: float = 4) -> Image.Image:
    """`strength` in thousandths of the longer side."""
    return image.filter(ImageFilter.GaussianBlur(strength * max(image.size) / 1000))


def file(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("run.sh", "#!/bin/sh\n")
    return stream.getvalue()


def pages(count: int, width: float = 400, height: float = 500) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(width, height)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def locked_pdf() -> bytes:
    """One whose entry no empty password opens."""
    entry = "<< /Filter /Standard /V 1 /R 2 /O <" + "5a" * 32 + "> /U <" + "a5" * 32 + "> /P -4 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] >>",
        entry,
    ]
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<{'00' * 16}> <{'00' * 16}>] >>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 5\n0000000000 65535 f \n{table}{end}".encode()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in [
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(bytes(1000))),
            (b"IEND", b""),
        ]
    )
