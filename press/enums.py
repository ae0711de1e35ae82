"""Fixed choices about print templates and print runs. Imports nothing from this room."""

from typing import NamedTuple

from django.db import models


class BoxKind(models.TextChoices):
    """What stands in a box."""

    WORDS = "words", "Chữ"
    CODE = "qr", "Mã QR"


class Face(models.TextChoices):
    """The cuts that are shipped; each has every Vietnamese, Ê Đê, Gia Rai and M’nông letter and mark."""

    TEXT = "text", "Chân phương"
    BOLD = "bold", "Chân phương đậm"
    ITALIC = "italic", "Chân phương nghiêng"
    DISPLAY = "display", "Trang trọng đậm"

    @property
    def cut(self) -> "Cut":
        return CUTS[self]


class Cut(NamedTuple):
    """One font file, and how the typesetter asks for it."""

    file: str
    family: str
    weight: str
    style: str


CUTS = {
    Face.TEXT: Cut("Tinos-Regular.ttf", "Tinos", "regular", "normal"),
    Face.BOLD: Cut("Tinos-Bold.ttf", "Tinos", "bold", "normal"),
    Face.ITALIC: Cut("Tinos-Italic.ttf", "Tinos", "regular", "italic"),
    Face.DISPLAY: Cut("NotoSerifDisplay-Bold.ttf", "Noto Serif Display", "bold", "normal"),
}


class Align(models.TextChoices):
    LEFT = "left", "Trái"
    CENTER = "center", "Giữa"
    RIGHT = "right", "Phải"


class Fit(models.TextChoices):
    """What happens to words too long for their box."""

    SHRINK = "shrink", "Chỉ thu chữ"
    SHRINK_WRAP = "shrink_wrap", "Thu chữ, rồi xuống dòng"
    WRAP_SHRINK = "wrap_shrink", "Xuống dòng, rồi thu chữ"


class Grows(models.TextChoices):
    """Where a second line goes; the box's own baseline is the last line's, or the first one's."""

    UP = "up", "Lên trên"
    DOWN = "down", "Xuống dưới"


class Purpose(models.TextChoices):
    """What the sheets are made for; only sheets to be signed are free of the mark “Bản thể hiện”."""

    SIGNING = "signing", "Để ký và trao"
    SHOWN = "shown", "Bản thể hiện (xem thử, lưu, gửi)"
