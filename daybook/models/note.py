"""Notes of the day, and who may approve them for an event instead of the head."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone

from approvals.enums import RecordStatus
from daybook.querysets import EntrustmentQuerySet, NoteQuerySet
from departments.models import Department
from events.models import Event
from foundation.language.fields import NormalCharField, NormalTextField
from media.models import Photo

LONGEST = 500  # signs of a note
MOST = 300  # notes of one event: they stand on one page


class Note(models.Model):
    """A short dated item about an event. Only `daybook.notes.workflow` changes `status`.

    `digest` is of the words and the photo as they were sent: nothing else can be approved.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="notes", verbose_name="sự kiện")
    host = models.ForeignKey(
        Department, models.PROTECT, related_name="+", editable=False, verbose_name="đơn vị chủ trì"
    )
    happened_at = models.DateTimeField("lúc", default=timezone.now)
    body = NormalTextField(
        "nội dung",
        validators=[MaxLengthValidator(LONGEST)],
        help_text=f"Một việc vừa diễn ra, nhiều nhất {LONGEST} ký tự.",
    )
    photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="note_uses", verbose_name="ảnh"
    )
    caption = NormalCharField(
        "chú thích ảnh", max_length=250, blank=True, help_text="Để trống: lấy chú thích trong kho ảnh."
    )
    # Everybody who wrote a word of it; none of them may approve it.
    writers: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name="người đã nhập"
    )
    digest = models.CharField("mã của bản gửi duyệt", max_length=64, blank=True, editable=False)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True, editable=False)

    objects = NoteQuerySet.as_manager()

    owner_field = "host_id"

    class Meta:
        verbose_name = "tin nhanh"
        verbose_name_plural = "tin nhanh"
        ordering = ["-happened_at", "-pk"]
        permissions = [
            ("submit_note", "Gửi duyệt tin nhanh"),
            ("approve_note", "Duyệt tin nhanh"),
            ("relay_note", "Duyệt tin nhanh khi được trưởng đơn vị giao"),
            ("withdraw_note", "Gỡ tin nhanh"),
        ]
        indexes = [
            models.Index(
                fields=["-happened_at", "-id"],
                name="public_notes_newest",
                condition=models.Q(status=RecordStatus.PUBLIC),
            )
        ]

    def __str__(self) -> str:
        words = " ".join(self.body.split())
        return words if len(words) <= 60 else f"{words[:60].rsplit(' ', 1)[0]} …"

    @property
    def anchor(self) -> str:
        return f"tin-{self.pk}"

    def get_absolute_url(self) -> str:
        """Its place on the page of the event's notes."""
        return f"{self.event.get_absolute_url()}tin-nhanh/#{self.anchor}"


class Entrustment(models.Model):
    """A head's word that somebody approves the notes of one event. It is ended, never deleted."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="entrustments", verbose_name="sự kiện")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="giao cho"
    )
    words = NormalCharField("giao việc gì", max_length=250)
    until = models.DateField("đến hết ngày")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người giao"
    )
    given_at = models.DateTimeField("giao lúc", auto_now_add=True)
    ended_at = models.DateTimeField("thôi lúc", null=True)

    objects = EntrustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "giao duyệt tin nhanh"
        verbose_name_plural = "giao duyệt tin nhanh"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=models.Q(ended_at=None),
                name="a_person_is_entrusted_once",
                violation_error_message="Người này đang được giao rồi.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.words}"
