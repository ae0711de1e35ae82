"""Make the demo newsroom and serve it like a real site."""

import gc
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.role_table import write_roles
from accounts.roles import Role
from foundation.search.models import Entry
from foundation.search.rebuilding import rebuild_all
from newsroom.demo import bytecode, database, generating, loading, serving, statics
from newsroom.demo.people import ACCOUNTS
from newsroom.findable_rooms import ROOMS
from newsroom.preloading import load_pages

ROLE_NAMES = dict(Role.choices)


class Command(BaseCommand):
    help = "Dựng tòa soạn dùng thử trên máy này rồi phục vụ. Chạy lại không làm đổi dữ liệu."
    requires_system_checks: list[str] = []  # for a faster start; CI runs the checks

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, metavar="N")
        parser.add_argument("--host", default="127.0.0.1", metavar="H")
        parser.add_argument("--no-serve", action="store_true", help="chuẩn bị xong thì thoát")
        parser.add_argument("--reset", action="store_true", help="xóa dữ liệu dùng thử và dựng lại")
        parser.add_argument(
            "--articles", type=int, default=0, metavar="N", help="thêm cho đủ N bài sinh tự động, có ảnh"
        )

    def handle(self, **options: Any) -> None:
        gc.enable()  # manage.py has disabled it
        if not settings.DEMO:
            raise CommandError("Chỉ chạy được khi DEMO=1; hãy gọi thẳng: manage.py demo")
        if not options["no_serve"]:
            serving.refuse_busy_port(options["host"], options["port"])
        try:
            self.prepare(options)
        except loading.NotADemoError as refusal:
            raise CommandError(
                "Cơ sở dữ liệu này đã có dữ liệu thật, không phải bản dùng thử. Không có gì bị thay đổi. "
                "Hãy để trống DATABASE_URL hoặc trỏ tới một cơ sở dữ liệu trống."
            ) from refusal
        address = serving.address(options["host"], options["port"])
        self.show_accounts(address)
        if not options["no_serve"]:
            serving.serve(options["host"], options["port"])

    def prepare(self, options: dict[str, Any]) -> None:
        """Prepare database, static files, demo data and bytecode."""
        settings.VAR_DIR.mkdir(exist_ok=True)
        if options["reset"]:
            with self.step("Xóa dữ liệu dùng thử cũ"):
                database.reset()
        if not database.has_tables():
            with self.step("Cơ sở dữ liệu"):
                call_command("migrate", verbosity=0, interactive=False)
        write_roles()
        if not loading.is_loaded():
            with self.step("Dữ liệu dùng thử"):
                loading.load()
        if not Entry.objects.exists():
            with self.step("Chỉ mục tìm kiếm"):
                rebuild_all(ROOMS)
        if options["articles"]:
            with self.step(f"{options['articles']} bài sinh tự động"):
                generating.top_up(options["articles"])
        if statics.have_changed():
            with self.step("Tệp giao diện"):
                statics.collect()
        load_pages()
        if places := bytecode.uncompiled():
            with self.step("Mã chương trình"):
                bytecode.compile_bytecode(places)

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Print the label, and the time of the block."""
        self.stdout.write(f"{label} … ", ending="")
        self.stdout.flush()
        begun = time.monotonic()
        yield
        self.stdout.write(f"xong ({time.monotonic() - begun:.1f} giây)".replace(".", ","))

    def show_accounts(self, address: str) -> None:
        """Print the address and the demo's accounts."""
        self.stdout.write("")
        self.stdout.write(self.style.SUCCESS(f"Trang tin:      {address}/"))
        self.stdout.write(self.style.SUCCESS(f"Phòng biên tập: {address}/admin/"))
        self.stdout.write(f"Mật khẩu chung: {settings.DEMO_PASSWORD}\n")
        for row in ACCOUNTS:
            names = dict.fromkeys(ROLE_NAMES[held.role] for held in row.held)
            roles = " và ".join(name[0].lower() + name[1:] for name in names)
            self.stdout.write(f"  {row.username:<13} {row.name} ({roles})")
        self.stdout.write("\nMọi dữ liệu ngoài bài về hội nghị tập huấn đều là minh họa. Dừng: Ctrl+C.")
        self.stdout.flush()
