"""What the commands that import an old site share: who, for which unit, progress and the report."""

import time
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from approvals.engine import StepRefused
from articles.bulk.old_site.carrying import Carrier
from articles.bulk.old_site.doors import PERMISSION
from articles.bulk.old_site.pictures import Pictures
from articles.bulk.old_site.posts import NotReadable, OldSite
from articles.bulk.old_site.report import ImportReport
from articles.bulk.old_site.units import UnitsOfTheDay
from departments.access import people_who_may, scope
from departments.enums import DepartmentKind
from departments.matching import UnitNames, UnitUnknown
from departments.models import Department
from foundation.language.numbers import format_number


class OldSiteCommand(BaseCommand, ABC):
    """Imports the site that `open_site` returns. Run again, it brings nothing twice and goes on."""

    uploads_name = ""  # the folder of pictures as the site calls it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="đọc và báo cáo, không ghi gì")
        parser.add_argument("--as", dest="username", metavar="TÀI_KHOẢN", help="ai chịu trách nhiệm nhập")
        parser.add_argument(
            "--unit",
            metavar="ĐƠN_VỊ",
            help="địa chỉ hoặc mã đơn vị của trang cũ, cả đơn vị đã thôi hoạt động; mặc định: Sở. "
            "Bài thuộc về đơn vị của ngày đăng.",
        )
        parser.add_argument(
            "--photos", type=Path, metavar="THƯ_MỤC", help=f"bản sao {self.uploads_name} trên máy này"
        )
        parser.add_argument("--drafts", action="store_true", help="mọi bài chỉ vào bản nháp, chờ duyệt")
        parser.add_argument("--report", type=Path, metavar="TỆP", help="ghi báo cáo đầy đủ vào tệp")

    @abstractmethod
    def open_site(self, report: ImportReport, options: dict[str, Any]) -> OldSite:
        """Return the site to import. Raises NotReadable."""

    def pictures(self, unit: Department, by: User, options: dict[str, Any]) -> Pictures:
        """Returns where the pictures of the opened site are taken from."""
        return Pictures(
            unit,
            by,
            folder=options["photos"],
            hosts=tuple(host.lower() for host in options.get("fetch", ())),
            is_rehearsal=options["dry_run"],
        )

    def handle(self, **options: Any) -> None:
        if options["photos"] and not options["photos"].is_dir():
            raise CommandError(f"Không thấy thư mục ảnh {options['photos']}.")
        unit = _unit(options["unit"])
        by = _person(options["username"], unit)
        report = ImportReport()
        try:
            self._carry(unit, by, report, options)
        except NotReadable as refusal:
            raise CommandError(f"{refusal.message} Chưa có gì được nhập từ chỗ hỏng trở đi.") from refusal
        except (StepRefused, PermissionDenied) as refusal:
            words = getattr(refusal, "message", "Tài khoản này không có quyền nhập bài cho đơn vị.")
            raise CommandError(words) from refusal
        except KeyboardInterrupt as stop:
            self._tell(report, options)
            raise CommandError("Đã dừng. Chạy lại cùng lệnh này để làm tiếp.") from stop
        self._tell(report, options)

    def _carry(self, unit: Department, by: User, report: ImportReport, options: dict[str, Any]) -> None:
        site = self.open_site(report, options)
        begun = time.monotonic()
        rehearsal = " (chạy thử, không ghi gì)" if options["dry_run"] else ""
        self.stdout.write(f"{site.posts} bài từ {site.host} về {unit}, người nhập: {by}{rehearsal}.")

        def progress(seen: int) -> None:
            speed = seen / max(time.monotonic() - begun, 0.001)
            of_photos = f", {format_number(pictures.seen)}/{format_number(site.pictures)} ảnh"
            told = of_photos if pictures.may_look and site.pictures else ""
            posts = f"{format_number(seen)}/{format_number(site.posts)} bài{told}"
            self.stdout.write(f"{posts}, {format_number(speed, 1 if speed < 10 else 0)} bài/giây")
            self.stdout.flush()

        pictures = self.pictures(unit, by, options)
        Carrier(
            site,
            UnitsOfTheDay(unit, scope(by, PERMISSION)),
            by,
            pictures,
            report,
            only_drafts=options["drafts"],
            is_rehearsal=options["dry_run"],
            progress=progress,
        ).carry()
        for address, why in pictures.refused.items():
            report.leave("Ảnh bị từ chối", f"{address}: {why}")
        report.counts["photo"] = pictures.taken

    def _tell(self, report: ImportReport, options: dict[str, Any]) -> None:
        for line in report.lines():
            self.stdout.write(line)
        if options["report"]:
            options["report"].write_text("\n".join(report.lines(None)) + "\n", encoding="utf-8")
            self.stdout.write(f"Báo cáo đầy đủ: {options['report']}")


def add_fetch(parser: ArgumentParser) -> None:
    """Add the option that names machines from which pictures may be fetched."""
    parser.add_argument(
        "--fetch", action="append", default=[], metavar="MÁY", help="cho phép lấy ảnh từ máy này qua mạng"
    )


def _unit(asked: str | None) -> Department:
    units = Department.objects.all()
    if asked:
        found = units.filter(slug=asked).first() or units.filter(code=asked).first()
        found = found or units.filter(names__slug=asked).first()
        return found or _unit_called(asked)
    offices = list(units.on().filter(kind=DepartmentKind.PROVINCE_OFFICE)[:2])
    if len(offices) != 1:
        raise CommandError("Chưa rõ bài thuộc đơn vị nào: hãy thêm --unit ĐỊA_CHỈ_ĐƠN_VỊ.")
    return offices[0]


def _unit_called(name: str) -> Department:
    """Return the open unit of this name; one of several with one name, or a closed one, is asked about."""
    try:
        return UnitNames(timezone.localdate()).find(name, timezone.localdate(), None).unit
    except UnitUnknown as unknown:
        raise CommandError(f"Không có đơn vị với địa chỉ hoặc mã “{name}”. {unknown}") from unknown


def _person(asked: str | None, unit: Department) -> User:
    may = people_who_may(PERMISSION, unit.pk)
    if asked:
        found = may.filter(username=asked).first()
        if found is None:
            raise CommandError(f"“{asked}” hôm nay không giữ chức danh được nhập bài cho {unit}.")
        return found
    found = list(may[:5])
    if len(found) != 1:
        names = ", ".join(user.username for user in found) or "chưa ai"
        raise CommandError(f"Hãy ghi người chịu trách nhiệm nhập: --as TÀI_KHOẢN. Có quyền: {names}.")
    return found[0]
