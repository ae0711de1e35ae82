"""Units, and their dated names and relations."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from departments.enums import CommitteeLevel, DepartmentKind, RelationKind, SuccessionKind
from departments.models.dated import Dated, Exclusion
from departments.querysets import DepartmentQuerySet
from foundation.language.dates import format_date
from foundation.language.fields import (
    DerivedField,
    NormalCharField,
    NormalEmailField,
    NormalTextField,
    NormalURLField,
)
from foundation.language.searching import search_text
from foundation.language.vietnamese import sort_key
from foundation.paging.addresses import address_of


def _so(day: datetime.date) -> str:
    return format_date(day, "so")


class Department(models.Model):
    """A unit, valid between two days, never deleted, never identified by its name.

    `name`, `short_name` and `slug` are copies of the current name; `departments.naming` updates them.
    """

    kind = models.CharField("loại đơn vị", max_length=20, choices=DepartmentKind)
    committee_level = models.CharField(
        "cấp của ủy ban nhân dân",
        max_length=10,
        choices=CommitteeLevel,
        blank=True,
        help_text="Chỉ ghi với Ủy ban nhân dân. Chưa ghi thì ủy ban không ký được bằng khen.",
    )
    code = NormalCharField("mã đơn vị", max_length=40, unique=True)
    slug = models.SlugField("địa chỉ trang", max_length=100, unique=True)
    name = NormalCharField("tên đang dùng", max_length=200)
    short_name = NormalCharField("tên ngắn", max_length=100, blank=True)
    sort_key = DerivedField(source="name", derive=sort_key, db_index=True)
    search_key = DerivedField(source="spellings", derive=search_text, max_length=600)
    valid_from = models.DateField("hoạt động từ ngày")
    valid_until = models.DateField(
        "hoạt động đến hết ngày", null=True, blank=True, help_text="Để trống nếu đơn vị đang hoạt động."
    )
    founding_document = NormalCharField("văn bản thành lập", max_length=200, blank=True)
    closing_document = NormalCharField("văn bản kết thúc", max_length=200, blank=True)
    former_province = NormalCharField(
        "tỉnh cũ", max_length=60, blank=True, help_text="Ví dụ: Phú Yên (cũ). Dùng để lọc sau hợp nhất."
    )
    functions = NormalTextField("chức năng, nhiệm vụ", blank=True)
    address = NormalCharField("địa chỉ", max_length=200, blank=True)
    phone = NormalCharField("điện thoại", max_length=40, blank=True)
    email = NormalEmailField("thư điện tử", blank=True)
    website = NormalURLField("trang web", blank=True)

    objects = DepartmentQuerySet.as_manager()

    owner_field = "pk"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="department_closes_after_founding",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_code="closes_early",
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày thành lập.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def choice_label(self) -> str:
        """The name with what tells it apart where a unit is chosen: several units share a name."""
        until = f"đến {_so(self.valid_until)}" if self.valid_until else ""
        notes = ", ".join(filter(None, (self.former_province, until)))
        return f"{self.name} ({notes})" if notes else self.name

    @property
    def spellings(self) -> str:
        """All names, to be searched."""
        return f"{self.name} {self.short_name}".strip()

    @property
    def phone_digits(self) -> str:
        """The telephone number as digits."""
        return "".join(char for char in self.phone if char.isdigit() or char == "+")

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "Ngày kết thúc phải bằng hoặc sau ngày thành lập."})
        if self.committee_level and self.kind != DepartmentKind.PEOPLES_COMMITTEE:
            raise ValidationError({"committee_level": "Chỉ Ủy ban nhân dân có cấp này; hãy để trống."})

    def get_absolute_url(self) -> str:
        return address_of("departments:department_detail", self.slug)

    def is_open_on(self, day: datetime.date) -> bool:
        """Return whether the unit is open on the day."""
        return self.valid_from <= day and not self.is_closed_on(day)

    def is_closed_on(self, day: datetime.date) -> bool:
        """Return whether the unit has closed before the day."""
        return self.valid_until is not None and self.valid_until < day


class DepartmentName(Dated):
    """The name of a unit between two days."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="names", verbose_name="đơn vị")
    name = NormalCharField("tên đầy đủ", max_length=200)
    short_name = NormalCharField("tên ngắn", max_length=100, blank=True)
    slug = models.SlugField("địa chỉ trang khi ấy", max_length=100, blank=True)
    search_key = DerivedField(source="spellings", derive=search_text, max_length=600)

    owner_field = "department_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "tên gọi"
        verbose_name_plural = "các tên gọi"
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(valid_until=None),
                name="one_open_name_a_department",
                violation_error_message="Đơn vị đã có một tên đang dùng; "
                "hãy ghi ngày kết thúc cho tên đó trước.",
            ),
            models.CheckConstraint(
                name="name_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def spellings(self) -> str:
        return f"{self.name} {self.short_name}".strip()

    def exclusions(self) -> list[Exclusion]:
        return [
            Exclusion(
                {"department_id": self.department_id},
                "Đơn vị đã mang tên “{other.name}” {other.period}; hai tên không được trùng ngày.",
            )
        ]


class DepartmentRelation(Dated):
    """`department` —kind→ `related` between two days.

    A unit can have several successors, and succession has no end; of other kinds a unit has one at a time.
    """

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="relations", verbose_name="đơn vị"
    )
    kind = models.CharField("quan hệ", max_length=16, choices=RelationKind)
    related = models.ForeignKey(
        Department, models.PROTECT, related_name="reverse_relations", verbose_name="với đơn vị"
    )
    succession_kind = models.CharField("kiểu kế thừa", max_length=10, choices=SuccessionKind, blank=True)

    owner_field = "department_id"  # the unit that owns the row: departments.access

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

    @property
    def is_succession(self) -> bool:
        return self.kind == RelationKind.SUCCESSION

    def clean(self) -> None:
        super().clean()
        if not (self.valid_from and self.kind and self.department_id and self.related_id):
            return
        if self.department_id == self.related_id:
            raise ValidationError({"related": "Một đơn vị không thể có quan hệ với chính nó."})
        if self.is_succession:
            self._check_succession()
        else:
            self.check_lives()
        if self.kind != RelationKind.LOCATION and self._closes_a_circle():
            raise ValidationError({"related": "Quan hệ này tạo thành vòng tròn: hãy kiểm tra chiều quan hệ."})

    def exclusions(self) -> list[Exclusion]:
        if self.is_succession:
            pair = {"department_id": self.department_id, "kind": self.kind, "related_id": self.related_id}
            return [Exclusion(pair, "Quan hệ kế thừa này đã được ghi ({other.period}).")]
        return [
            Exclusion(
                {"department_id": self.department_id, "kind": self.kind},
                "Đơn vị đã có quan hệ cùng loại với {other.related} {other.period}.",
            )
        ]

    def check_lives(self) -> None:
        """Check that the relation lies within both units' lives, without asking the database.

        Raises ValidationError, by field.
        """
        self._check_within(self.department)
        self._check_within(self.related)

    def _check_succession(self) -> None:
        """Check the day of succession: during or right after the first unit's life, during the second's."""
        if self.valid_until:
            raise ValidationError({"valid_until": "Kế thừa xảy ra một lần: để trống ngày kết thúc."})
        if not self.succession_kind:
            raise ValidationError({"succession_kind": "Chọn kiểu kế thừa: đổi tên, sáp nhập, chia tách …"})
        if self.valid_from <= self.department.valid_from:
            raise ValidationError({"valid_from": f"{self.department} chưa hoạt động trước ngày này."})
        if not self.related.is_open_on(self.valid_from):
            raise ValidationError({"valid_from": f"{self.related} không hoạt động vào ngày này."})

    def _check_within(self, unit: Department) -> None:
        """Check that the relation lies within both units' lives; an open end means as long as both exist."""
        if self.valid_from < unit.valid_from:
            raise ValidationError({"valid_from": f"{unit} chỉ hoạt động từ ngày {_so(unit.valid_from)}."})
        if not unit.valid_until:
            return
        ended = f"{unit} kết thúc hoạt động ngày {_so(unit.valid_until)}"
        if self.valid_from > unit.valid_until:
            raise ValidationError({"valid_from": f"{ended}, trước ngày này."})
        if self.valid_until and self.valid_until > unit.valid_until:
            raise ValidationError({"valid_until": f"{ended}; quan hệ không kéo dài hơn ngày đó."})

    def _closes_a_circle(self) -> bool:
        """Return whether the other unit already leads to this one by the same kind on a common day."""
        rows = type(self).objects.filter(kind=self.kind).exclude(pk=self.pk)
        if not self.is_succession:
            rows = rows.between(self.valid_from, self.valid_until)
        onward: dict[int, list[int]] = {}
        for unit, other in rows.values_list("department_id", "related_id"):
            onward.setdefault(unit, []).append(other)
        seen, waiting = set(), [self.related_id]
        while waiting:
            unit = waiting.pop()
            if unit == self.department_id:
                return True
            if unit not in seen:
                seen.add(unit)
                waiting.extend(onward.get(unit, ()))
        return False
