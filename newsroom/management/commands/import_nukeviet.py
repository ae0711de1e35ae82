"""Import the stories of a NukeViet site from an SQL dump of its database."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.models import User
from articles.bulk.nukeviet.site import site_of
from articles.bulk.nukeviet.staging import Module, Staged
from articles.bulk.old_site.pictures import Pictures
from articles.bulk.old_site.posts import OldSite
from articles.bulk.old_site.report import ImportReport
from departments.models import Department
from newsroom.management.old_site import OldSiteCommand, add_fetch


class Command(OldSiteCommand):
    help = (
        "Nhập bài từ tệp SQL của NukeViet 4, 5 (phpMyAdmin, mysqldump hay sao lưu của NukeViet; .sql hoặc "
        ".gz). Không cần MySQL. Chạy lại không nhập hai lần; ngắt giữa chừng rồi chạy lại thì làm tiếp."
    )
    uploads_name = "thư mục uploads"
    staged: Staged

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--site",
            default="",
            metavar="ĐỊA_CHỈ",
            help="địa chỉ trang cũ, cả thư mục con: https://cu.example",
        )
        parser.add_argument("--language", default="vi", metavar="NGÔN_NGỮ", help="mặc định: vi")
        parser.add_argument(
            "--module",
            action="append",
            default=[],
            metavar="TÊN",
            help="chỉ nhập mô-đun này (news, tin-tuc …), ghi được nhiều lần; mặc định: mọi mô-đun tin",
        )
        add_fetch(parser)
        super().add_arguments(parser)

    def handle(self, **options: Any) -> None:
        with closing(Staged()) as self.staged:
            super().handle(**options)

    def open_site(self, report: ImportReport, options: dict[str, Any]) -> OldSite:
        if not options["file"].is_file():
            raise CommandError(f"Không thấy tệp {options['file']}.")
        self.staged.fill(options["file"])
        if self.staged.foreign:
            report.leave(
                "Chữ sai bảng mã, hãy xem lại các bài",
                f"{self.staged.foreign} ô không phải UTF-8, đã đọc theo bảng mã Windows-1252",
            )
        modules = _chosen(self.staged.modules, options["language"], options["module"])
        for module in self.staged.modules:
            if module not in modules:
                count = self.staged.count(module)
                report.leave("Mô-đun tin trong tệp chưa nhập lần này", f"{module}: {count} bài")
        return site_of(self.staged, options["site"], modules)

    def pictures(self, unit: Department, by: User, options: dict[str, Any]) -> Pictures:
        return replace(super().pictures(unit, by, options), uploads="uploads/")


def _chosen(modules: Sequence[Module], language: str, names: Sequence[str]) -> list[Module]:
    found = [one for one in modules if one.language == language and (not names or one.name in names)]
    missing = set(names) - {one.name for one in found}
    if missing or not found:
        there = ", ".join(map(str, modules))
        asked = ", ".join(sorted(missing)) or language
        raise CommandError(f"Trong tệp không có mô-đun tin “{asked}”. Có: {there} (--language, --module).")
    return found
