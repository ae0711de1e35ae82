"""What was decided about a person of the office: they leave, move, come back; since when one administers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from departments.models import Person
from foundation.language.fields import NormalCharField


class ChangeKind(models.TextChoices):
    """What happens to the person."""

    LEAVE = "leave", "Thôi việc, nghỉ hưu"
    MOVE = "move", "Chuyển đơn vị, đổi chức danh"
    RETURN = "return", "Trở lại làm việc"


class StaffChangeQuerySet(models.QuerySet):
    """Changes."""

    def due(self) -> Self:
        """Return the changes whose day has come and whose account was not locked or opened yet."""
        return self.filter(undone_at=None, settled_at=None, day__lte=timezone.localdate())

    def coming(self) -> Self:
        """Return the changes that may still be undone: their day has not come."""
        return self.filter(undone_at=None, day__gt=timezone.localdate())


class StaffChange(models.Model):
    """One decision about a person, in force from `day` on. Positions change at once, each with its days; the
    account is locked or opened on the day. Until the day it can be undone from what `ended` and `opened` say.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người")
    kind = models.CharField("việc", max_length=8, choices=ChangeKind)
    day = models.DateField("kể từ ngày")
    document = NormalCharField("căn cứ", max_length=200, blank=True)
    successor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người tiếp nhận"
    )
    # Positions as they were: {primary key: [valid_until, ended_on]} as ISO days or null.
    ended = models.JSONField("chức danh kết thúc", default=dict, editable=False)
    opened = models.JSONField("chức danh mở ra", default=list, editable=False)  # primary keys
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    made_at = models.DateTimeField("ghi lúc", default=timezone.now)
    settled_at = models.DateTimeField("áp dụng lúc", null=True)
    undone_at = models.DateTimeField("bỏ lúc", null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người bỏ"
    )

    objects = StaffChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi nhân sự"
        verbose_name_plural = "thay đổi nhân sự"
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(
                fields=["day"], name="change_to_settle", condition=Q(settled_at=None, undone_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def may_be_undone(self) -> bool:
        """Whether its day has not come yet."""
        return self.undone_at is None and self.day > timezone.localdate()


class KnownAdministrator(models.Model):
    """An account that administers accounts, and since when the other administrators could know it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="quản trị viên"
    )
    since = models.DateTimeField("được biết từ", default=timezone.now)

    class Meta:
        verbose_name = "quản trị viên đã được biết"
        verbose_name_plural = "quản trị viên đã được biết"

    def __str__(self) -> str:
        return str(self.user)
