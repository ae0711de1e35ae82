"""Units, their names and relations with dates, people and the titles they hold."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.roles import Role
from departments.enums import DepartmentKind, Honorific, RelationKind, SuccessionKind
from departments.querysets import DatedQuerySet, DepartmentQuerySet
from language.fields import DerivedField, NormalCharField, NormalTextField
from language.vietnamese import fold, name_sort_key, sort_key


class Dated(models.Model):
    """Something true from one day to another, both included; no end means until further notice."""

    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True, help_text="Để trống nếu vẫn còn.")
    document = NormalCharField(
        "căn cứ", max_length=200, blank=True, help_text="Văn bản làm căn cứ; ghi “chờ văn bản” nếu chưa có."
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."})


class Department(models.Model):
    """A unit: an entity with validity, never deleted, never identified by its name.

    `name` repeats the name in force, for lists; `departments.naming` keeps it true.
    """

    kind = models.CharField("loại đơn vị", max_length=20, choices=DepartmentKind)
    code = models.CharField("mã đơn vị", max_length=40, unique=True)
    slug = models.SlugField("địa chỉ trang", max_length=100, unique=True)
    name = NormalCharField("tên đang dùng", max_length=200)
    short_name = NormalCharField("tên ngắn", max_length=100, blank=True)
    sort_key = DerivedField(source="name", derive=sort_key, db_index=True)
    search_key = DerivedField(source="name", derive=fold)
    valid_from = models.DateField("hoạt động từ ngày")
    valid_until = models.DateField("hoạt động đến hết ngày", null=True, blank=True)
    founding_document = NormalCharField("văn bản thành lập", max_length=200, blank=True)
    closing_document = NormalCharField("văn bản kết thúc", max_length=200, blank=True)
    former_province = NormalCharField(
        "tỉnh cũ", max_length=60, blank=True, help_text="Ví dụ: Phú Yên (cũ). Dùng để lọc sau hợp nhất."
    )
    functions = NormalTextField("chức năng, nhiệm vụ", blank=True)
    address = NormalCharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=40, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    website = models.URLField("trang web", blank=True)

    objects = DepartmentQuerySet.as_manager()

    owner_field = "pk"  # whose work it is: departments.access

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="department_closes_after_founding",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày thành lập.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and not self.is_closed_on(day)

    def is_closed_on(self, day: datetime.date) -> bool:
        return self.valid_until is not None and self.valid_until < day


class DepartmentName(Dated):
    """A name a unit bore between two days."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="names", verbose_name="đơn vị")
    name = NormalCharField("tên đầy đủ", max_length=200)
    short_name = NormalCharField("tên ngắn", max_length=100, blank=True)
    slug = models.SlugField("địa chỉ trang khi ấy", max_length=100, blank=True)
    search_key = DerivedField(source="name", derive=fold, db_index=True)

    objects = DatedQuerySet.as_manager()

    owner_field = "department_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "tên gọi"
        verbose_name_plural = "các tên gọi"
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(valid_until=None),
                name="one_open_name_a_department",
                violation_error_message="Đơn vị đã có một tên đang dùng; hãy ghi ngày kết thúc cho tên đó trước.",
            ),
            models.CheckConstraint(
                name="name_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentRelation(Dated):
    """`department` —kind→ `related` between two days. Succession is many to many, the others are one at a time."""

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="relations", verbose_name="đơn vị"
    )
    kind = models.CharField("quan hệ", max_length=16, choices=RelationKind)
    related = models.ForeignKey(
        Department, models.PROTECT, related_name="reverse_relations", verbose_name="với đơn vị"
    )
    succession_kind = models.CharField("kiểu kế thừa", max_length=10, choices=SuccessionKind, blank=True)

    objects = DatedQuerySet.as_manager()

    owner_field = "department_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "quan hệ giữa các đơn vị"
        verbose_name_plural = "quan hệ giữa các đơn vị"
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="relation_is_between_two_units",
                condition=~Q(department=F("related")),
                violation_error_message="Một đơn vị không thể có quan hệ với chính nó.",
            ),
            models.UniqueConstraint(
                fields=["department", "kind"],
                condition=Q(valid_until=None) & ~Q(kind=RelationKind.SUCCESSION),
                name="one_open_relation_a_kind",
                violation_error_message="Đơn vị đang có một quan hệ cùng loại chưa kết thúc.",
            ),
            models.UniqueConstraint(
                fields=["department", "kind", "related", "valid_from"],
                name="relation_said_once",
                violation_error_message="Quan hệ này đã được ghi.",
            ),
            models.CheckConstraint(
                name="relation_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} – {self.get_kind_display()} – {self.related}"


class SchoolYear(models.Model):
    """A school year, stored by its first calendar year."""

    first_year = models.PositiveSmallIntegerField("năm đầu", unique=True)
    starts_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc")

    class Meta:
        verbose_name = "năm học"
        verbose_name_plural = "năm học"
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                name="school_year_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="Năm học phải kết thúc sau khi bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}–{self.first_year + 1}"


class Person(models.Model):
    """A person of the directory; may have no account."""

    full_name = NormalCharField("họ và tên", max_length=150)
    honorific = models.CharField(
        "danh xưng", max_length=8, choices=Honorific, blank=True, default=Honorific.NONE
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="tài khoản",
    )
    sort_key = DerivedField(source="full_name", derive=name_sort_key, db_index=True)
    search_key = DerivedField(source="full_name", derive=fold)

    class Meta:
        verbose_name = "người"
        verbose_name_plural = "danh bạ"
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name


class Position(Dated):
    """A person holds a title in a unit between two days; with a role, it opens the newsroom to them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions", verbose_name="người")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="positions", verbose_name="đơn vị"
    )
    title = NormalCharField("chức danh", max_length=150)
    role = models.CharField(
        "vai trò trong toà soạn",
        max_length=20,
        choices=Role,
        blank=True,
        help_text="Để trống nếu người này không làm việc trong phòng biên tập.",
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=10)

    objects = DatedQuerySet.as_manager()

    owner_field = "department_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "chức danh"
        verbose_name_plural = "chức danh"
        ordering = ["order", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(role=Role.HEAD, valid_until=None),
                name="one_open_head_a_department",
                violation_error_message="Đơn vị đang có một người đứng đầu; hãy ghi ngày kết thúc trước.",
            ),
            models.CheckConstraint(
                name="position_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
