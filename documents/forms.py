"""The form of a document."""

from typing import Any, ClassVar

from django import forms

from documents.addresses import address_for
from documents.files import detach
from documents.filing.uploading import UploadForm
from documents.models import OfficialDocument


class OfficialDocumentForm(UploadForm):
    """What the register says of a document, with its file."""

    unit_days: ClassVar = {"issuer": "issued_on"}
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields:
            before, now = _address_words(self.initial), _address_words(cleaned)
            cleaned["slug"] = address_for(self.instance, cleaned.get("slug", ""), before, now)
        return cleaned

    def save(self, commit: bool = True) -> OfficialDocument:
        if not self.cleaned_data.get("upload") and self.cleaned_data.get("remove_file"):
            detach(self.instance)
        return super().save(commit)


def _address_words(values: dict[str, Any]) -> str:
    """Return “1247/QĐ-SGDĐT 2017”; another issuer's document with the same number gets “…-2”."""
    number = (values.get("number") or "").replace("&", "")
    return f"{number} {getattr(values.get('issued_on'), 'year', '')}"
