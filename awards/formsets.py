"""Forms of a decision's rows: filled from the directory, rewards checked."""

import datetime
from functools import cached_property
from typing import Any

from django import forms

from awards.enums import RecipientKind
from awards.fields import give_codes
from awards.forms import position_on
from awards.models import Commendation, Decision
from awards.rewards import RewardTable
from departments.naming import name_on
from records.formsets import RowFormSet

CHANGED_MEANWHILE = (
    "Quyết định này vừa được lưu hoặc chuyển bước ở nơi khác. Những gì bạn gõ vẫn còn bên dưới; hãy xem lại "
    "quyết định ở cửa sổ khác, nếu vẫn muốn dùng bản của bạn thì bấm Lưu lần nữa."
)


def twice(row: Commendation) -> str:
    """Returns the message for a row that is already in the decision."""
    return (
        f"“{row.recipient_name}” đã có trong danh sách của quyết định. Nếu là hai người trùng tên, hãy ghi "
        "thêm chức vụ, lớp hoặc thành tích."
    )


def kept_in_register(row: Commendation) -> str:
    """Returns the message for a published row, which stays in the register."""
    return (
        f"“{row}” đã được công bố nên không xóa được. Nếu có quyết định hủy bỏ, hãy mở giấy khen này và bấm "
        "“Ghi hủy bỏ”."
    )


class CommendationForm(forms.ModelForm):
    """One row in the decision's form; the inline names its fields."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "recipient_name" in self.fields:
            self.fields["recipient_name"].required = False
            self.fields["recipient_kind"].initial = RecipientKind.INDIVIDUAL
            self._only_choose("award_kind")
            for name in ("recipient_name", "recipient_title", "unit_name"):
                # Otherwise a phone offers the typist's own name.
                self.fields[name].widget.attrs["autocomplete"] = "off"

    def _only_choose(self, name: str) -> None:
        """Forms of award are added and changed only on their own page."""
        widget = self.fields[name].widget
        for act in ("add", "change", "delete", "view"):
            setattr(widget, f"can_{act}_related", False)

    def complete(self, day: datetime.date) -> None:
        """Fill empty fields with the names of that day, from the directory."""
        row = self.instance
        held = position_on(row.person, day, row.department) if row.person else None
        if held and not row.department:
            row.department = held.department
        if held and not row.recipient_title:
            row.recipient_title = held.title
        unit = name_on(row.department, day) if row.department else ""
        if row.recipient_kind == RecipientKind.COLLECTIVE:
            row.recipient_name = row.recipient_name or unit
        else:
            row.recipient_name = row.recipient_name or (row.person.full_name if row.person else "")
            row.unit_name = row.unit_name or unit
        if not row.recipient_name:
            self.add_error("recipient_name", "Hãy ghi tên tập thể hoặc cá nhân như trên giấy khen.")

    def check_reward(self, table: RewardTable, day: datetime.date) -> None:
        """A sum different from the suggested one needs a reason; else adds an error."""
        row = self.instance
        if row.reward_amount is None or row.reward_reason or self.errors:
            return
        found = table.suggest(row.award_kind, row.recipient_kind, day)
        if found and found.amount != row.reward_amount:
            self.add_error(
                "reward_reason",
                f"Mức quy định là {found.words}. Hãy ghi lý do thưởng số khác, hoặc sửa lại số tiền.",
            )

    def check_alone(self) -> None:
        """Check the row of a valid form: its reward, and that no other row of the decision says the same."""
        decision = self.instance.decision
        self.complete(decision.signed_on)
        self.check_reward(RewardTable(), decision.signed_on)
        others = decision.commendations.exclude(pk=self.instance.pk)
        if self.has_changed() and self.instance.identity in {row.identity for row in others}:
            self.add_error("recipient_name", twice(self.instance))


class SingleCommendationForm(CommendationForm):
    """One row on its own page. Refuses to save when the decision has changed meanwhile."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen_version"].initial = self.instance.decision.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        decision = self.instance.decision
        # Locks the decision (on PostgreSQL), as the decision's form does.
        rows = Decision.objects.select_for_update().values_list("version", flat=True)
        current = rows.get(pk=decision.pk)
        if cleaned.get("seen_version") != current or decision.version != current:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_version")] = current
            self.add_error(None, CHANGED_MEANWHILE)
        return cleaned

    def full_clean(self) -> None:
        """Checks after the model's own checks, when the row has the typed values."""
        super().full_clean()
        if self.is_bound and not self._errors:
            self.check_alone()


class CommendationFormSet(RowFormSet):
    """The rows of a decision. The number of queries about rewards does not depend on the rows."""

    @cached_property
    def table(self) -> RewardTable:
        return RewardTable()

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        give_codes([form.instance for form in self.extra_forms], self.instance)
        return super().save_new_objects(commit)

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if self._should_delete_form(form):
                self._refuse_deletion(form)
            elif not form.errors and form.has_changed() and self.instance.signed_on:
                form.complete(self.instance.signed_on)
                form.check_reward(self.table, self.instance.signed_on)
        self._refuse_twice()

    def _refuse_twice(self) -> None:
        """A row with the same words as an earlier one gets an error: one award has one code."""
        seen: dict[tuple[str, ...], CommendationForm] = {}
        for form in self.forms:
            row = form.instance
            if self._should_delete_form(form) or not row.recipient_name:
                continue
            earlier = seen.setdefault(row.identity, form)
            if earlier is form:
                continue
            if (changed := next((one for one in (form, earlier) if one.has_changed()), None)) is not None:
                changed.add_error("recipient_name", twice(row))

    def _refuse_deletion(self, form: CommendationForm) -> None:
        if form.instance.published_at:
            raise forms.ValidationError(kept_in_register(form.instance))
