"""What an uploaded file shows: from any bytes to one upright sRGB picture, or a plain refusal.

Runs in the darkroom, a process of its own (media/darkroom.py): what a decoder does with hostile
bytes happens there. No Django here. A picture larger than we keep is halved while it is read, and
handled in strips, so no second full-size copy ever exists.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import batched
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms

# What memory allows, measured with each decoder. A JPEG is halved
# inside its decoder; a progressive one must first be held whole.
MEGAPIXELS = {"JPEG": 120, "PNG": 24, "WEBP": 8, "AVIF": 14, "HEIF": 25}
PROGRESSIVE_MEGAPIXELS = 25
# The longest and the shortest side a halved picture may come down to.
LONG_ENOUGH, SHORT_ENOUGH = 2000, 900
STRIP_ROWS = 512  # a multiple of every halving
THREADS = 2

ORIENTATION_TAG = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Unreadable(Exception):
    """Not taken; `code` says why: "format", "pixels", "broken". `number` is the measured excess."""

    def __init__(self, code: str, number: int = 0):
        super().__init__(code)
        self.code, self.number = code, number


class Source(NamedTuple):
    """A picture that can be read from top to bottom, some rows at a time."""

    size: tuple[int, int]
    rows: Callable[[int, int], Image.Image]
    orientation: int
    icc_profile: bytes


def format_of(head: bytes) -> str:
    """Which of our formats the first bytes announce; "" for anything else, whatever its name says."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = {bytes(brand) for brand in batched(head[8:64], 4, strict=False)}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}:
            return "HEIF"
    return ""


def picture(path: Path) -> Image.Image:
    """The file's first frame as RGB in sRGB, upright, without anything the file said besides."""
    with path.open("rb") as file:
        kind = format_of(file.read(64))
    if not kind:
        raise Unreadable("format")
    source = _heif(path) if kind == "HEIF" else _pillow(path, kind)
    image, turn, profile = _assembled(source), UPRIGHT.get(source.orientation), source.icc_profile
    del source  # the full-size picture goes before anything else is made
    if turn is not None:
        image = image.transpose(turn)
    return _in_srgb(image, profile)


# --- opening ----------------------------------------------------------------------------------------


def _pillow(path: Path, kind: str) -> Source:
    image = Image.open(path, formats=[kind])
    _measure(image.size, kind, progressive="progressive" in image.info)
    orientation = _orientation(image)
    factor = halving(image.size)
    if kind == "JPEG":
        image.draft(None, (image.width // factor, image.height // factor))
    image.load()
    return Source(
        image.size,
        lambda top, bottom: image.crop((0, top, image.width, bottom)),
        orientation,
        image.info.get("icc_profile") or b"",
    )


def _heif(path: Path) -> Source:
    # Only here: the library is not even loaded for other formats. Without Pillow's plug-in the
    # decoder's own rows are read, which spares a copy of the whole picture.
    import pillow_heif  # noqa: PLC0415

    pillow_heif.options.DECODE_THREADS = THREADS
    # The decoder turns the picture itself; the orientation in its EXIF must not turn it again.
    image = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
    _measure(image.size, "HEIF")
    pixels, stride = memoryview(image.data), image.stride

    def rows(top: int, bottom: int) -> Image.Image:
        part = pixels[top * stride : bottom * stride]
        return Image.frombytes(image.mode, (image.size[0], bottom - top), part, "raw", image.mode, stride)

    return Source(image.size, rows, 1, image.info.get("icc_profile") or b"")


def _measure(size: tuple[int, int], kind: str, *, progressive: bool = False) -> None:
    pixels = size[0] * size[1]
    limit = PROGRESSIVE_MEGAPIXELS if progressive else MEGAPIXELS[kind]
    if pixels > limit * 1_000_000:
        raise Unreadable("pixels", round(pixels / 1_000_000))


def _orientation(image: Image.Image) -> int:
    try:
        said = image.getexif().get(ORIENTATION_TAG, 1)
    except Exception:  # a camera's broken notes, in any of a dozen ways, are no reason to refuse the picture
        return 1
    return said if isinstance(said, int) else 1


def halving(size: tuple[int, int]) -> int:
    """By how much (1, 2, 4, 8) a picture may be reduced while it is read and still be large enough."""
    long, short = max(size), min(size)
    return next((f for f in (8, 4, 2) if long // f >= LONG_ENOUGH and short // f >= SHORT_ENOUGH), 1)


# --- pixels -----------------------------------------------------------------------------------------


def _assembled(source: Source) -> Image.Image:
    """The picture, flattened, eight bits a channel, reduced strip by strip."""
    factor = halving(source.size)
    canvas = None
    for top, strip in _strips(source):
        plain = _plain(strip)
        reduced = plain.reduce(factor) if factor > 1 else plain
        if canvas is None:
            size = (reduced.width, -(-source.size[1] // factor))
            canvas = Image.new(reduced.mode, size)
        canvas.paste(reduced, (0, top // factor))
    if canvas is None:
        raise Unreadable("broken")
    return canvas


def _strips(source: Source) -> Iterator[tuple[int, Image.Image]]:
    height = source.size[1]
    for top in range(0, height, STRIP_ROWS):
        yield top, source.rows(top, min(top + STRIP_ROWS, height))


def _plain(strip: Image.Image) -> Image.Image:
    """The strip as L, RGB or CMYK: sixteen bits become eight, see-through becomes white paper."""
    if strip.mode.startswith("I"):
        strip = strip.point(lambda value: value * (1 / 256)).convert("L")
    if strip.mode in ("LA", "PA", "La", "RGBa") or "transparency" in strip.info:
        strip = strip.convert("RGBA")
    if strip.mode == "RGBA":
        paper = Image.new("RGB", strip.size, "white")
        paper.paste(strip, mask=strip.getchannel("A"))
        return paper
    if strip.mode == "1":
        return strip.convert("L")
    return strip if strip.mode in ("L", "RGB", "CMYK") else strip.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as every screen understands them; a profile that makes no sense is left aside."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            if image.mode != "RGB" or "srgb" not in ImageCms.getProfileDescription(meant).lower():
                screen = ImageCms.createProfile("sRGB")
                image = ImageCms.profileToProfile(image, meant, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
    if image.mode != "RGB":
        image = image.convert("RGB")
    image.info = {}
    return image
