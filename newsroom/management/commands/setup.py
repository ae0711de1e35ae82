"""Set the site up: from a file, or by a page that a one-time code opens; says what is still missing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Ticket, User
from inbox.models import Notice
from inbox.posting import send_due
from newsroom.first_day.carrying_out import set_up, waiting_administrator
from newsroom.first_day.file import FileRefused, read_setup_file
from newsroom.first_day.missing import what_is_missing
from newsroom.first_day.opening import is_open, make_opening_code
from staff.letting_in import mail_links, print_invitations


class Command(BaseCommand):
    help = "Dựng trang: trang của ai, quản trị viên, đơn vị, chuyên mục, năm học; rồi nói còn thiếu gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="file", type=Path, metavar="TỆP", help="làm theo tệp TOML, không hỏi gì"
        )
        parser.add_argument("--code", action="store_true", help="in mã vào lần đầu thay cho lời mời qua thư")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            self._set_up(options["file"])
        if person := waiting_administrator():
            self._let_in(person, by_code=options["code"])
        elif is_open():
            address = f"{settings.SITE_URL}{reverse('admin:first_visit')}"
            self.stdout.write(f"Mở {address} và gõ mã này (dùng một lần, trong 2 giờ): {make_opening_code()}")
        missing = what_is_missing()
        self.stdout.write("Không còn thiếu gì." if not missing else "Còn thiếu:")
        for one in missing:
            self.stdout.write(f"- {one.name}: {one.words}")

    def _set_up(self, path: Path) -> None:
        try:
            outcome = set_up(read_setup_file(path))
        except FileRefused as refusal:
            raise CommandError("Chưa ghi gì.\n" + "\n".join(refusal.faults)) from refusal
        except IntegrityError as other:
            raise CommandError("Một lệnh dựng trang khác vừa chạy. Hãy chạy lại.") from other
        for words in outcome.done or ["Đã dựng từ trước, giữ nguyên."]:
            self.stdout.write(words)

    def _let_in(self, person: User, *, by_code: bool) -> None:
        """Try the mail with the invitation itself; a code is printed where it does not arrive."""
        if not by_code and (ticket := Ticket.objects.usable().filter(user=person).first()):
            self.stdout.write(
                f"{person} có lời mời còn hạn đến {_moment(ticket)}; cần mã in ra: setup --code."
            )
            return
        if person.email and not by_code and self._mail(person):
            return
        address = f"{settings.SITE_URL}{reverse('admin:enter_by_code')}"
        for ticket, code in print_invitations([person], by=person):
            self.stdout.write(f"{person} vào ở {address}, tên đăng nhập {person.username}, mã {code}.")
            self.stdout.write(f"Mã dùng một lần, đến {_moment(ticket)}.")

    def _mail(self, person: User) -> bool:
        mail_links([person], by=person)
        send_due()
        letter = Notice.objects.filter(recipient=person, kind="ticket").order_by("-pk").first()
        if letter is None or letter.mailed_at is None:
            why = letter.error if letter else ""
            self.stderr.write(f"Thư chưa đi được{f': {why}' if why else ''}. Dùng mã in ra dưới đây.")
            return False
        self.stdout.write(
            f"Máy chủ thư đã nhận lời mời gửi tới {person.email}; không thấy thư: setup --code."
        )
        return True


def _moment(ticket: Ticket) -> str:
    return f"{timezone.localtime(ticket.ends_at):%H:%M, %d/%m/%Y}"
