"""Restore database and uploads from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.role_table import write_roles
from foundation.pagestore.purging import purge
from foundation.pagestore.store import EVERYTHING
from newsroom.backups.refusal import BackupRefused
from newsroom.backups.restoring import end_rights, restore

AGAIN = (
    "Mọi người đăng nhập lại; lời mời, mã in, yêu cầu đang chờ đều hết hiệu lực. "
    "Mã khôi phục dùng sau lúc sao lưu nay lại dùng được: hãy nhắc mọi người in mã mới."
)


class Command(BaseCommand):
    help = "Khôi phục từ tệp sao lưu. Dừng trang và việc nền trước khi chạy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP")
        parser.add_argument("--key", type=Path, metavar="TỆP", help="khóa để đọc bản đã mã hóa")
        parser.add_argument("--thay", action="store_true", help="thay cả dữ liệu đang có")

    def handle(self, *, file: Path, thay: bool, key: Path | None, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if User.objects.exists() and not thay:
            raise CommandError(
                "Cơ sở dữ liệu đang có dữ liệu; chưa có gì bị thay đổi. "
                "Muốn thay hẳn bằng bản sao lưu, thêm --thay."
            )
        try:
            manifest = restore(file, self.stdout.write, key)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0, interactive=False)  # the backup may be of an older version
        write_roles()
        end_rights()
        purge(EVERYTHING)
        self.stdout.write(AGAIN)
        self.stdout.write(
            self.style.SUCCESS(f"Đã khôi phục bản sao lưu {manifest['made_at'][:16]} (giờ quốc tế).")
        )
