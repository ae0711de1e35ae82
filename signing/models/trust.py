"""Whom signatures are traced to: pinned certificates, and how a name is written on certificates."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from foundation.language.fields import NormalCharField


class TrustedCertificates(models.QuerySet):
    """Pinned certificates."""

    def in_use(self) -> "TrustedCertificates":
        return self.filter(retired_at=None)


class TrustedCertificate(models.Model):
    """A certificate of a certification authority that somebody compared and pinned; none is shipped."""

    name = NormalCharField("tên trên chứng thư", max_length=200, editable=False)
    is_root = models.BooleanField("là gốc", editable=False)
    # Signatures below it are shown as trials, never as signatures.
    is_trial = models.BooleanField(
        "chỉ để thử",
        default=False,
        help_text="Chữ ký thuộc gốc này luôn được ghi là “thử nghiệm, không có giá trị”.",
    )
    body = models.TextField(editable=False)  # base64 of the DER
    digest = models.CharField("dấu vân tay SHA-256", max_length=64, unique=True, editable=False)
    begins_on = models.DateField("có hạn từ", editable=False)
    ends_on = models.DateField("hết hạn", editable=False)
    source = NormalCharField(
        "lấy từ đâu, ai đối chiếu",
        max_length=300,
        help_text="Ví dụ: tải từ ca.gov.vn ngày 01/12/2026, đối chiếu dấu vân tay với văn bản …",
    )
    revocations = models.TextField(blank=True, editable=False)  # its revocation list, base64 of the DER
    revocations_until = models.DateTimeField("danh sách thu hồi dùng đến", null=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    added_at = models.DateTimeField("ghim lúc", default=timezone.now, editable=False)
    retired_at = models.DateTimeField("thôi dùng từ", null=True, editable=False)

    objects = TrustedCertificates.as_manager()

    class Meta:
        verbose_name = "chứng thư được ghim"
        verbose_name_plural = "chứng thư được ghim"
        ordering = ["-is_root", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class SignerName(models.Model):
    """How a person or an agency is called on certificates, where that is not their name in the register."""

    name = NormalCharField(
        "tên trong sổ", max_length=200, help_text="Tên người ký hoặc cơ quan, như trong sổ."
    )
    on_certificate = NormalCharField("tên trên chứng thư", max_length=200)

    class Meta:
        verbose_name = "tên trên chứng thư"
        verbose_name_plural = "tên trên chứng thư"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "on_certificate"],
                name="one_spelling_once",
                violation_error_message="Cách ghi này đã có.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.on_certificate}"
