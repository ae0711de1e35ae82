"""Write the table of roles (accounts/roles.py) to the database."""

from django.core.management.base import BaseCommand

from accounts.role_table import write_roles


class Command(BaseCommand):
    help = "Ghi bảng vai trò – quyền (accounts/roles.py) vào cơ sở dữ liệu. Chạy lại bao nhiêu lần cũng được."

    def handle(self, *args, **options):
        for change in write_roles():
            self.stdout.write(change)
        self.stdout.write(self.style.SUCCESS("Bảng vai trò đã khớp với mã nguồn."))
