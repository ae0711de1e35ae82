"""Who may sign in."""

import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower

from foundation.language.fields import DerivedField, NormalCharField, NormalEmailField
from foundation.language.searching import search_text
from foundation.language.vietnamese import name_parts, name_sort_key


def not_entered() -> models.Q:
    """Return the condition for accounts whose person has not chosen a password yet."""
    return models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


class FormOfAddress(models.TextChoices):
    """How the newsroom addresses this person in messages."""

    FRIEND = "bạn", "bạn"
    BROTHER = "anh", "anh"
    SISTER = "chị", "chị"
    TEACHER_M = "thầy", "thầy"
    TEACHER_F = "cô", "cô"


class AccountManager(UserManager):
    """Finds accounts by username in any case."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str) -> "User":
        """Ignore case, because phones type a capital first: “Ctv” signs in as “ctv”."""
        return self.get(username__iexact=username)


class User(AbstractUser):
    """An account. What it may do follows from the dated positions of its person."""

    first_name = None
    last_name = None
    # Cache of `departments.access`: the person's rights by day, for the lifetime of this object.
    rights_read: dict[datetime.date, Any] | None = None
    # Whether this session has confirmed lately (`accounts.confirming`); None outside of a session.
    confirmed_lately: bool | None = None
    full_name = NormalCharField("họ và tên", max_length=150)
    email = NormalEmailField("thư điện tử", blank=True)
    form_of_address = models.CharField(
        "xưng hô", max_length=8, choices=FormOfAddress, default=FormOfAddress.FRIEND
    )
    # Overridden because Django's label is shown in English in the change history.
    is_active = models.BooleanField(
        "đang hoạt động", default=True, help_text="Bỏ chọn để khóa tài khoản; đừng xóa tài khoản."
    )
    sort_key = DerivedField(source="full_name", derive=name_sort_key, db_index=True)
    search_key = DerivedField(source="full_name", derive=search_text)

    objects = AccountManager()

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_once_in_any_case",
                violation_error_message="Tên đăng nhập này đã có người dùng.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def has_entered(self) -> bool:
        """Whether the person has chosen a password; only they know it. An invited account has none yet."""
        return self.has_usable_password()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name: Lan; of “Y Phu Êban”, Phu."""
        return name_parts(self.full_name).given
