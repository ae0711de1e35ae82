"""School years, and days on which offices are closed."""

from django.db import models
from django.db.models import F, Q

from foundation.language.dates import format_date
from foundation.language.fields import NormalCharField
from foundation.language.school_years import school_year_display


class SchoolYear(models.Model):
    """A school year, identified by its first calendar year."""

    first_year = models.PositiveSmallIntegerField("năm đầu", unique=True)
    starts_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc")

    class Meta:
        verbose_name = "năm học"
        verbose_name_plural = "năm học"
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                name="school_year_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="Năm học phải kết thúc sau khi bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return school_year_display(self.first_year)


class DayOff(models.Model):
    """Days on which offices are closed: public holidays, Tết. Weekends need no row."""

    name = NormalCharField("ngày nghỉ", max_length=100)
    first = models.DateField("từ ngày")
    last = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "ngày nghỉ"
        verbose_name_plural = "ngày nghỉ lễ, Tết"
        ordering = ["-first", "pk"]
        constraints = [
            models.CheckConstraint(
                name="day_off_ends_after_it_begins",
                condition=Q(last__gte=F("first")),
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {format_date(self.first, 'so')}"
