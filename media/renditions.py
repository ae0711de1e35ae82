"""Which sizes of a picture we store, and in which formats.

Runs in the darkroom (media/darkroom.py) when a photo is uploaded. Does not use Django. The files contain only
pixels: no EXIF, no profile, no comment.
"""

from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from pathlib import Path
from typing import Any

from PIL import Image

WIDTHS = (480, 800, 1280)
MASTER_WIDTH, MASTER_PIXELS = 2400, 6_000_000
# A long poster keeps its width, so its largest size is limited by area.
LARGEST_PIXELS = 2_500_000
MASTER = "master.jpg"
# Measured: speed 9 takes a third of the time of speed 8, for 10 % more bytes.
MODERN = {"format": "AVIF", "quality": 55, "speed": 9, "max_threads": 1}
PLAIN = {"format": "JPEG", "quality": 76, "progressive": True, "optimize": True}
KEPT = {"format": "JPEG", "quality": 90, "subsampling": 0}

type Size = tuple[int, int]


def fitted(size: Size, width: int, pixels: int) -> Size:
    """Return the size reduced to a width and an area in pixels, in proportion; never enlarged."""
    scale = min(1, width / size[0], sqrt(pixels / (size[0] * size[1])))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def sizes(size: Size) -> list[Size]:
    """Return the sizes to store, smallest first; none is larger than the picture."""
    largest = fitted(size, WIDTHS[-1], LARGEST_PIXELS)
    # A size nearly as large as the next one would only waste space.
    lesser = [width for width in WIDTHS[:-1] if width <= largest[0] * 0.85]
    return [(width, max(1, round(width * largest[1] / largest[0]))) for width in lesser] + [largest]


def master_size(size: Size) -> Size:
    """Return the size of the largest picture that is stored of one of this size."""
    return fitted(size, MASTER_WIDTH, MASTER_PIXELS)


def master_of(image: Image.Image) -> Image.Image:
    return _resized(image, master_size(image.size))


def develop(master: Image.Image, folder: Path) -> dict[str, Any]:
    """Write the master and every rendition into the folder; return the facts that a Photo row stores."""
    *lesser, largest = sizes(master.size)
    with ThreadPoolExecutor(1) as other_core:
        # No picture is used by two threads: Pillow stores the options of a save on the picture itself.
        slowest = other_core.submit(_write, _resized(master, largest), folder)
        master.save(folder / MASTER, **KEPT)
        written = [entry for size in lesser for entry in _write(_resized(master, size), folder)]
        written += slowest.result()
    return {"width": master.width, "height": master.height, "renditions": sorted(written)}


def _resized(image: Image.Image, size: Size) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS)


def _write(copy: Image.Image, folder: Path) -> list[tuple[str, int, int, int]]:
    """Write one size in both formats: [(extension, width, height, bytes), …]."""
    written = []
    for extension, options in (("avif", MODERN), ("jpg", PLAIN)):
        path = folder / f"{copy.width}.{extension}"
        copy.save(path, **options)
        written.append((extension, *copy.size, path.stat().st_size))
    return written
