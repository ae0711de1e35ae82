"""The form in which an administrator says that somebody leaves, moves or comes back."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.roles import Role
from departments.models import Department, Person, Position
from foundation.choosing.boxes import ChoiceBox
from foundation.choosing.labels import RowField
from foundation.language.fields import LineField
from staff.changing import Asked, check, running
from staff.models import ChangeKind
from staff.waiting import headships_of

ACTING = "Phụ trách đơn vị"


class SuccessorField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Person) -> str:
        posts = "; ".join(dict.fromkeys(post.title for post in obj.positions.all()))
        return f"{obj} ({posts})" if posts else str(obj)


class ChangeForm(forms.Form):
    """One change of one person; `asked` is set when it is valid."""

    kind = forms.ChoiceField(label="Việc", choices=ChangeKind, widget=forms.RadioSelect)
    day = forms.DateField(
        label="Kể từ ngày",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Như trong quyết định: ngày đầu tiên thôi việc, hoặc ngày đầu tiên ở chỗ mới.",
    )
    document = LineField(label="Căn cứ", required=False, max_length=200, help_text="Số quyết định, nếu có.")
    department = RowField(Department.objects.none(), label="Đơn vị mới", required=False)
    title = LineField(label="Chức danh mới", required=False, max_length=150)
    role = forms.ChoiceField(
        label="Vai trò mới trong tòa soạn", required=False, choices=[("", "Không giữ vai trò"), *Role.choices]
    )
    successor = SuccessorField(
        Person.objects.none(),
        label="Người tiếp nhận việc",
        required=False,
        help_text="Được báo những gì đang chờ. Bài nháp của đơn vị thì người trong đơn vị đều mở được.",
    )
    acting_title = LineField(
        label="Giao phụ trách với chức danh",
        required=False,
        max_length=150,
        help_text=f"Chỉ khi người đi là trưởng đơn vị: người tiếp nhận giữ vai trò Trưởng đơn vị từ ngày ấy. "
        f"Ví dụ: {ACTING}. Để trống nếu chưa giao.",
    )

    asked: Asked | None = None

    def __init__(self, person: Person, actor: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person, self.actor = person, actor
        self.posts = list(running(person, timezone.localdate()))
        department = cast(forms.ModelChoiceField, self.fields["department"])
        department.queryset = Department.objects.to_choose()
        department.widget = ChoiceBox(Position._meta.get_field("department"), admin.site)
        department.widget.choices = department.choices
        successor = cast(SuccessorField, self.fields["successor"])
        successor.queryset = self._colleagues()
        if not self.posts:
            del self.fields["successor"]
        if not headships_of(self.posts):
            del self.fields["acting_title"]

    def _colleagues(self) -> Any:
        units = [post.department_id for post in self.posts]
        posts = Position.objects.on().filter(department__in=units, stands_in_for=None)
        people = Person.objects.filter(positions__in=posts).exclude(pk=self.person.pk).distinct()
        return people.prefetch_related("positions")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        kind = ChangeKind(cleaned["kind"])
        needs_place = kind != ChangeKind.LEAVE
        for name, label in (("department", "đơn vị"), ("title", "chức danh")):
            if needs_place and not cleaned[name]:
                self.add_error(name, f"Hãy ghi {label} mới.")
        if cleaned.get("acting_title") and not cleaned.get("successor"):
            self.add_error("successor", "Hãy chọn người được giao phụ trách.")
        own = getattr(self.actor, "person", None)
        if own is not None and not self.actor.is_superuser and cleaned.get("acting_title"):
            if cleaned.get("successor") == own:
                self.add_error("successor", "Không ai tự giao vai trò cho mình.")
        if not self.errors:
            self._ask(kind, cleaned)
        return cleaned

    def _ask(self, kind: ChangeKind, cleaned: dict[str, Any]) -> None:
        stays = kind != ChangeKind.LEAVE
        asked = Asked(
            person=self.person,
            kind=kind,
            day=cleaned["day"],
            document=cleaned["document"],
            department=cleaned["department"] if stays else None,
            title=cleaned["title"] if stays else "",
            role=cleaned["role"] if stays else "",
            successor=cleaned.get("successor"),
            acting_title=cleaned.get("acting_title", ""),
        )
        try:
            check(asked)
        except ValidationError as problem:
            for name, sentences in problem.message_dict.items():
                self.add_error(name if name in self.fields else None, ValidationError(sentences))
        else:
            self.asked = asked
