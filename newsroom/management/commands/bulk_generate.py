"""Add generated stories to the demo, to see and measure a full newsroom."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.demo import generating, loading


class Command(BaseCommand):
    help = "Thêm bài sinh tự động vào bản dùng thử cho đủ N bài. Ngắt giữa chừng rồi chạy lại được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N")

    def handle(self, *, count: int, **options: Any) -> None:
        try:
            loaded = loading.is_loaded()
        except loading.NotADemoError:
            loaded = False
        if not loaded:
            raise CommandError("Chỉ thêm vào bản dùng thử. Hãy chạy manage.py demo --no-serve trước.")
        made = generating.top_up(count, lambda done: self.stdout.write(f"{done}/{count} bài"))
        self.stdout.write(self.style.SUCCESS(f"Đã thêm {made} bài."))
