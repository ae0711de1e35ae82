"""Import the stories of a WordPress site from its export file."""

import time
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
from articles.bulk.old_site.report import ImportReport
from articles.bulk.old_site.units import UnitsOfTheDay
from articles.bulk.wordpress.opening import NotReadable
from articles.bulk.wordpress.survey import survey
from departments.access import people_who_may, scope
from departments.enums import DepartmentKind
from departments.matching import UnitNames, UnitUnknown
from departments.models import Department
from foundation.language.numbers import format_number


class Command(BaseCommand):
    help = (
        "Nhập bài từ tệp xuất của WordPress (WXR). Chạy lại không nhập hai lần; ngắt giữa chừng rồi chạy lại "
        "thì làm tiếp. Không tự lấy gì từ mạng."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="đọc và báo cáo, không ghi gì")
        parser.add_argument("--as", dest="username", metavar="TÀI_KHOẢN", help="ai chịu trách nhiệm nhập")
        parser.add_argument(
            "--unit",
            metavar="ĐƠN_VỊ",
            help="địa chỉ hoặc mã đơn vị của trang cũ, cả đơn vị đã thôi hoạt động; mặc định: Sở. "
            "Bài thuộc về đơn vị của ngày đăng.",
        )
        parser.add_argument(
            "--photos", type=Path, metavar="THƯ_MỤC", help="bản sao thư mục wp-content/uploads trên máy này"
        )
        parser.add_argument(
            "--fetch", action="append", default=[], metavar="MÁY", help="cho phép lấy ảnh từ máy này qua mạng"
        )
        parser.add_argument("--drafts", action="store_true", help="mọi bài chỉ vào bản nháp, chờ duyệt")
        parser.add_argument("--report", type=Path, metavar="TỆP", help="ghi báo cáo đầy đủ vào tệp")

    def handle(self, *, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"Không thấy tệp {file}.")
        if options["photos"] and not options["photos"].is_dir():
            raise CommandError(f"Không thấy thư mục ảnh {options['photos']}.")
        unit = _unit(options["unit"])
        by = _person(options["username"], unit)
        report = ImportReport()
        try:
            self._carry(file, unit, by, report, options)
        except NotReadable as refusal:
            raise CommandError(f"{refusal.message} Chưa có gì được nhập từ chỗ hỏng trở đi.") from refusal
        except (StepRefused, PermissionDenied) as refusal:
            words = getattr(refusal, "message", "Tài khoản này không có quyền nhập bài cho đơn vị.")
            raise CommandError(words) from refusal
        except KeyboardInterrupt as stop:
            self._tell(report, options)
            raise CommandError("Đã dừng. Chạy lại cùng lệnh này để làm tiếp.") from stop
        self._tell(report, options)

    def _carry(self, file: Path, unit: Department, by: User, report: ImportReport, options: dict) -> None:
        found = survey(file, report)
        begun = time.monotonic()
        rehearsal = " (chạy thử, không ghi gì)" if options["dry_run"] else ""
        self.stdout.write(f"{found.posts} bài từ {found.host} về {unit}, người nhập: {by}{rehearsal}.")

        def progress(seen: int) -> None:
            speed = seen / max(time.monotonic() - begun, 0.001)
            of_photos = f", {format_number(pictures.seen)}/{format_number(found.pictures)} ảnh"
            told = of_photos if pictures.may_look and found.pictures else ""
            posts = f"{format_number(seen)}/{format_number(found.posts)} bài{told}"
            self.stdout.write(f"{posts}, {format_number(speed, 1 if speed < 10 else 0)} bài/giây")
            self.stdout.flush()

        pictures = Pictures(
            unit,
            by,
            folder=options["photos"],
            hosts=tuple(host.lower() for host in options["fetch"]),
            is_rehearsal=options["dry_run"],
            attachments=found.attachments,
        )
        Carrier(
            found,
            UnitsOfTheDay(unit, scope(by, PERMISSION)),
            by,
            pictures,
            report,
            only_drafts=options["drafts"],
            is_rehearsal=options["dry_run"],
            progress=progress,
        ).carry(file)
        for address, why in pictures.refused.items():
            report.leave("Ảnh bị từ chối", f"{address}: {why}")
        report.counts["photo"] = pictures.taken

    def _tell(self, report: ImportReport, options: dict) -> None:
        for line in report.lines():
            self.stdout.write(line)
        if options["report"]:
            options["report"].write_text("\n".join(report.lines(None)) + "\n", encoding="utf-8")
            self.stdout.write(f"Báo cáo đầy đủ: {options['report']}")


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
