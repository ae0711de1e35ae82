"""The form of a document."""

from typing import Any, ClassVar

from django import forms

from documents.addresses import address_for
from documents.files import LIMIT_WORDS, FileRefused, attach, detach, inspect, storage_may_fail
from documents.models import OfficialDocument
from documents.staging import stage, staged
from records.forms import RecordForm

GONE = "Tệp đã giữ lại không còn trên máy chủ (chỉ giữ hai ngày). Hãy chọn lại tệp, hoặc lưu mà không có tệp."


class OfficialDocumentForm(RecordForm):
    """Keeps a good file when other fields have errors, and other fields when the file is refused."""

    unit_days: ClassVar = {"issuer": "issued_on"}
    user: Any = None  # the user who fills it in; set by the admin
    upload = forms.FileField(
        label="Tệp văn bản",
        required=False,
        help_text=f"PDF hoặc Word (.docx), tối đa {LIMIT_WORDS}. Bản quét thì ghi thêm tóm tắt nội dung.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )
    staged = forms.CharField(label="Tệp đã giữ lại", required=False, widget=forms.HiddenInput)
    remove_file = forms.BooleanField(label="Bỏ tệp đang có", required=False)

    class Meta:
        model = OfficialDocument
        exclude = ("file",)  # the admin's fieldsets list the fields

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if not self.instance.file:
            self.fields.pop("remove_file", None)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                inspect(upload)
            except FileRefused as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("upload") and cleaned.get("staged"):
            self._take_kept(cleaned)
        if "slug" in self.fields:
            before, now = _address_words(self.initial), _address_words(cleaned)
            cleaned["slug"] = address_for(self.instance, cleaned.get("slug", ""), before, now)
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
                attach(self.instance, upload)
        except FileRefused as refusal:
            self.add_error("upload", refusal.message)

    def _keep(self, upload: Any) -> None:
        facts = inspect(upload)
        if self.files.get(self.add_prefix("upload")):
            self.data = self.data.copy()
            with storage_may_fail():
                self.data[self.add_prefix("staged")] = stage(upload, facts, self.user)
        self[
            "upload"
        ].help_text = (
            f"Đã nhận tệp “{facts.name}” và giữ lại, không cần chọn lần nữa. Chọn tệp khác nếu muốn thay."
        )

    def save(self, commit: bool = True) -> OfficialDocument:
        if not self.cleaned_data.get("upload") and self.cleaned_data.get("remove_file"):
            detach(self.instance)
        return super().save(commit)


def _address_words(values: dict[str, Any]) -> str:
    """Return “1247/QĐ-SGDĐT 2017”; another issuer's document with the same number gets “…-2”."""
    number = (values.get("number") or "").replace("&", "")
    return f"{number} {getattr(values.get('issued_on'), 'year', '')}"
