"""Import the stories of a WordPress site from its export file."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.models import User
from articles.bulk.old_site.pictures import Attachment, Pictures
from articles.bulk.old_site.posts import OldSite
from articles.bulk.old_site.report import ImportReport
from articles.bulk.wordpress.site import site_of
from articles.bulk.wordpress.survey import survey
from departments.models import Department
from newsroom.management.old_site import OldSiteCommand, add_fetch


class Command(OldSiteCommand):
    help = (
        "Nhập bài từ tệp xuất của WordPress (WXR). Chạy lại không nhập hai lần; ngắt giữa chừng rồi chạy lại "
        "thì làm tiếp. Không tự lấy gì từ mạng."
    )
    uploads_name = "thư mục wp-content/uploads"
    attachments: dict[int, Attachment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        add_fetch(parser)
        super().add_arguments(parser)

    def open_site(self, report: ImportReport, options: dict[str, Any]) -> OldSite:
        file = options["file"]
        if not file.is_file():
            raise CommandError(f"Không thấy tệp {file}.")
        found = survey(file, report)
        self.attachments = found.attachments
        return site_of(file, found)

    def pictures(self, unit: Department, by: User, options: dict[str, Any]) -> Pictures:
        return replace(super().pictures(unit, by, options), attachments=self.attachments)
