"""How long 500 sheets take and how much memory: `uv run pytest -n0 -s tests/press/measure.py`."""

import resource
import time

import pytest

from awards.paper.subject import GIAY_KHEN
from press.ordering import Order, order_run
from press.running import draw_due
from tests.factories.awards import make_commendation, make_decision
from tests.factories.press import make_template

pytestmark = pytest.mark.django_db
SHEETS = 500
NAMES = (
    "H’Bluên Ayŭn Êban",
    "Nguyễn Thị Thu Hà",
    "Y Wem Niê Kdăm",
    "Siu H’Krơ̆ng Ƀiêng",
    "Nguyễn Hoàng Phương Thảo Nguyên Khánh An Bình Minh",
)
DEED = "Đã có thành tích xuất sắc trong công tác truyền thông ngành Giáo dục năm học 2025–2026, đạt giải"


def test_many_sheets(province, registrar, settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "uploads", tmp_path
    decision = make_decision("1302/QĐ-SGDĐT", province)
    for number in range(SHEETS):
        make_commendation(
            decision,
            f"{NAMES[number % len(NAMES)]} {number}",
            recipient_title="Giáo viên",
            unit_name="Trường PTDTNT THPT N’Trang Lơng",
            achievement=f"{DEED} {number}",
        )
    template = make_template(province)
    began = time.monotonic()
    run = order_run(GIAY_KHEN, decision, Order(template), registrar)
    ordered = time.monotonic()
    draw_due()
    drawn = time.monotonic()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    run.refresh_from_db()
    assert (run.failure, run.done) == ("", SHEETS)
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    words = f"ordered in {ordered - began:.1f} s, drawn in {drawn - ordered:.1f} s ({cpu:.1f} s CPU)"
    print(f"{words}, at most {memory:.0f} MiB")  # noqa: T201 (what it is for)
