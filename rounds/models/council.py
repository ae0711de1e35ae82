"""A session of the council that votes on nominees."""

import secrets
from pathlib import PurePath

from django.db import models

from foundation.language.fields import NormalCharField, NormalTextField
from rounds.bounds import is_of_our_time
from rounds.enums import Duty
from rounds.models.round import Round


def storage_name(session: "CouncilSession", filename: str) -> str:
    """Return a random name, as for the papers of a proposal."""
    return f"rounds/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class CouncilSession(models.Model):
    """One session: when, who was there, what the minutes say."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sessions", verbose_name="đợt khen")
    held_at = models.DateTimeField("họp lúc", validators=[is_of_our_time])
    opinion = NormalTextField("ý kiến ghi biên bản", blank=True)
    minutes = models.FileField("biên bản đã ký", upload_to=storage_name, blank=True)
    minutes_name = NormalCharField("tên tệp", max_length=150, blank=True, editable=False)

    class Meta:
        verbose_name = "phiên họp hội đồng"
        verbose_name_plural = "phiên họp hội đồng"
        ordering = ["held_at", "pk"]

    def __str__(self) -> str:
        return f"phiên họp {self.held_at:%d/%m/%Y}"


class CouncilMember(models.Model):
    """A member of the council, and whether they were present."""

    session = models.ForeignKey(
        CouncilSession, models.CASCADE, related_name="members", verbose_name="phiên họp"
    )
    name = NormalCharField("họ và tên", max_length=150)
    title = NormalCharField("chức vụ", max_length=200, blank=True)
    duty = models.CharField("nhiệm vụ", max_length=10, choices=Duty, default=Duty.MEMBER)
    is_present = models.BooleanField("có mặt", default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "thành viên hội đồng"
        verbose_name_plural = "thành viên hội đồng"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
