"""Pictures of papers as they are kept: upright, not larger than needed, with nothing in the file but what can be seen."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageFile, ImageFilter, ImageStat
from pillow_heif import register_heif_opener

from app.adapters.pages import first_page
from app.adapters.refusal import Unusable, damaged
from app.adapters.uploads import Kind, recognise
from app.domain.track import Flaw, Item

__all__ = ["Picture", "Unusable", "take"]

MAX_PIXELS = 50_000_000
MIN_SIDE = 300
LONGEST_SIDE = 2000
QUALITY = 85

# See `_sharpness`. The papers and faces drawn in the tests score 240 and more when sharp, dim ones too, and 50 or less once their letters
# run together (blurred by two thousandths of the longer side; by four in pictures of few pixels). Photos of people lie as far apart.
SHARP = 80
_SHARPNESS_SIDE = 1000
_TILES = 6

_UPRIGHT = frozenset({Item.PORTRAIT, Item.BIRTH_CERTIFICATE})
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)

# Thumbnails are off because Pillow would show one in place of the picture, and nothing says that the two are the same.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to keep. `hint` is what seems to be wrong with it; whoever looks at it decides."""

    jpeg: bytes
    width: int
    height: int
    hint: Flaw | None


def take(data: bytes, item: str) -> Picture:
    """The picture in a file that somebody sent for a paper of the checklist; raises Unusable for what can't be kept."""
    kind = recognise(data)
    if kind is Kind.PDF:
        data, kind = first_page(data), Kind.PNG
    try:
        image = _decoded(data, kind)
        return Picture(_jpeg(image), image.width, image.height, _hint(image, item))
    except Unusable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # decoders stumble over damaged files in many ways, none of them ours to tell apart
        raise damaged() from error


def _decoded(data: bytes, kind: Kind) -> Image.Image:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # for the whole process: half a paper would look like a whole one
    image: Image.Image = Image.open(io.BytesIO(data), formats=(kind,))
    _check_size(*image.size)  # as the header tells it, before there is memory for it
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at a half or a quarter; for other kinds this does nothing
    image.load()
    turn = _turn(image)
    image = _opaque(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return image.transpose(turn) if turn is not None else image


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE:
        raise Unusable(
            "too-small",
            "The picture is too small: its shorter side has less than %(pixels)s pixels. Take it again from nearer by.",
            pixels=MIN_SIDE,
        )


def _too_many_pixels() -> Unusable:
    return Unusable(
        "too-many-pixels",
        "The picture has more than %(millions)s million pixels. Take it again at a lower resolution.",
        millions=MAX_PIXELS // 1_000_000,
    )


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How to turn the picture so that it stands as it was taken. HEIC pictures are turned by their decoder."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # what the camera wrote about the picture may be damaged where the picture is not
        return None


def _opaque(image: Image.Image) -> Image.Image:
    """In plain colours, on white where the picture is transparent."""
    if image.mode == "RGB":
        return image
    if image.mode.startswith("I"):  # 16 bits of grey, of which a plain conversion would keep the darkest 256 shades
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _jpeg(image: Image.Image) -> bytes:
    fresh = Image.new("RGB", image.size)  # pixels are all that comes along: no place, no time, no camera, no comment
    fresh.paste(image)
    stream = io.BytesIO()
    fresh.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()


def _hint(image: Image.Image, item: str) -> Flaw | None:
    """Of two flaws the one that can't be mended: a picture that lies can be turned."""
    if _sharpness(image) < SHARP:
        return Flaw.BLURRED
    return Flaw.TAKEN_LYING if item in _UPRIGHT and image.width > image.height else None


def _sharpness(image: Image.Image) -> float:
    """The variance of the Laplacian in the tile with most detail, less that in the tile with least.

    Most detail, because what lies around a paper or behind a face may well be plain or out of focus. Less the least, because grain is
    detail, too, and stands everywhere.
    """
    grey = image.convert("L")
    grey.thumbnail((_SHARPNESS_SIDE, _SHARPNESS_SIDE), Image.Resampling.LANCZOS)
    edges = grey.filter(_LAPLACIAN).crop((1, 1, grey.width - 1, grey.height - 1))  # the outermost pixels have no neighbours to differ from
    across = [edges.width * part // _TILES for part in range(_TILES + 1)]
    down = [edges.height * part // _TILES for part in range(_TILES + 1)]
    variances = [
        ImageStat.Stat(edges.crop((left, top, right, bottom))).var[0] for top, bottom in pairwise(down) for left, right in pairwise(across)
    ]
    return max(variances) - min(variances)
