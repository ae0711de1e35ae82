"""The sheet that shows by how much a printer is off."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from press.models import Printer
from press.presets import Size
from press.typesetting.drawing import CALIBRATION, WHOLE
from press.typesetting.setter import draw, lay_out

WORDS = (
    "In tờ này đúng cỡ thật (100 %, không “vừa trang”), trên giấy cùng khổ với phôi.",
    "Thước giữa cạnh trái và giữa cạnh trên đếm từ mép giấy: vạch 20 phải cách mép đúng 20 mm.",
    "Vạch 20 cách mép trái nhiều hơn 20 mm thì giảm “dịch ngang” đi phần thừa; ít hơn thì tăng. Cạnh trên và "
    "“dịch dọc” cũng vậy.",
    "Hoặc đặt tờ này lên phôi, soi trước ánh sáng: bốn dấu cộng cách hai mép gần nhất 20 mm.",
    "Ghi số mới ở trang máy in rồi in lại tờ này để kiểm tra.",
)


def draw_calibration(printer: Printer, size: Size) -> bytes:
    """Return the sheet as a PDF, printed with the offsets that the printer has now. Raises NotDrawn."""
    dx, dy = (f"{shift:+.1f}".replace(".", ",").replace("-", "−") for shift in (printer.dx, printer.dy))
    job = {
        "source": CALIBRATION,
        "title": f"Tờ căn chỉnh: {printer.name}, {size.label}",
        "width": float(size.width),
        "height": float(size.height),
        "dx": float(printer.dx),
        "dy": float(printer.dy),
        "moment": int(timezone.now().timestamp()),
        "sheets": [],
        "words": [f"Đang dịch ngang {dx} mm, dịch dọc {dy} mm.", *WORDS],
    }
    with TemporaryDirectory(prefix="sheet-") as name:
        folder = Path(name)
        lay_out(folder, job)
        for _said in draw(folder, "whole", patience=20):
            pass
        return (folder / WHOLE).read_bytes()
