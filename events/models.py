"""Events: when, where, who came, documents and photos."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from approvals.enums import RecordStatus
from departments.enums import DepartmentKind, Honorific
from departments.models import Department, Person, SchoolYear
from documents.models import OfficialDocument
from events.enums import EventKind, Occurrence, Qualifier
from events.querysets import LONGEST, EventDocumentQuerySet, EventQuerySet, ParticipatingGroupQuerySet
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField, NormalURLField
from foundation.language.searching import search_text
from foundation.paging.addresses import address_of
from media.models import Photo


class Event(models.Model):
    """A conference, contest, ceremony. Only `events.workflow` changes `status`.

    `events.timing` computes whether it is coming, under way or over; `occurrence` says whether it was
    cancelled, postponed or moved.
    """

    kind = models.CharField("loại sự kiện", max_length=12, choices=EventKind)
    title = NormalCharField("tên sự kiện", max_length=200)
    slug = models.SlugField("địa chỉ trang", max_length=120, unique=True)
    summary = NormalTextField("giới thiệu ngắn", blank=True)
    host = models.ForeignKey(
        Department, models.PROTECT, related_name="hosted_events", verbose_name="đơn vị chủ trì"
    )
    co_hosts = models.ManyToManyField(
        Department, related_name="co_hosted_events", blank=True, verbose_name="đơn vị phối hợp"
    )
    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="năm học"
    )
    starts_at = models.DateTimeField("bắt đầu")
    ends_at = models.DateTimeField(
        "kết thúc", null=True, blank=True, help_text="Để trống nếu chưa rõ giờ kết thúc."
    )
    all_day = models.BooleanField("cả ngày", default=False, help_text="Chỉ hiện ngày, không hiện giờ.")
    place_name = NormalCharField("địa điểm", max_length=150, blank=True)
    place_address = NormalCharField("địa chỉ", max_length=200, blank=True)
    online_url = NormalURLField("đường dẫn trực tuyến", blank=True)
    attendance_qualifier = models.CharField(
        "trang ghi là",
        max_length=10,
        choices=Qualifier,
        blank=True,
        default=Qualifier.EXACT,
        help_text="Chọn “gần số này” thì bạn đọc thấy: gần 200 đại biểu.",
    )
    attendance = models.PositiveIntegerField("số đại biểu", null=True, blank=True)
    lead_photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh chính"
    )
    occurrence = models.CharField(
        "tình trạng", max_length=12, choices=Occurrence, default=Occurrence.AS_PLANNED
    )
    occurrence_note = NormalCharField("lý do hoãn, hủy, dời", max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # RFC 5545 SEQUENCE
    search_key = DerivedField(source="title", derive=search_text)
    # Everybody who typed a word of it; none of them may approve it.
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name="người đã nhập"
    )
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = EventQuerySet.as_manager()

    owner_field = "host_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ["-starts_at", "-pk"]
        permissions = [
            ("submit_event", "Gửi duyệt sự kiện"),
            ("approve_event", "Duyệt sự kiện"),
            ("withdraw_event", "Gỡ sự kiện"),
        ]
        indexes = [
            models.Index(
                fields=["-starts_at", "-id"], name="public_events_newest", condition=Q(status="public")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                violation_error_message="Giờ kết thúc phải bằng hoặc sau giờ bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("events:event_detail", self.slug)

    def clean(self) -> None:
        """Check what an editor can correct; a constraint checks that it ends after it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at - self.starts_at >= LONGEST:
            raise ValidationError({"ends_at": "Sự kiện dài quá một năm: hãy xem lại ngày kết thúc."})
        if self.occurrence != Occurrence.AS_PLANNED and not self.occurrence_note:
            label = self.get_occurrence_display().lower()
            raise ValidationError(
                {"occurrence_note": f"Sự kiện ghi “{label}”: hãy ghi lý do để bạn đọc biết."}
            )


class ProgrammeItem(models.Model):
    """An item of the programme."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="programme", verbose_name="sự kiện")
    starts_at = models.DateTimeField("lúc")
    title = NormalCharField("nội dung", max_length=200)
    note = NormalTextField("chi tiết", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "mục chương trình"
        verbose_name_plural = "chương trình"
        ordering = ["starts_at", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Delegate(models.Model):
    """A guest, with name, title and unit as of that day; sorted as typed."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="delegates", verbose_name="sự kiện")
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name="người trong danh bạ",
    )
    honorific = models.CharField(
        "danh xưng", max_length=8, choices=Honorific, blank=True, default=Honorific.NONE
    )
    name = NormalCharField("tên ghi trên trang", max_length=150)
    title = NormalCharField("chức danh hôm đó", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "đại biểu"
        verbose_name_plural = "đại biểu"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ParticipatingGroup(models.Model):
    """Who took part: one unit, or a kind of unit with a count."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants", verbose_name="sự kiện")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name="đơn vị",
    )
    department_kind = models.CharField("loại đơn vị", max_length=20, choices=DepartmentKind, blank=True)
    label = NormalCharField("ghi trên trang", max_length=150)
    count_qualifier = models.CharField(
        "trang ghi là", max_length=10, choices=Qualifier, blank=True, default=Qualifier.EXACT
    )
    count = models.PositiveIntegerField("số đơn vị", null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = ParticipatingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị tham dự"
        verbose_name_plural = "đơn vị tham dự"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class EventPhoto(models.Model):
    """A photo on the page of an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="event_photos", verbose_name="sự kiện")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="event_uses", verbose_name="ảnh")
    caption = NormalTextField("chú thích", blank=True, help_text="Để trống: dùng chú thích trong kho ảnh.")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "ảnh sự kiện"
        verbose_name_plural = "ảnh sự kiện"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.photo)


class EventDocument(models.Model):
    """A document used at an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="event_documents", verbose_name="sự kiện")
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, related_name="event_uses", verbose_name="văn bản"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = EventDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu sự kiện"
        verbose_name_plural = "tài liệu sự kiện"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.document)
