"""The sheet that shows by how much a printer is off."""

from decimal import Decimal

import pytest

from press.calibration import draw_calibration
from press.models import Printer
from press.presets import SIZES
from tests.press.reading import lines_of

pytestmark = pytest.mark.django_db


def test_its_rulers_count_from_the_edges_and_move_with_the_offset(province):
    printer = Printer(department=province, name="Phòng thi đua", dx=Decimal("1.5"), dy=Decimal("-2"))
    lines = lines_of(draw_calibration(printer, SIZES["a4"]))
    [ruler] = [line for line in lines if line.words == "10203040"]  # each figure begins 2 mm left of its mark
    assert ruler.left == pytest.approx(10 - 2 + 1.5, abs=0.5)
    assert any("Đangdịchngang+1,5mm,dịchdọc−2,0mm." in line.words for line in lines)
