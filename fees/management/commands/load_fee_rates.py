"""Load the rates, prices and tax rules of fees that ship with the program."""

from typing import Any

from django.core.management.base import BaseCommand

from fees.law.pack import load_pack


class Command(BaseCommand):
    help = "Nạp mức nhuận bút, đơn giá, ngưỡng khấu trừ thuế kèm chương trình; dòng của cơ quan giữ nguyên."

    def handle(self, **options: Any) -> None:
        said = load_pack()
        for line in said:
            self.stdout.write(line)
        self.stdout.write(self.style.SUCCESS(f"Xong: {len(said)} thay đổi."))
