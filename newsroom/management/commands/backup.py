"""Back up database and uploads into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand, CommandError

from newsroom import backups

IN_A_BUCKET = (
    "Ảnh và tệp nằm ở kho MEDIA_STORAGE_URL, bản sao lưu này KHÔNG gồm chúng: "
    "hãy bật lưu phiên bản của kho hoặc sao kho ấy riêng."
)


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp tải lên vào một tệp .tar; chạy được khi trang đang hoạt động."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.VAR_DIR / "backups"
        parser.add_argument("folder", nargs="?", type=Path, default=default, metavar="THƯ-MỤC")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            if not isinstance(default_storage, FileSystemStorage):
                self.stderr.write(self.style.WARNING(IN_A_BUCKET))
            made = backups.backup(folder, self.stdout.write)
        except backups.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"Đã sao lưu: {made} ({made.stat().st_size // 1024} KB)"))
