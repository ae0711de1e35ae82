"""A form with one checked file, which is kept while other fields have errors."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms

from documents.files import (
    DOCUMENTS,
    LIMIT_WORDS,
    FileRefused,
    attach,
    inspect,
    storage_may_fail,
)
from documents.filing.staging import stage, staged
from records.forms import RecordForm

GONE = "Tệp đã giữ lại không còn trên máy chủ (chỉ giữ hai ngày). Hãy chọn lại tệp, hoặc lưu mà không có tệp."


class UploadForm(RecordForm):
    """Keeps a good file when other fields have errors, and other fields when the file is refused."""

    kinds: ClassVar[Collection[str]] = DOCUMENTS
    user: Any = None  # the user who fills it in; set by the admin
    upload = forms.FileField(
        label="Tệp văn bản",
        required=False,
        help_text=f"PDF hoặc Word (.docx), tối đa {LIMIT_WORDS}. Bản quét thì ghi thêm tóm tắt nội dung.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )
    staged = forms.CharField(label="Tệp đã giữ lại", required=False, widget=forms.HiddenInput)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                inspect(upload, self.kinds)
            except FileRefused as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("upload") and cleaned.get("staged"):
            self._take_kept(cleaned)
        return cleaned

    def _take_kept(self, cleaned: dict[str, Any]) -> None:
        """Take the file that was kept; say so once if it is there no more."""
        try:
            with storage_may_fail():
                cleaned["upload"] = staged(cleaned["staged"], self.user)
        except FileRefused as refusal:
            self.add_error("upload", refusal.message)
            return
        if cleaned["upload"] is None:
            self.data = self.data.copy()
            self.data[self.add_prefix("staged")] = ""
            self.add_error("upload", GONE)

    def full_clean(self) -> None:
        """Store the file after the model's own checks too: only then all errors are known.

        With errors it is only kept for the next attempt.
        """
        super().full_clean()
        if not self.is_bound or not (upload := self.cleaned_data.get("upload")):
            return
        try:
            if self._errors:
                self._keep(upload)
            else:
                attach(self.instance, upload, self.kinds)
        except FileRefused as refusal:
            self.add_error("upload", refusal.message)

    def _keep(self, upload: Any) -> None:
        facts = inspect(upload, self.kinds)
        if self.files.get(self.add_prefix("upload")):
            self.data = self.data.copy()
            with storage_may_fail():
                self.data[self.add_prefix("staged")] = stage(upload, facts, self.user)
        self[
            "upload"
        ].help_text = (
            f"Đã nhận tệp “{facts.name}” và giữ lại, không cần chọn lần nữa. Chọn tệp khác nếu muốn thay."
        )
