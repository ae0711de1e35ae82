"""Forms of the head: a decision about one exact text, and another time for an approved one."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from foundation.language.fields import LinesField

REASONS = ("Thiếu nguồn số liệu", "Sai chức danh", "Chú thích ảnh chưa rõ", "Tiêu đề dài")


def _moment(label: str, example: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": f"Hãy chọn ngày và giờ, ví dụ {example}."},
    )


class ReleaseForm(forms.Form):
    """When an approved text is published, and until when it stays."""

    version = forms.IntegerField()
    due_at = _moment("Đăng lúc", "20/11/2026 07:30")
    until = _moment("Đăng đến (tùy ý)", "30/11/2026 17:00")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins = timezone.now()
        if self.is_for_later(cleaned):
            begins = cleaned.get("due_at") or begins
            if not cleaned.get("due_at") and "due_at" not in self.errors:
                self.add_error("due_at", "Hãy chọn ngày và giờ đăng.")
            elif cleaned.get("due_at") and cleaned["due_at"] <= timezone.now():
                self.add_error(
                    "due_at", "Giờ đăng phải ở sau lúc này. Muốn đăng luôn, bấm “Duyệt, đăng ngay”."
                )
        if cleaned.get("until") and cleaned["until"] <= begins:
            self.add_error("until", "Giờ hết hạn đăng phải ở sau giờ đăng.")
        return cleaned

    def is_for_later(self, cleaned: dict[str, Any]) -> bool:
        """Whether `due_at` is required."""
        return True


class VerdictForm(ReleaseForm):
    """One decision: the text (digest and version as shown), the step, and the note."""

    step = forms.ChoiceField(choices=[("approve", ""), ("schedule", ""), ("send_back", "")])
    sha256 = forms.CharField()
    reasons = forms.MultipleChoiceField(
        label="Lý do trả lại hay gặp (chọn là ghi sẵn vào lời nhắn)",
        choices=[(reason, reason) for reason in REASONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = LinesField(
        label="Lời nhắn cho người viết",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        help_text="Bắt buộc khi trả lại. Khi duyệt, lời nhắn là tùy ý.",
    )

    early_reason = LinesField(
        label="Vì sao phải quyết định trước lượt",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text="Lý do được lưu lại và gửi tới người đang giữ bài cùng mọi người đứng đầu cấp trên.",
    )

    def __init__(self, *args: Any, comments: int = 0, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.comments = comments  # how many a “Trả lại” would send; with one, no note is needed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("step") == "send_back" and not self.words():
            self.add_error("note", "Hãy chọn một lý do hoặc viết lời nhắn để người viết biết cần sửa gì.")
        return cleaned

    def is_for_later(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("step") == "schedule"

    def words(self) -> str:
        """Returns the ticked reasons and the note; without both, a note that there are comments."""
        reasons = "; ".join(self.cleaned_data.get("reasons") or [])
        note = (self.cleaned_data.get("note") or "").strip()
        said = ". ".join(part for part in (reasons, note) if part)
        return said or (f"Xem {self.comments} góp ý trong bài." if self.comments else "")


def suggested_time(embargo: datetime.datetime | None = None) -> datetime.datetime:
    """Returns the end of a future embargo, else the next 7:30."""
    now = timezone.localtime()
    if embargo and embargo > now:
        return timezone.localtime(embargo)
    morning = now.replace(hour=7, minute=30, second=0, microsecond=0)
    return morning if morning > now else morning + datetime.timedelta(days=1)
