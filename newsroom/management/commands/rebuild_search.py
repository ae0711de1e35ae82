"""Rebuild the search index from the public records while the site is running."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.search.enums import Kind
from foundation.search.rebuilding import rebuild_all
from newsroom.findable_rooms import ROOMS


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm từ những gì đang công bố. Ngắt giữa chừng rồi chạy lại được."

    def handle(self, **options: Any) -> None:
        def report(kind: str, done: int) -> None:
            self.stdout.write(f"{Kind(kind).label}: {done}")

        total = rebuild_all(ROOMS, report)
        self.stdout.write(self.style.SUCCESS(f"Xong: {total} mục tìm được."))
