"""Drop kept pages by hand, after data was changed without the application."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from foundation.pagestore.purging import purge
from foundation.pagestore.store import EVERYTHING


class Command(BaseCommand):
    help = "Bỏ các trang giữ sẵn để vẽ lại: mọi trang, hoặc chỉ trang mang các nhãn đã nêu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tags", nargs="*", metavar="NHÃN", help="ví dụ article:12, events")

    def handle(self, *, tags: list[str], **options: Any) -> None:
        purge(*(tags or [EVERYTHING]))
        self.stdout.write(self.style.SUCCESS("Đã báo bỏ trang cũ trên mọi máy."))
