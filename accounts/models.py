"""Who may sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from language.fields import DerivedField, NormalCharField
from language.vietnamese import name_sort_key


class FormOfAddress(models.TextChoices):
    """How the newsroom speaks to this person; messages are person to person."""

    FRIEND = "bạn", "bạn"
    BROTHER = "anh", "anh"
    SISTER = "chị", "chị"
    TEACHER_M = "thầy", "thầy"
    TEACHER_F = "cô", "cô"


class User(AbstractUser):
    """An account. What it may do follows from the positions of its person, with their dates."""

    first_name = None
    last_name = None
    full_name = NormalCharField("họ và tên", max_length=150)
    form_of_address = models.CharField(
        "xưng hô", max_length=8, choices=FormOfAddress, default=FormOfAddress.FRIEND
    )
    sort_key = DerivedField(source="full_name", derive=name_sort_key, db_index=True)

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]
