"""The rows of a decision as the registrar types them: filled from the directory, rewards checked."""

import datetime
from functools import cached_property
from typing import Any

from django import forms

from awards.enums import RecipientKind
from awards.forms import position_on
from awards.rewards import RewardTable
from departments.naming import name_on


class CommendationForm(forms.ModelForm):
    """Its fields are those the inline names."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "recipient_name" in self.fields:
            self.fields["recipient_name"].required = False
            self.fields["recipient_kind"].initial = RecipientKind.INDIVIDUAL

    def complete(self, day: datetime.date) -> None:
        """Put the names of that day where nothing was typed; the form and its row say the same."""
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


class CommendationFormSet(forms.BaseInlineFormSet):
    """Constant queries about rewards, however many rows."""

    @cached_property
    def table(self) -> RewardTable:
        return RewardTable()

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if self._should_delete_form(form):
                self._refuse_deletion(form)
            elif not form.errors and form.has_changed() and self.instance.signed_on:
                form.complete(self.instance.signed_on)
                self._check_reward(form)

    def _refuse_deletion(self, form: CommendationForm) -> None:
        if form.instance.published_at:
            raise forms.ValidationError(
                f"“{form.instance}” đã được công bố nên không xóa được. Nếu có quyết định hủy bỏ, hãy mở "
                "giấy khen này và bấm “Ghi hủy bỏ”."
            )

    def _check_reward(self, form: CommendationForm) -> None:
        row = form.instance
        if row.reward_amount is None or row.reward_reason or form.errors:
            return
        found = self.table.suggest(row.award_kind, row.recipient_kind, self.instance.signed_on)
        if found and found.amount != row.reward_amount:
            form.add_error(
                "reward_reason",
                f"Mức quy định là {found.words}. Hãy ghi lý do thưởng số khác, hoặc sửa lại số tiền.",
            )
