"""A file of an event, for its participants or for everybody."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse

from approvals.enums import RecordStatus
from daybook.enums import Audience
from daybook.querysets import MaterialQuerySet
from departments.models import Department
from documents.sizes import size_words
from events.models import Event
from foundation.language.fields import NormalCharField


def storage_name(material: "Material", filename: str) -> str:
    """Return a random name, so that a file is only reached through its address and not by guessing."""
    return f"materials/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class Material(models.Model):
    """A file of an event. Only `daybook.materials.workflow` changes `status`.

    It is written while drafting or withdrawn, so what was released is what readers get.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="materials", verbose_name="sự kiện")
    host = models.ForeignKey(
        Department, models.PROTECT, related_name="+", editable=False, verbose_name="đơn vị chủ trì"
    )
    title = NormalCharField("tên tài liệu", max_length=200)
    audience = models.CharField("dành cho", max_length=12, choices=Audience, default=Audience.PARTICIPANTS)
    opens_on = models.DateField(
        "mở từ ngày", null=True, blank=True, help_text="Để trống: mở ngay khi được duyệt."
    )
    file = models.FileField("tệp", upload_to=storage_name)
    file_name = NormalCharField("tên tệp", max_length=150, editable=False)
    file_size = models.PositiveIntegerField("dung lượng", default=0, editable=False)
    file_type = models.CharField("kiểu tệp", max_length=8, editable=False)
    # Everybody who uploaded or changed it; none of them may release it.
    writers: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name="người đã nhập"
    )
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)

    objects = MaterialQuerySet.as_manager()

    owner_field = "host_id"

    class Meta:
        verbose_name = "tài liệu sự kiện"
        verbose_name_plural = "tài liệu sự kiện"
        ordering = ["event", "pk"]
        permissions = [
            ("submit_material", "Gửi duyệt tài liệu sự kiện"),
            ("approve_material", "Duyệt tài liệu sự kiện"),
            ("withdraw_material", "Gỡ tài liệu sự kiện"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public address of its file; there is nothing at it unless the file is for everybody."""
        return reverse("daybook:material_file", args=[self.event.slug, self.pk])

    @property
    def file_words(self) -> str:
        """“PDF, 412 KB”."""
        return f"{self.file_type}, {size_words(self.file_size)}"
