"""Colours that can be read: how much two of them differ, and what follows from the one an office chooses.

Contrast is that of WCAG 2.2, from 1 (none) to 21 (black on white); letters need 4.5. Plain Python.
"""

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

ENOUGH = 4.5
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
# On what letters of the chosen colour stand, in words for a message; as static/css/tokens.css says.
LIGHT = {
    "#fbf8f2": "nền trang",
    "#ffffff": "nền trắng",
    "#f3ece1": "nền ô chìm",
    "#fffdf9": "nền ô nổi",
    "#fbf0d6": "nền vàng nhạt",
    "#e6efe5": "nền xanh nhạt",
    "#fbe6e3": "nền đỏ nhạt",
}
DARK = ("#16110e", "#1f1814", "#120d0b", "#261d18", "#2c2213", "#193022", "#40191a")
ON_LIGHT, ON_DARK = "#fff7ee", "#120d0b"  # letters on a ground of the colour itself
WASH_LIGHT, WASH_DARK = 0.1, 0.16  # how much of the colour is in its pale ground

type Rgb = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written “#8a2b18”."""
    high, low = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class Accent:
    """The colour of links and signs in both themes, its letters' colour and its pale ground."""

    light: str
    dark: str
    light_wash: str
    dark_wash: str


@lru_cache(maxsize=16)
def accent_of(colour: str) -> Accent:
    """Return what follows from a chosen colour; in the dark it is as much lighter as reading needs."""
    light, dark = colour.lower(), _nearest(colour, DARK, WASH_DARK, "#16110e", lighter=True)
    return Accent(light, dark, _mixed(light, "#ffffff", WASH_LIGHT), _mixed(dark, "#16110e", WASH_DARK))


def worst_ground(colour: str) -> tuple[float, str]:
    """Return the least contrast of a chosen colour in the light theme, and on which ground that is."""
    return min((contrast(colour, ground), words) for ground, words in _grounds(colour).items())


def nearest_readable(colour: str) -> str:
    """Return the colour itself, or the nearest of its hue that can be read on every light ground."""
    return _nearest(colour, (*LIGHT, ON_LIGHT), WASH_LIGHT, "#ffffff", lighter=False)


def _grounds(colour: str) -> dict[str, str]:
    own = {ON_LIGHT: "nút màu, chữ trắng ngà", _mixed(colour, "#ffffff", WASH_LIGHT): "nền nhạt cùng màu"}
    return LIGHT | own


def _nearest(colour: str, grounds: Iterable[str], share: float, paper: str, *, lighter: bool) -> str:
    every = tuple(grounds)
    hue, light, full = colorsys.rgb_to_hls(*_rgb(colour))
    for step in range(201):
        moved = light + (1 - light) * step / 200 if lighter else light * (1 - step / 200)
        tried = colour.lower() if not step else _hex(colorsys.hls_to_rgb(hue, moved, full))
        if all(contrast(tried, ground) >= ENOUGH for ground in (*every, _mixed(tried, paper, share))):
            break
    return tried


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = zip(_rgb(colour), _rgb(ground), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return _hex((red, green, blue))


def _rgb(colour: str) -> Rgb:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _hex(colour: Rgb) -> str:
    return "#" + bytes(round(part * 255) for part in colour).hex()


def _luminance(colour: Rgb) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
