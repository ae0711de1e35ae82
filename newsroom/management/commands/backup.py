"""Back up database and uploads into one file; check one; try to restore one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand, CommandError

from newsroom.backups import away, making, results
from newsroom.backups.refusal import BackupRefused
from newsroom.backups.restoring import drill, verify

IN_A_BUCKET = (
    "Ảnh và tệp nằm ở kho MEDIA_STORAGE_URL, bản sao lưu này KHÔNG gồm chúng: "
    "hãy bật lưu phiên bản của kho hoặc sao kho ấy riêng."
)
NOT_INSIDE = (
    "Không có trong bản này: tệp cài đặt (SECRET_KEY, mật khẩu). "
    "Hãy cất riêng, hoặc thêm --settings-file cùng --encrypt-to."
)


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp tải lên vào một tệp .tar; chạy được khi trang đang hoạt động."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.VAR_DIR / "backups"
        parser.add_argument("folder", nargs="?", type=Path, default=default, metavar="THƯ-MỤC")
        parser.add_argument(
            "--encrypt-to",
            action="append",
            default=[],
            metavar="AGE1…",
            help="mã hóa cho khóa này (nhiều lần được)",
        )
        parser.add_argument(
            "--settings-file", type=Path, metavar="TỆP", help="kèm tệp cài đặt; cần --encrypt-to"
        )
        parser.add_argument("--keep", type=int, metavar="NGÀY", help="bỏ bản cũ hơn số ngày này")
        parser.add_argument("--verify", type=Path, metavar="TỆP", help="chỉ kiểm một bản sao lưu đã có")
        parser.add_argument(
            "--drill",
            nargs="?",
            const=True,
            metavar="TỆP",
            help="khôi phục thử rồi bỏ; mặc định bản mới nhất",
        )
        parser.add_argument("--key", type=Path, metavar="TỆP", help="khóa để đọc bản đã mã hóa")

    def handle(self, *, verify: Path | None, drill: str | bool | None, **asked: Any) -> None:
        try:
            if verify:
                self._verify(verify, asked["key"])
            elif drill:
                self._drill(drill, asked)
            else:
                self._back_up(asked)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _back_up(self, asked: dict[str, Any]) -> None:
        if not isinstance(default_storage, FileSystemStorage):
            self.stderr.write(self.style.WARNING(IN_A_BUCKET))
        wish = making.Wish(tuple(asked["encrypt_to"]), asked["settings_file"])
        with results.noted() as result:
            result.file = made = making.back_up(asked["folder"], wish, self.stdout.write)
            if settings.BACKUP_STORAGE:
                self.stdout.write("Chép sang kho xa…")
                away.copy_away(made)
            if asked["keep"]:
                self._forget_old(asked["folder"], asked["keep"])
        self.stdout.write(self.style.SUCCESS(f"Đã sao lưu: {made} ({made.stat().st_size // 1024} KB)"))
        if not wish.settings_file:
            self.stdout.write(NOT_INSIDE)

    def _forget_old(self, folder: Path, days: int) -> None:
        """Only after a good backup: a machine that fails every night keeps its old ones."""
        count = making.forget_old(folder, days)
        if settings.BACKUP_STORAGE:
            count += away.forget_old_away(days)
        self.stdout.write(f"Đã bỏ {count} bản quá {days} ngày.")

    def _verify(self, file: Path, key: Path | None) -> None:
        manifest = verify(file, self.stdout.write, key)
        self.stdout.write(
            self.style.SUCCESS(f"Trọn vẹn: {file.name}, lúc {manifest['made_at'][:16]} (giờ quốc tế).")
        )

    def _drill(self, file: str | bool, asked: dict[str, Any]) -> None:
        kept = making.list_backups(asked["folder"])
        if file is True and not kept:
            raise BackupRefused(f"Chưa có bản sao lưu nào trong {asked['folder']}.")
        chosen = kept[-1] if file is True else Path(str(file))
        with results.noted(is_drill=True) as result:
            result.file = chosen
            manifest = drill(chosen, self.stdout.write, asked["key"])
        told = f"Khôi phục thử được: {chosen.name}, {sum(manifest.get('rows', {}).values())} dòng."
        self.stdout.write(self.style.SUCCESS(told))
