"""How rows with dates are checked when several are changed in one form."""

from itertools import combinations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from accounts.models import User
from departments.delegating import own_headships, possible_delegates, prepare
from departments.models import Person, Position
from departments.models.dated import Dated


class DatedForm(forms.ModelForm):
    """One dated row among others of the same unit or person."""

    def validate_constraints(self) -> None:
        """Leave “only one open row” to the form set: the other row may be ending in this very form."""
        exclude = self._get_validation_exclusions() | {"department", "person"}
        try:
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as error:
            self._update_errors(error)


class DatedFormSet(BaseInlineFormSet):
    """Compares its rows with each other as they will be, and with the table only for rows not in it."""

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)
        form.instance.compared_elsewhere = frozenset(row.pk for row in self.get_queryset())
        return form

    def clean(self) -> None:
        super().clean()
        for earlier, later in combinations(self._filled_in(), 2):
            new, other = later.instance, earlier.instance
            for exclusion in new.exclusions():
                same = all(getattr(other, name) == value for name, value in exclusion.same.items())
                if same and new.meets(other):
                    later.add_error(exclusion.field, exclusion.message.format(other=other))

    def _filled_in(self) -> list[forms.ModelForm]:
        """Forms that stand for a row after saving and have no mistake of their own."""
        staying = [form for form in self.forms if form.instance.pk or form.has_changed()]
        dropped = self.deleted_forms if self.can_delete else []
        return [form for form in staying if form not in dropped and not form.errors]


class PositionFormSet(DatedFormSet):
    """Positions, entered by an `actor` who cannot give a role to themselves."""

    actor: Any = None

    def clean(self) -> None:
        super().clean()
        if self.actor is None or self.actor.is_superuser:
            return
        for form in self._filled_in():
            if form.has_changed() and self._is_own(form.instance) and self._about_a_role(form):
                form.add_error("role", "Không ai tự giao vai trò cho mình: hãy nhờ một quản trị viên khác.")

    def _is_own(self, row: Dated) -> bool:
        return row.person_id is not None and row.person.user_id == self.actor.pk

    def _about_a_role(self, form: forms.ModelForm) -> bool:
        return bool(form.initial.get("role") or form.instance.role)


class HeadshipField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Position) -> str:
        return f"{obj.title}, {obj.department}"


class DelegationForm(forms.Form):
    """Whom a head lends the role to, from when until when."""

    headship = HeadshipField(Position.objects.none(), label="Chức danh của bạn", empty_label=None)
    person = forms.ModelChoiceField(Person.objects.none(), label="Người được ủy quyền")
    valid_from = forms.DateField(label="Từ ngày", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    valid_until = forms.DateField(label="Đến hết ngày", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(
        label="Lý do vắng", max_length=200, help_text="Ví dụ: đi công tác tại Hà Nội, nghỉ phép."
    )
    document = forms.CharField(
        label="Căn cứ", required=False, max_length=200, help_text="Số giấy ủy quyền, nếu có."
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        headships = own_headships(user)
        self.fields["headship"].queryset = headships
        self.fields["person"].queryset = possible_delegates(*headships)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            days = data["valid_from"], data["valid_until"]
            words = {"reason": data["reason"], "document": data["document"]}
            try:
                self.lent = prepare(data["headship"], data["person"], *days, **words)
            except ValidationError as error:
                for field, words in error.message_dict.items():
                    self.add_error(field if field in self.fields else None, words)
        return data
