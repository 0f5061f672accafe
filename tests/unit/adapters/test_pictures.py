"""What is kept of a picture that somebody sends, and what is refused."""

from __future__ import annotations

import io
import random
import struct

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from app.adapters.pictures import LONGEST_SIDE, Picture, Unusable, take
from app.adapters.uploads import MAX_BYTES, MAX_SCANS
from app.domain.track import Flaw, Item
from tests.unit.adapters import drawn
from tests.unit.adapters.drawn import archive, blurred, card, certificate, face, file, pages, png_header

CARD = file(card())
SMALL = card(480, 320)


def reopened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.jpeg))
    image.load()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (picture.width, picture.height))
    return image


def is_red(colour: object) -> bool:
    red, green, blue = colour  # type: ignore[misc]
    return red > 180 and green < 90 and blue < 90


def refusal(data: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        take(data, Item.ID_FRONT)
    assert str(refused.value) == refused.value.text % refused.value.params
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "PDF"])
def test_each_accepted_kind_becomes_a_jpeg(kind: str):
    picture = take(file(card(), kind), Item.ID_FRONT)
    image = reopened(picture)
    assert picture.hint is None
    assert image.width / image.height == pytest.approx(1.6, abs=0.01)
    assert is_red(image.getpixel((20, 20)))
    assert not is_red(image.getpixel((image.width // 2, 20)))


@pytest.mark.parametrize(
    "image",
    [card().convert("L"), card().convert("P"), card().convert("1"), card().convert("RGBA"), card().convert("LA"), card().convert("I;16")],
    ids=lambda image: image.mode,
)
def test_every_way_of_storing_colours_is_understood(image: Image.Image):
    assert reopened(take(file(image, "PNG"), Item.ID_FRONT)).size == (1600, 1000)


def test_printers_colours_are_understood():
    assert is_red(reopened(take(file(card().convert("CMYK")), Item.ID_FRONT)).getpixel((20, 20)))


def test_sixteen_bits_of_grey_keep_their_shades():
    dark_to_light = b"".join(struct.pack("<H", 65535 * row // 399) * 400 for row in range(400))
    image = reopened(take(file(Image.frombytes("I;16", (400, 400), dark_to_light), "PNG"), Item.ID_FRONT))
    assert [image.getpixel((200, row))[0] for row in (0, 200, 399)] == pytest.approx([0, 128, 255], abs=4)


def test_what_is_transparent_becomes_white():
    image = card().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    assert reopened(take(file(image, "PNG"), Item.ID_FRONT)).getextrema() == ((255, 255),) * 3


def test_a_large_picture_becomes_as_large_as_needed():
    assert reopened(take(file(card(4000, 3000)), Item.ID_FRONT)).size == (LONGEST_SIDE, 1500)
    assert reopened(take(file(card(3000, 4000), "PNG"), Item.ID_FRONT)).size == (1500, LONGEST_SIDE)


def test_a_small_picture_keeps_its_size():
    assert reopened(take(file(SMALL), Item.ID_FRONT)).size == SMALL.size


def test_of_several_pictures_in_one_file_the_first_is_taken():
    white = Image.new("RGB", SMALL.size, "white")
    for data in (file(SMALL, "PNG", save_all=True, append_images=[white]), file(SMALL, "MPO", save_all=True, append_images=[white])):
        assert is_red(reopened(take(data, Item.ID_FRONT)).getpixel((10, 10)))


def test_of_a_pdf_the_first_page_is_taken():
    data = file(card(), "PDF", save_all=True, append_images=[certificate()] * 4)
    image = reopened(take(data, Item.ID_FRONT))
    assert image.size == (LONGEST_SIDE, 1250)
    assert is_red(image.getpixel((20, 20)))


# Upright


TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", TURNED)
def test_however_the_phone_was_held_the_picture_ends_upright(kind: str, orientation: int):
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = TURNED[orientation]
    image = reopened(take(file(SMALL if turn is None else SMALL.transpose(turn), kind, exif=exif), Item.ID_FRONT))
    assert image.size == SMALL.size
    assert is_red(image.getpixel((10, 10)))


def test_a_heic_picture_is_turned_once():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = reopened(take(file(SMALL.transpose(Image.Transpose.ROTATE_90), "HEIF", exif=exif.tobytes()), Item.ID_FRONT))
    assert image.size == SMALL.size
    assert is_red(image.getpixel((10, 10)))


@pytest.mark.filterwarnings("ignore")  # Pillow's remarks on them
def test_damaged_notes_of_the_camera_spoil_no_picture():
    picture = take(file(SMALL, exif=b"Exif\0\0MM\0*\0\0\xff\xff\xff"), Item.ID_FRONT)
    assert reopened(picture).size == SMALL.size


@pytest.mark.parametrize("item", [Item.PORTRAIT, Item.BIRTH_CERTIFICATE])
def test_a_portrait_or_certificate_that_lies_is_noticed(item: Item):
    assert take(file(certificate()), item).hint is None
    assert take(file(certificate().transpose(Image.Transpose.ROTATE_90)), item).hint is Flaw.TAKEN_LYING


@pytest.mark.parametrize("item", [Item.ID_FRONT, Item.ID_BACK, Item.GUARDIAN_ID_FRONT, Item.GUARDIAN_ID_BACK, "something-else"])
def test_a_card_may_lie_or_stand(item: str):
    assert take(CARD, item).hint is None
    assert take(file(card().transpose(Image.Transpose.ROTATE_90)), item).hint is None


# Sharp


def on_a_table(image: Image.Image) -> Image.Image:
    table = Image.new("RGB", (1500, 2000), "#8a7358")
    table.paste(image.resize((1050, 656), Image.Resampling.LANCZOS), (225, 650))
    return table


def with_grain(image: Image.Image) -> Image.Image:
    return Image.blend(image, Image.effect_noise(image.size, 60).convert("RGB"), 0.1)


SHARP = {
    "card": card(),
    "small card": SMALL,
    "dim card": card(ground="#808080", ink="#505050"),
    "card on a table": on_a_table(card()),
    "grainy card": with_grain(card()),
    "certificate": certificate(),
    "face": face(),
    "grainy face": with_grain(face()),
}


@pytest.mark.parametrize("name", SHARP)
def test_what_is_sharp_is_not_called_blurred(name: str):
    assert take(file(SHARP[name]), Item.ID_FRONT).hint is None


@pytest.mark.parametrize("name", SHARP)
def test_what_is_blurred_is_noticed(name: str):
    image = blurred(SHARP[name])
    assert take(file(with_grain(image) if "grainy" in name else image), Item.ID_FRONT).hint is Flaw.BLURRED


def test_a_blurred_picture_that_lies_is_called_blurred():
    assert take(file(blurred(card())), Item.PORTRAIT).hint is Flaw.BLURRED


# Nothing but what can be seen


def test_nothing_that_the_camera_noted_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x9003] = "2026:11:21 08:42:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 12.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = {"exif": exif, "icc_profile": profile, "xmp": b"<x:xmpmeta>secret place</x:xmpmeta>"}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret comment")
    for data in (
        file(card(), "JPEG", comment=b"secret comment", dpi=(301, 301), **told),
        file(card(), "PNG", pnginfo=notes, dpi=(301, 301), **told),
        file(card(), "HEIF", **told),
    ):
        assert b"ecret" in data
        picture = take(data, Item.ID_FRONT)
        image = reopened(picture)
        assert [name for name, _ in image.applist] == ["APP0"]  # type: ignore[attr-defined]
        assert set(image.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert image.info["jfif_density"] == (1, 1)
        assert not image.getexif()
        assert b"ecret" not in picture.jpeg


def test_what_a_phone_hangs_on_its_photo_is_dropped():
    film = struct.pack(">I", 24) + b"ftypmp42\0\0\0\0mp42isom" + random.Random(1).randbytes(50_000)
    assert take(CARD + film, Item.ID_FRONT) == take(CARD, Item.ID_FRONT)


# Refused


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<!doctype html><html><body>renamed to .jpg</body></html>",
        file(SMALL, "GIF"),
        file(SMALL, "WEBP"),
        file(SMALL, "TIFF"),
        file(SMALL, "BMP"),
        file(SMALL, "PPM"),
        file(SMALL, "ICO"),
        file(SMALL, "JPEG2000"),
        file(SMALL, "AVIF"),
        archive(),
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"MZ\x90\0",
        b"\n%PDF-1.4",
        b"\0",
    ],
    ids=[
        "svg",
        "svg in xml",
        "html",
        "gif",
        "webp",
        "tiff",
        "bmp",
        "ppm",
        "ico",
        "jpeg2000",
        "avif",
        "zip",
        "mp4",
        "exe",
        "later pdf",
        "0",
    ],
)
def test_what_is_no_picture_of_a_known_kind_is_refused(data: bytes):
    assert refusal(data) == "wrong-kind"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (CARD + bytes(MAX_BYTES), "too-large"),
        (png_header(60000, 60000), "too-many-pixels"),
        (png_header(10000, 10000), "too-many-pixels"),  # more than Pillow warns of
        (png_header(7100, 7100), "too-many-pixels"),  # of which Pillow says nothing
        (png_header(0, 0), "damaged"),
        (png_header(1000, 1000), "damaged"),
        (file(card(400, 299)), "too-small"),
        (file(card(299, 400), "PNG"), "too-small"),
        (file(card(400, 200), "HEIF"), "too-small"),
        (pages(1, 10, 1000), "too-small"),
        (pages(6), "too-many-pages"),
        (drawn.locked_pdf(), "locked"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\0\0\0\x18ftypheic", "damaged"),
    ],
)
def test_what_can_not_be_kept_is_refused_with_its_reason(data: bytes, code: str):
    assert refusal(data) == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.9])
def test_a_picture_that_is_cut_off_is_refused(kind: str, part: float, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # whatever another part of the program may have asked for
    data = file(card(), kind)
    assert refusal(data[: int(len(data) * part)]) == "damaged"


def test_a_heic_file_that_belittles_itself_is_refused():
    data = bytearray(file(Image.new("RGB", (1200, 1200)), "HEIF"))
    place = data.index(b"ispe") + 8
    data[place : place + 8] = struct.pack(">II", 400, 400)
    assert refusal(bytes(data)) == "damaged"


def test_a_jpeg_with_endless_scans_is_refused():
    data = file(SMALL, progressive=True)
    start = data.rindex(b"\xff\xda")
    assert refusal(data[:start] + data[start:-2] * MAX_SCANS + data[-2:]) == "damaged"


PAGE = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "PDF"])
@pytest.mark.parametrize(
    "rest",
    [
        archive(),
        bytes(5000) + archive(),
        b"harmless" + archive(),
        PAGE,
        b"\n\n" + PAGE.upper(),
        b"<svg onload=alert(1)>",
        b"film<?php system($_GET[0]); ?>",
        b"Rar!\x1a\x07\x01\0",
        b"7z\xbc\xaf\x27\x1c\0\4",
        b"\0\0MZ\x90\0",
        b"\x7fELF\2\1\1",
        b"#!/bin/sh\nrm -r .",
    ],
    ids=["zip", "zip after zeros", "zip after text", "html", "HTML", "svg", "php", "rar", "7z", "exe", "elf", "script"],
)
def test_a_picture_with_another_file_behind_it_is_refused(kind: str, rest: bytes):
    assert refusal(file(SMALL, kind) + rest) == "something-attached"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_picture_with_a_pdf_behind_it_is_refused(kind: str):
    assert refusal(file(SMALL, kind) + pages(1)) == "something-attached"


def changed(data: bytes, chance: random.Random) -> bytes:
    """The file as a bad line or a bad will may leave it."""
    bytes_ = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        place = chance.randrange(len(bytes_) if chance.random() < 0.5 else min(len(bytes_), 700))  # the heads are where it matters
        match chance.randrange(4):
            case 0:
                bytes_[place] = chance.randrange(256)
            case 1:
                bytes_[place : place + chance.randrange(1, 40)] = b""
            case 2:
                bytes_[place:place] = chance.randbytes(chance.randrange(1, 40))
            case _:
                bytes_[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\0\0\xff\xff"))
    return bytes(bytes_)


EXIF = Image.Exif()
EXIF[0x0112] = 6
FILES = {
    "jpeg": (150, file(SMALL, exif=EXIF)),
    "progressive": (80, file(SMALL, progressive=True)),
    "mpo": (50, file(SMALL, "MPO", save_all=True, append_images=[SMALL])),
    "png": (150, file(SMALL, "PNG", exif=EXIF)),
    "palette": (50, file(SMALL.convert("P"), "PNG", transparency=0)),
    "heic": (150, file(SMALL, "HEIF", exif=EXIF.tobytes())),
    "pdf": (6, file(SMALL, "PDF")),
}


@pytest.mark.filterwarnings("ignore")  # Pillow's remarks on odd files
@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_kept_or_refused(name: str):
    times, data = FILES[name]
    chance = random.Random(name)
    for _ in range(times):
        try:
            picture = take(changed(data, chance), Item.PORTRAIT)
        except Unusable:
            continue
        reopened(picture)
