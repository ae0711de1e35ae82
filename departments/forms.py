"""Check dated rows when several are changed in one form."""

from itertools import combinations
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from accounts.confirming import ask_again
from departments.closing import units_under
from departments.delegating import own_headships, possible_delegates, prepare
from departments.models import Person, Position
from foundation.choosing.rows import SentRows
from foundation.language.fields import LineField


class DepartmentForm(forms.ModelForm):
    """One unit. A unit under which others stand is closed where these are moved too, not here."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        last = cleaned.get("valid_until")
        if last and "valid_until" in self.changed_data and self.instance.pk:
            count = len(units_under(self.instance, last))
            if count:
                self.add_error(
                    "valid_until",
                    f"Còn {count} đơn vị trực thuộc sau ngày ấy. Hãy để trống ô này và dùng nút “Kết thúc, "
                    "sáp nhập, chia” ở góc trên: các đơn vị ấy được chuyển cùng lúc.",
                )
        return cleaned


class DatedForm(forms.ModelForm):
    """One dated row of a unit or person.

    `compared_elsewhere` holds the ids of the other rows in the same form set: the form set compares these, so
    the row itself does not.
    """

    def __init__(self, *args: Any, compared_elsewhere: frozenset[int] = frozenset(), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.compared_elsewhere = compared_elsewhere

    def validate_constraints(self) -> None:
        """Skip the constraint “only one open row”: the form set checks it.

        The other row may be ended in this same form.
        """
        not_asked = {field.name for field in self.instance._meta.fields if field.name not in self.fields}
        exclude = not_asked | set(self.errors) | {"department", "person"}
        try:
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as error:
            self.add_error(None, error)


class DatedFormSet(SentRows):
    """Compares its rows with each other as they will be saved, and with the table only for other rows."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        rows = frozenset(row.pk for row in self.get_queryset())
        return super().get_form_kwargs(index) | {"compared_elsewhere": rows}

    def clean(self) -> None:
        super().clean()
        for earlier, later in combinations(self._filled_in(), 2):
            new, other = later.instance, earlier.instance
            for exclusion in new.exclusions():
                same = all(getattr(other, name) == value for name, value in exclusion.same.items())
                if same and new.meets(other):
                    later.add_error(exclusion.field, exclusion.message.format(other=other))

    def _filled_in(self) -> list[forms.ModelForm]:
        """Return the valid forms whose row will exist after saving."""
        staying = [form for form in self.forms if form.instance.pk or form.has_changed()]
        dropped = self.deleted_forms if self.can_delete else []
        return [form for form in staying if form not in dropped and not form.errors]


class PositionFormSet(DatedFormSet):
    """Positions edited by an `actor`, who may not give a role to themselves, and confirms who they are."""

    actor: Any = None

    def clean(self) -> None:
        super().clean()
        if self.actor is None:
            return
        moved = [form for form in self._filled_in() if form.has_changed() and self._about_a_role(form)]
        for form in moved:
            if self._is_own(form.instance) and not self.actor.is_superuser:
                form.add_error("role", "Không ai tự giao vai trò cho mình: hãy nhờ một quản trị viên khác.")
        if moved and not any(form.errors for form in moved):
            ask_again(self.actor)

    def _is_own(self, row: Position) -> bool:
        return row.person_id is not None and row.person.user_id == self.actor.pk

    def _about_a_role(self, form: forms.ModelForm) -> bool:
        return bool(form.initial.get("role") or form.instance.role)


class HeadshipField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Position) -> str:
        return f"{obj.title}, {obj.department}"


class DelegationForm(forms.Form):
    """To whom a head delegates the role, and for which days."""

    headship = HeadshipField(Position.objects.none(), label="Chức danh của bạn", empty_label=None)
    person = forms.ModelChoiceField(Person.objects.none(), label="Người được ủy quyền")
    valid_from = forms.DateField(label="Từ ngày", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    valid_until = forms.DateField(label="Đến hết ngày", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = LineField(
        label="Lý do vắng", max_length=200, help_text="Ví dụ: đi công tác tại Hà Nội, nghỉ phép."
    )
    document = LineField(
        label="Căn cứ", required=False, max_length=200, help_text="Số giấy ủy quyền, nếu có."
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        headships = own_headships(user)
        cast(HeadshipField, self.fields["headship"]).queryset = headships
        cast(forms.ModelChoiceField, self.fields["person"]).queryset = possible_delegates(*headships)

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        data = self.cleaned_data
        days = data["valid_from"], data["valid_until"]
        words = {"reason": data["reason"], "document": data["document"]}
        try:
            self.lent = prepare(data["headship"], data["person"], *days, **words)
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                self.add_error(field if field in self.fields else None, ValidationError(messages))
