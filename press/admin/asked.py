"""What a screen of the press was asked about."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from press.subjects import Subject


@dataclass
class Asked:
    """One request about the sheets of one record; permission to print is checked already."""

    admin: Any
    request: HttpRequest
    record: Any
    subject: Subject

    def address(self, screen: str = "print", **more: Any) -> str:
        address: str = self.admin.print_address(self.record, screen, **more)
        return address

    def context(self, title: str) -> dict[str, Any]:
        """Return what each of these pages shows around its content."""
        return self.admin.admin_site.each_context(self.request) | {
            "title": title,
            "opts": self.admin.opts,
            "original": self.record,
            "subject": self.subject,
            "print_url": self.address(),
        }
