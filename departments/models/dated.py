"""Rows that are valid from one day to another, and rules against overlaps."""

import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models

from departments.querysets import DatedQuerySet
from foundation.language.dates import format_date
from foundation.language.fields import NormalCharField


class Exclusion(NamedTuple):
    """No other row with these same values may be valid on the same day; `field` gets the error message."""

    same: dict[str, Any]
    message: str
    field: str = "valid_from"


class Dated(models.Model):
    """Valid from one day to another, both included; without an end, until further notice."""

    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True, help_text="Để trống nếu vẫn còn.")
    document = NormalCharField(
        "căn cứ", max_length=200, blank=True, help_text="Văn bản làm căn cứ; ghi “chờ văn bản” nếu chưa có."
    )

    objects = DatedQuerySet.as_manager()

    # The form set compares rows of one form with each other (departments.forms), because their rows in the
    # table are about to change.
    compared_elsewhere: frozenset[int] = frozenset()

    class Meta:
        abstract = True

    @property
    def period(self) -> str:
        """Both days in words: “từ 01/07/2025 đến nay”."""
        until = f"đến hết {format_date(self.valid_until, 'so')}" if self.valid_until else "đến nay"
        return f"từ {format_date(self.valid_from, 'so')} {until}"

    def clean(self) -> None:
        super().clean()
        if not self.valid_from:
            return
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."})
        for exclusion in self.exclusions():
            others = type(self)._default_manager.filter(**exclusion.same).exclude(pk=self.pk)
            others = others.exclude(pk__in=self.compared_elsewhere)
            if other := others.between(self.valid_from, self.valid_until).first():
                raise ValidationError({exclusion.field: exclusion.message.format(other=other)})

    def exclusions(self) -> list[Exclusion]:
        """Return which other rows may not be valid on the days of this one."""
        return []

    def meets(self, other: "Dated") -> bool:
        """Return whether both rows are valid on some day."""
        last = datetime.date.max
        begins_in_time = self.valid_from <= (other.valid_until or last)
        return begins_in_time and other.valid_from <= (self.valid_until or last)
