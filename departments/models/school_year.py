"""The school year."""

from django.db import models
from django.db.models import F, Q

from language.school_years import school_year_display


class SchoolYear(models.Model):
    """A school year, stored by its first calendar year."""

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
