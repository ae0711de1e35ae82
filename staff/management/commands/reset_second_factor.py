"""Let a person enrol anew who has lost the devices, where no two administrators can do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from staff.new_device import make_code_at_server


class Command(BaseCommand):
    help = "In một mã cấp lại, dùng một lần trong 30 phút, cho người mất khóa, ứng dụng mã và mã khôi phục."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="tên đăng nhập của người ấy")
        parser.add_argument("--reason", required=True, help="đã xác minh là đúng người bằng cách nào")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username__iexact=options["username"], is_active=True).first()
        if person is None:
            raise CommandError("Không có tài khoản đang hoạt động nào tên này.")
        code = make_code_at_server(person, options["reason"])
        self.stdout.write(f"Mã cấp lại cho {person}: {code} (30 phút, cùng với mật khẩu của người ấy)")
