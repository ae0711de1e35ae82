"""Publish approved stories when their time comes."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from articles.releasing import run_due


class Command(BaseCommand):
    help = "Đăng các bài đã duyệt khi đến giờ hẹn. Chạy nhiều tiến trình cùng lúc cũng an toàn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Làm một lượt rồi thoát.")
        parser.add_argument("--every", type=float, default=10.0, help="Số giây giữa hai lượt.")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        while True:
            done = run_due()
            if done:
                self.stdout.write(f"Đã đăng {done} bài.")
            if options["once"] or stop.wait(options["every"]):
                return
            close_old_connections()
