"""Draw the share picture of a page: its title, its photo, the site's name.

Does not use Django, except to find the font.
"""

from functools import lru_cache
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from foundation.language.binding import bind
from foundation.language.written import writable
from foundation.sharecards.card import SIZE

# The light colours of static/css/tokens.css.
PAPER, INK, INK_2, BASALT, HONEY, NIGHT, RED, CREAM = (
    "#fbf8f2",
    "#221813",
    "#5b493e",
    "#8a2b18",
    "#c98a1b",
    "#1d1512",
    "#9e2b1e",
    "#f6ead4",
)
_EDGE, _MARGIN, _FOOT = 28, 64, 92
_SIZES = (66, 60, 54, 49, 45, 41, 37, 34)
_LEADING = 1.24
_FOCUS = {"fx-l": (0.2, None), "fx-r": (0.8, None), "fy-t": (None, 0.15), "fy-b": (None, 0.8)}


def draw(
    title: str,
    kicker: str,
    site: str,
    photo: BinaryIO | None = None,
    focus: str = "",
    *,
    colour: str = BASALT,
) -> bytes:
    """Return a JPEG. `photo` is an open rendition; `focus` are its classes (media.presentation).

    The kicker is in `colour`.
    """
    title, kicker = writable(title, "share picture"), writable(kicker, "share picture")
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    width = SIZE[0] - 2 * _MARGIN
    if photo is not None:
        taken = (SIZE[0] * 9 // 20, SIZE[1] - _EDGE)
        card.paste(_cropped(photo, taken, focus), (SIZE[0] - taken[0], _EDGE))
        width = SIZE[0] - taken[0] - _MARGIN - 44
    _brocade(pen)
    top = _EDGE + 52
    if kicker:
        pen.text(
            (_MARGIN, top), _fitting([kicker], _font(28), width)[0], font=_font(28), fill=colour or BASALT
        )
        top += 56
    font, lines = _set(title, width, SIZE[1] - _FOOT - 24 - top)
    for line in lines:
        pen.text((_MARGIN, top), line, font=font, fill=INK)
        top += round(font.size * _LEADING)
    foot = SIZE[1] - _FOOT
    pen.rectangle((_MARGIN, foot, _MARGIN + 72, foot + 5), fill=HONEY)
    pen.text((_MARGIN, foot + 22), site, font=_font(30), fill=INK_2)
    written = BytesIO()
    card.save(written, "JPEG", quality=84, optimize=True, progressive=True)
    return written.getvalue()


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / "static/fonts/literata-vi-600.woff2", size)


def _cropped(photo: BinaryIO, size: tuple[int, int], focus: str) -> Image.Image:
    across, down = 0.5, 0.4
    for name in focus.split():
        x, y = _FOCUS.get(name, (None, None))
        across, down = x if x is not None else across, y if y is not None else down
    with Image.open(photo) as picture:
        return ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(across, down))


def _brocade(pen: ImageDraw.ImageDraw) -> None:
    """Draw the woven edge of the site's header, in straight lines."""
    pen.rectangle((0, 0, SIZE[0], _EDGE), fill=NIGHT)
    pen.rectangle((0, 4, SIZE[0], _EDGE - 4), fill=RED)
    for number, x in enumerate(range(14, SIZE[0] + 14, 28)):
        fill = CREAM if number % 2 else HONEY
        for reach, colour in ((8, fill), (4, NIGHT)):
            pen.polygon([(x, 14 - reach), (x + reach, 14), (x, 14 + reach), (x - reach, 14)], fill=colour)


def _set(title: str, width: int, height: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font in which the whole title fits, and the lines; at the smallest it is cut."""
    for size in _SIZES:
        font = _font(size)
        lines = _fitting(_wrapped(title, font, width), font, width)
        most = int(height / (size * _LEADING))
        if len(lines) <= most:
            return font, lines
    lines = lines[:most]
    lines[-1] = _fitting([lines[-1] + "…"], font, width)[0]
    return font, lines


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return lines broken between words, not inside compounds and names (`foundation.language.binding`)."""
    lines = [""]
    for word in bind(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitting(lines: list[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Cut single words that are wider than the line."""
    return [_cut(line, font, width) for line in lines]


def _cut(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(line) <= width:
        return line
    line = line.rstrip("…")
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
