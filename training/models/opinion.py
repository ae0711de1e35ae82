"""What one participant thought of an event: linked to nobody, without a time."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from foundation.language.fields import NormalTextField
from training.models.enrolment import Enrolment

_MARK = [MinValueValidator(1), MaxValueValidator(5)]


class Opinion(models.Model):
    """One answer of the feedback form: marks from 1 to 5 and a few words."""

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="opinions", verbose_name="đợt đăng ký"
    )
    useful = models.PositiveSmallIntegerField("nội dung có ích", validators=_MARK)
    clear = models.PositiveSmallIntegerField("trình bày dễ hiểu", validators=_MARK)
    organised = models.PositiveSmallIntegerField("tổ chức chu đáo", validators=_MARK)
    words = NormalTextField("góp ý thêm", max_length=1000, blank=True)

    class Meta:
        verbose_name = "ý kiến người dự"
        verbose_name_plural = "ý kiến người dự"

    def __str__(self) -> str:
        return f"Ý kiến về {self.enrolment}"
