"""Read the metadata of a picture: caption, photographer, place and day.

XMP and IPTC (IPTC Photo Metadata Standard) come before EXIF: people write the former, cameras the latter.
Runs in the darkroom, after the pictures are made. Does not use Django. GPS data are not read.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, IptcImagePlugin

from media.decoding import format_of

LONGEST = {"caption": 1000, "credit": 120, "place": 150, "taken_on": 10}
_EXIF_DETAILS = 0x8769
# What cameras and programs write by themselves where a person's words belong.
_NOBODYS = re.compile(
    r"(olympus|sony|kodak|minolta|konica|samsung|vivo|oppo|xiaomi)\b.*|\S+|.*\.(jpe?g|png|heic)|"
    r"digital camera.*|created (with|by) .*|screenshot.*|processed with .*",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{4})[-:.]?(\d\d)[-:.]?(\d\d)")

Notes = dict[str, str]


def notes_of(path: Path) -> Notes:
    """Return those of "caption", "credit", "place", "taken_on" (ISO date) that the file has; never raises."""
    try:
        image = _opened(path)
        sources = [*_each(_from_xmp, image), *_each(_from_iptc, image), *_each(_from_exif, image)]
    except Exception:  # broken metadata raise many exceptions, but are no reason to refuse the picture
        return {}
    found: Notes = {}
    for name, text in sources:
        said = _DAY.match(text) if name == "taken_on" else None
        words = "-".join(said.groups()) if said else " ".join(text.split())
        is_nobodys = name == "caption" and _NOBODYS.fullmatch(words)
        if words and not is_nobodys and (said or name != "taken_on"):
            found.setdefault(name, words[: LONGEST[name]])
    return found


def _each(reader: Any, image: Image.Image) -> list[tuple[str, str]]:
    """Return what one kind of metadata says; a broken kind does not affect the others."""
    try:
        return [(name, text) for name, text in reader(image) if text]
    except Exception:  # see notes_of
        return []


def _opened(path: Path) -> Image.Image:
    with path.open("rb") as file:
        kind = format_of(file.read(64))
    if kind != "HEIF":
        return Image.open(path, formats=[kind])
    import pillow_heif  # noqa: PLC0415 (as in decoding: not even loaded for other formats)

    said = pillow_heif.open_heif(path).info
    blank = Image.new("L", (1, 1))
    blank.info = {name: said[name] for name in ("exif", "xmp") if said.get(name)}
    return blank


def _from_xmp(image: Image.Image) -> Iterator[tuple[str, str]]:
    described = image.getxmp().get("xmpmeta", {}).get("RDF", {}).get("Description", {})
    for part in described if isinstance(described, list) else [described]:
        for name, tags in (
            ("caption", ("description",)),
            ("credit", ("creator", "Credit")),
            ("place", ("Location", "City")),
            ("taken_on", ("DateCreated", "DateTimeOriginal")),
        ):
            yield from ((name, _innermost(part[tag])) for tag in tags if tag in part)


def _innermost(value: Any) -> str:
    """Return the text in XMP's nested values, such as {"Alt": {"li": {"lang": "x-default", "text": "…"}}}."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_innermost, value[:1] if _is_translated(value) else value)))
    if isinstance(value, dict):
        inner = (value.get(name) for name in ("text", "Alt", "Seq", "Bag", "li"))
        return next(filter(None, map(_innermost, inner)), "")
    return value if isinstance(value, str) else ""


def _is_translated(values: list[Any]) -> bool:
    return any(isinstance(value, dict) and "lang" in value for value in values)


def _from_iptc(image: Image.Image) -> Iterator[tuple[str, str]]:
    said = IptcImagePlugin.getiptcinfo(image) or {}
    tags = ((120, "caption"), (80, "credit"), (110, "credit"), (92, "place"), (90, "place"), (55, "taken_on"))
    for number, name in tags:
        value = said.get((2, number), b"")
        values = value if isinstance(value, list) else [value]
        yield name, ", ".join(_decoded(one) for one in values)


def _from_exif(image: Image.Image) -> Iterator[tuple[str, str]]:
    exif = image.getexif()
    details = exif.get_ifd(_EXIF_DETAILS)
    plain = ((exif, 0x010E, "caption"), (exif, 0x013B, "credit"), (details, 0x9003, "taken_on"))
    for tags, number, name in plain:
        value = tags.get(number, "")
        # EXIF is ASCII by definition; programs write UTF-8, which arrives here as Latin-1.
        yield name, _decoded(value.encode("latin-1") if isinstance(value, str) else value)
    for number, name in ((0x9C9B, "caption"), (0x9C9C, "caption"), (0x9C9D, "credit")):  # Windows Explorer's
        value = exif.get(number, b"")
        yield name, bytes(value).decode("utf-16-le", "ignore").rstrip("\0")


def _decoded(value: Any) -> str:
    if not isinstance(value, bytes):
        return ""
    for encoding in ("utf-8", "cp1252"):
        try:
            return value.decode(encoding).rstrip("\0")
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1").rstrip("\0")
