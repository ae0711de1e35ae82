"""People of the directory and their positions."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.roles import Role
from departments.enums import DepartmentKind, Honorific
from departments.models.dated import Dated, Exclusion
from departments.models.department import Department
from foundation.language.dates import format_date
from foundation.language.fields import DerivedField, NormalCharField
from foundation.language.searching import search_text
from foundation.language.vietnamese import name_sort_key


class Person(models.Model):
    """A person of the directory, with or without an account."""

    full_name = NormalCharField("họ và tên", max_length=150)
    honorific = models.CharField(
        "danh xưng", max_length=8, choices=Honorific, blank=True, default=Honorific.NONE
    )
    order_name = NormalCharField(
        "xếp theo tên",
        max_length=150,
        blank=True,
        help_text="Chỉ điền khi danh bạ xếp sai chỗ: viết theo thứ tự họ, đệm, tên gọi. Ví dụ: Niê Lan.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="tài khoản",
    )
    sort_key = DerivedField(source="name_to_order", derive=name_sort_key, db_index=True)
    search_key = DerivedField(source="full_name", derive=search_text, db_index=True)

    class Meta:
        verbose_name = "người"
        verbose_name_plural = "danh bạ"
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def name_to_order(self) -> str:
        return self.order_name or self.full_name


class Position(Dated):
    """A person has a title in a unit between two days; with a role, it gives permissions.

    With `stands_in_for` it is a delegation (ủy quyền): the role of another position, for given days.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions", verbose_name="người")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="positions", verbose_name="đơn vị"
    )
    title = NormalCharField("chức danh", max_length=150)
    role = models.CharField(
        "vai trò trong tòa soạn",
        max_length=20,
        choices=Role,
        blank=True,
        help_text="Để trống nếu người này không làm việc trong phòng biên tập.",
    )
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        editable=False,
        verbose_name="được ủy quyền bởi",
    )
    reason = NormalCharField("lý do ủy quyền", max_length=200, blank=True, editable=False)
    # The day on which a delegation was taken back: from then on it gives no permission. The row stays.
    ended_on = models.DateField("thu lại ngày", null=True, editable=False)
    order = models.PositiveSmallIntegerField("thứ tự", default=10)

    owner_field = "department_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "chức danh"
        verbose_name_plural = "chức danh"
        ordering = ["order", "valid_from", "pk"]
        permissions = [("delegate_position", "Ủy quyền khi vắng mặt")]
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
            models.CheckConstraint(
                name="a_delegation_has_an_end",
                condition=Q(stands_in_for=None) | Q(valid_until__isnull=False),
                violation_error_message="Ủy quyền phải có ngày kết thúc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    @property
    def giver(self) -> "Position":
        """Return the position whose role is delegated. Raises ValueError if this is no delegation."""
        if self.stands_in_for is None:
            raise ValueError(f"{self} is no delegation")
        return self.stands_in_for

    def clean(self) -> None:
        super().clean()
        if self.department_id:
            self.check_unit()

    def check_unit(self) -> None:
        """Check what the unit allows, without asking the database. Raises ValidationError, by field."""
        if self.role == Role.ADMINISTRATOR and self.department.kind != DepartmentKind.PROVINCE_OFFICE:
            raise ValidationError({"role": "Vai trò Quản trị chỉ giao cho người của Sở."})
        closed_on = self.department.valid_until
        if closed_on and self.valid_from and self.valid_from > closed_on:
            message = f"Đơn vị đã kết thúc hoạt động ngày {format_date(closed_on, 'so')}, trước ngày này."
            raise ValidationError({"valid_from": message})

    def exclusions(self) -> list[Exclusion]:
        same = {"person_id": self.person_id, "department_id": self.department_id, "role": self.role}
        same |= {"ended_on": None}
        if self.stands_in_for_id or not self.role:
            return [
                Exclusion(
                    same | {"title": self.title, "stands_in_for": self.stands_in_for_id},
                    "Chức danh này của người này đã được ghi ({other.period}).",
                )
            ]
        found = [
            Exclusion(
                same | {"stands_in_for": None},
                "Người này đã giữ vai trò ấy ở đơn vị {other.period}; hãy sửa dòng đó.",
            )
        ]
        if self.role == Role.HEAD:
            head = {"department_id": self.department_id, "role": Role.HEAD, "stands_in_for": None}
            found.append(
                Exclusion(
                    head,
                    "Đơn vị đã có người đứng đầu {other.period}: {other}. "
                    "Hãy ghi ngày kết thúc cho người đó trước, hoặc dùng ủy quyền nếu chỉ vắng mặt.",
                )
            )
        return found
