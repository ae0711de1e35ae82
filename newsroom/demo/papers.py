"""The files of the demo's documents: pages that look scanned and say that they are invented."""

import datetime
import io
import textwrap
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

# Pixels of A4 at 100 dpi.
PAGE, MARGIN = (827, 1169), 90
FONT = "fonts/literata-vi-600.woff2"
SAMPLE = "DỮ LIỆU MINH HỌA"


def scanned(issuer: str, number: str, summary: str, day: datetime.date) -> bytes:
    """Return one page of a document as a small PDF."""
    page = Image.new("L", PAGE, 255)
    pen = ImageDraw.Draw(page)
    pen.text((MARGIN, 90), issuer.upper(), font=paper_font(17), fill=20)
    pen.text((MARGIN, 125), f"Số: {number}", font=paper_font(17), fill=40)
    dated = f"Đắk Lắk, ngày {day:%d} tháng {day.month} năm {day.year}"
    pen.text((PAGE[0] - MARGIN, 170), dated, font=paper_font(16), fill=40, anchor="ra")
    lines = "\n".join(textwrap.wrap(summary, 46))
    pen.multiline_text(
        (PAGE[0] / 2, 300), lines, font=paper_font(22), fill=20, anchor="ma", align="center", spacing=12
    )
    for row in range(12):
        pen.line(
            (MARGIN, 470 + row * 34, PAGE[0] - MARGIN - (row % 4) * 60, 470 + row * 34), fill=200, width=9
        )
    pen.text((PAGE[0] / 2, 960), SAMPLE, font=paper_font(34), fill=150, anchor="ma")
    packed = io.BytesIO()
    page.save(packed, "PDF", resolution=100, quality=60)
    return packed.getvalue()


@cache
def paper_font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / "static" / FONT, size)
