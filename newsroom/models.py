"""What the machine did for its own safety, so that every machine and the administrators can see it."""

from django.db import models


class BackupRun(models.Model):
    """One backup, or one drill that restored a backup beside the real data; the log of both."""

    is_drill = models.BooleanField("khôi phục thử")
    is_good = models.BooleanField("được")
    ended_at = models.DateTimeField("lúc", auto_now_add=True, db_index=True)
    file_name = models.CharField("tệp", max_length=200, blank=True)
    size = models.BigIntegerField("số byte", default=0)
    words = models.TextField("vì sao không được", blank=True)

    class Meta:
        verbose_name = "lần sao lưu"
        verbose_name_plural = "các lần sao lưu"
        ordering = ["-ended_at", "-pk"]

    def __str__(self) -> str:
        kind = "Khôi phục thử" if self.is_drill else "Sao lưu"
        return f"{kind} {self.file_name}".strip()


class OpeningCode(models.Model):
    """The code of the first visit: printed by a command, kept as a hash, good once and until its end."""

    code_hash = models.CharField("mã băm", max_length=64, unique=True)
    ends_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("dùng lúc", null=True)

    class Meta:
        verbose_name = "mã dựng trang"
        verbose_name_plural = "các mã dựng trang"

    def __str__(self) -> str:
        return f"Mã dựng trang {self.pk}"
