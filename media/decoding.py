"""Decode an uploaded file to one upright sRGB picture, or refuse it.

Runs in the darkroom, a separate process (media/darkroom.py), so that hostile bytes do no harm. Does not use
Django. A picture larger than we store is halved while it is read, and processed in strips, so that there is
never a second full-size copy.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import batched
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms, ImageFile

from media.renditions import master_size

# Limits by memory, measured with each decoder. A JPEG is halved inside its decoder; a progressive one must
# first be read completely.
MEGAPIXELS = {"JPEG": 120, "PNG": 24, "WEBP": 8, "AVIF": 14, "HEIF": 25}
PROGRESSIVE_MEGAPIXELS = 25
# The longest and the shortest side that a halved picture may have.
LONG_ENOUGH, SHORT_ENOUGH = 2000, 900
STRIP_ROWS = 512  # a multiple of every halving
# What libjpeg draws where the file ends too early, and the part of the height that may be missing.
UNDRAWN = 128
MISSING_PART = 0.1
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
    """The file is refused; `code` is "format", "pixels", "heavy" or "broken", `number` the measured value."""

    def __init__(self, code: str, number: int = 0):
        super().__init__(code)
        self.code, self.number = code, number


class Source(NamedTuple):
    """A picture that is read from top to bottom, some rows at a time."""

    size: tuple[int, int]
    rows: Callable[[int, int], Image.Image]
    orientation: int
    icc_profile: bytes


def format_of(head: bytes) -> str:
    """Return the format that the first bytes announce, "" if it is not supported; ignores the file's name."""
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
    """Return the file's first frame as RGB in sRGB, upright, without metadata. Raises Unreadable."""
    with path.open("rb") as file:
        kind = format_of(file.read(64))
    if not kind:
        raise Unreadable("format")
    source = _heif(path) if kind == "HEIF" else _pillow(path, kind)
    image, turn, profile = _assembled(source), UPRIGHT.get(source.orientation), source.icc_profile
    del source  # frees the full-size picture first
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
        image = _whole_jpeg(image, path)
    image.load()
    return Source(
        image.size,
        lambda top, bottom: image.crop((0, top, image.width, bottom)),
        orientation,
        image.info.get("icc_profile") or b"",
    )


def _whole_jpeg(image: Image.Image, path: Path) -> Image.Image:
    """Return the loaded picture; of a file that lacks its last bytes the rows that are there, as viewers do.

    Raises Unreadable if more than a tenth of the rows is missing.
    """
    try:
        image.load()
    except OSError as failure:
        if "truncated" not in str(failure):
            raise
    else:
        return image
    shortened = Image.open(path, formats=["JPEG"])
    shortened.draft(None, image.size)
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # of this process, which decodes one file
    shortened.load()
    bottom = _drawn_rows(shortened)
    if bottom < shortened.height * (1 - MISSING_PART):
        raise Unreadable("broken")
    drawn = shortened.crop((0, 0, shortened.width, bottom))
    drawn.info = shortened.info
    return drawn


def _drawn_rows(image: Image.Image) -> int:
    """Return the number of rows above those that the decoder left undrawn."""
    for bottom in range(image.height, 0, -1):
        extrema = image.crop((0, bottom - 1, image.width, bottom)).getextrema()
        bands = extrema if isinstance(extrema[0], tuple) else (extrema,)
        if any(band != (UNDRAWN, UNDRAWN) for band in bands):
            return bottom
    return 0


def _heif(path: Path) -> Source:
    # Imported here, because other formats do not need it. Without Pillow's plug-in the decoder's own rows are
    # read, which saves a copy of the whole picture.
    import pillow_heif  # noqa: PLC0415

    pillow_heif.options.DECODE_THREADS = THREADS
    # The decoder rotates the picture itself; the orientation in its EXIF must not rotate it again.
    image = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
    _measure(image.size, "HEIF")
    try:
        pixels, stride = memoryview(image.data), image.stride
    except RuntimeError as failure:  # libheif's own kinds of error are told apart by their words alone
        if "allocati" in str(failure):
            raise Unreadable("heavy") from failure
        raise

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
    except Exception:  # broken EXIF raises many exceptions, but is no reason to refuse the picture
        return 1
    return said if isinstance(said, int) else 1


def halving(size: tuple[int, int]) -> int:
    """Return by how much (1, 2, 4, 8) a picture may be reduced while it is read and still be large enough.

    Of a panorama or a long poster much less is stored than of a picture of usual shape.
    """
    long, short = max(size), min(size)
    width, height = master_size(size)

    def is_enough(factor: int) -> bool:
        if long // factor >= LONG_ENOUGH and short // factor >= SHORT_ENOUGH:
            return True
        return size[0] // factor >= width and size[1] // factor >= height

    return next((factor for factor in (8, 4, 2) if is_enough(factor)), 1)


# --- pixels -----------------------------------------------------------------------------------------


def _assembled(source: Source) -> Image.Image:
    """Return the picture, flattened, eight bits per channel, reduced strip by strip."""
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
    """Return the strip as L, RGB or CMYK: 16 bits become 8, transparent becomes white."""
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
    """Convert to sRGB; an invalid profile is ignored."""
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
