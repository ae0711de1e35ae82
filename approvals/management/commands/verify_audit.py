"""Check the audit book: compute every link of the chain again."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from approvals.sealing import faults, head, seal_all


class Command(BaseCommand):
    help = (
        "Kiểm tra nhật ký kiểm toán còn nguyên vẹn. Kết thúc bằng mã 1 nếu có dòng bị sửa, bị cắt hay thiếu."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            default="",
            metavar="SỐ:MÃ",
            help="mã niêm phong cuối đã ghi lại lần trước; sổ phải còn chứa dấu ấy",
        )

    def handle(self, *, expect: str, **options: Any) -> None:
        seal_all()
        found = list(faults(expect))
        for words in found:
            self.stderr.write(words)
        if found:
            sys.exit(1)
        last = head()
        if last is None:
            self.stdout.write("Nhật ký kiểm toán còn trống.")
            return
        self.stdout.write(f"Nguyên vẹn: {last.number} dòng. Hãy ghi lại dấu cuối ở nơi khác:")
        self.stdout.write(f"{last.number}:{last.sha256}")
