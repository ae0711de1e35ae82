"""The book of commendations (sổ khen thưởng) of an issuer: each number of a year is given once."""

from django.db import models
from django.utils import timezone

from awards.models.commendation import Commendation
from departments.models import Department


class BookEntry(models.Model):
    """One line of the book. It stays when its commendation is deleted: a number is never given twice."""

    issuer = models.ForeignKey(Department, models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField("năm của sổ", editable=False)
    number = models.PositiveIntegerField("vào sổ số", editable=False)
    commendation = models.ForeignKey(
        Commendation, models.SET_NULL, null=True, related_name="book_entries", editable=False
    )
    entered_at = models.DateTimeField("vào sổ lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "dòng sổ khen thưởng"
        verbose_name_plural = "sổ khen thưởng"
        ordering = ["issuer", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="book_number_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
