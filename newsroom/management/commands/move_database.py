"""Move everything to another database: SQLite to PostgreSQL, or back."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.moving.carrying import move
from newsroom.moving.refusal import MoveRefused
from newsroom.moving.shutting import open_again
from newsroom.moving.tables import digests

NEXT = (
    "Trang đang khóa việc ghi. Sửa DATABASE_URL trong tệp cài đặt thành địa chỉ vừa chuyển tới rồi khởi động "
    "lại mọi dịch vụ: trang tự mở. Đổi ý thì giữ DATABASE_URL cũ và chạy: manage.py move_database --open. "
    "Giữ cơ sở dữ liệu cũ đến khi bản sao lưu đầu tiên của cái mới đã được khôi phục thử."
)


class Command(BaseCommand):
    help = "Chuyển trọn dữ liệu sang cơ sở dữ liệu khác (SQLite ↔ PostgreSQL), đối chiếu từng bảng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", nargs="?", metavar="ĐỊA-CHỈ", help="như DATABASE_URL, chưa có bảng nào")
        parser.add_argument("--again", action="store_true", help="làm tiếp lần chuyển còn dở")
        parser.add_argument(
            "--open", action="store_true", help="mở lại trang, tiếp tục dùng cơ sở dữ liệu này"
        )
        parser.add_argument(
            "--digests", action="store_true", help="in số dòng và mã băm của từng bảng (JSON)"
        )

    def handle(self, *, to: str | None, again: bool, digests: bool, **options: Any) -> None:
        if digests:
            self._print_digests()
        elif options["open"]:
            open_again()
            self.stdout.write("Đã mở lại.")
        elif to:
            self._move(to, again=again)
        else:
            raise CommandError("Hãy ghi địa chỉ của cơ sở dữ liệu đích.")

    def _print_digests(self) -> None:
        self.stdout.write(json.dumps(digests()))

    def _move(self, to: str, *, again: bool) -> None:
        began = time.monotonic()
        try:
            rows = move(to, self.stdout.write, again=again)
        except MoveRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        took = time.monotonic() - began
        self.stdout.write(self.style.SUCCESS(f"Đã chuyển và đối chiếu {rows} dòng trong {took:.0f} giây."))
        self.stdout.write(NEXT)
