"""Forms of the press: templates, boxes, orders, the words of one sheet."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.db.models import QuerySet

from foundation.choosing.rows import SentRows
from foundation.language.fields import LinesField
from media.renditions import MASTER
from media.uploads import UploadRefused, develop
from press.backgrounds import drop_background
from press.enums import BoxKind, Purpose
from press.layout import MOST_BOXES, unknown_fields
from press.models import PrintBox, Printer, PrintTemplate
from press.presets import SIZES, size_name
from press.subjects import Sheet, Subject, subject_of, subjects

OWN_SIZE = "rieng"


class TemplateForm(forms.ModelForm):
    """A template; its background goes through the darkroom, so that only pixels are kept of it."""

    subject = forms.ChoiceField(label="Dùng cho")
    paper = forms.ChoiceField(label="Khổ giấy")
    picture = forms.FileField(
        label="Ảnh nền mới",
        required=False,
        help_text="Bản quét phôi hay hình nền, JPEG hoặc PNG, vừa khít khổ giấy.",
    )
    remove_picture = forms.BooleanField(label="Bỏ ảnh nền đang có", required=False)

    class Meta:
        model = PrintTemplate
        fields = ("name", "subject", "department", "width", "height", "has_frame", "on_stock", "note")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "subject" in self.fields:
            self.fields["subject"].choices = [(one.key, one.label) for one in subjects()]
        if "paper" in self.fields:
            sizes = [(key, size.label) for key, size in SIZES.items()]
            self.fields["paper"].choices = [*sizes, (OWN_SIZE, "Khổ riêng, ghi số đo bên cạnh")]
            self.initial["paper"] = size_name(self.instance.width, self.instance.height) or OWN_SIZE
            if self.instance.pk is None:
                self.initial["paper"] = "a4"
        for side in ("width", "height"):
            if side in self.fields:
                self.fields[side].required = False
        self.developed: bytes | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if size := SIZES.get(cleaned.get("paper", "")):
            cleaned["width"], cleaned["height"] = size.width, size.height
        for side, words in (("width", "chiều rộng"), ("height", "chiều cao")):
            if side in self.fields and cleaned.get(side) is None and side not in self.errors:
                self.add_error(side, f"Hãy ghi {words} của tờ giấy, hoặc chọn một khổ có sẵn.")
        if cleaned.get("picture"):
            self._develop(cleaned["picture"])
        return cleaned

    def _develop(self, upload: Any) -> None:
        try:
            with TemporaryDirectory(prefix="nen-") as folder:
                develop(upload, Path(folder))
                self.developed = Path(folder, MASTER).read_bytes()
        except UploadRefused as refusal:
            self.add_error("picture", refusal.message)

    def save(self, commit: bool = True) -> PrintTemplate:
        old = self.instance.background.name or ""
        if self.developed:
            self.instance.background.save("nen.jpg", ContentFile(self.developed), save=False)
        elif self.cleaned_data.get("remove_picture"):
            self.instance.background = ""
        if old != self.instance.background.name:
            drop_background(old)
        return super().save(commit)


class BoxRows(SentRows):
    """The boxes of a template, so many that a picture of it takes no web server's time."""

    default_error_messages = {
        "too_many_forms": f"Một mẫu có nhiều nhất {MOST_BOXES} ô: hãy gộp hoặc bỏ bớt ô."
    }


class BoxForm(forms.ModelForm):
    """One box in plain numbers; the screen's script moves the same fields."""

    class Meta:
        model = PrintBox
        fields = (
            *("name", "kind", "words", "x", "y", "width", "face", "size", "least", "colour", "align"),
            *("lines", "fit", "grows", "pitch", "on_stock", "position"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == BoxKind.WORDS and not cleaned.get("words") and not self.errors:
            self.add_error("words", "Hãy ghi chữ trong ô, hoặc chọn ô là mã QR.")
        subject = subject_of(self.instance.template.subject) if self.instance.template_id else None
        if subject and (unknown := unknown_fields(cleaned.get("words") or "", subject)):
            known = ", ".join(f"{{{key}}}" for key in subject.labels)
            said = ", ".join(f"{{{key}}}" for key in unknown)
            self.add_error("words", f"Không có từ thay {said}. Các từ dùng được: {known}.")
        return cleaned


class OrderForm(forms.Form):
    """What is printed, and how."""

    template = forms.ModelChoiceField(PrintTemplate.objects.none(), label="Mẫu in", empty_label=None)
    purpose = forms.ChoiceField(label="In để làm gì", choices=Purpose.choices, initial=Purpose.SHOWN)
    on_stock = forms.BooleanField(label="Chỉ in chữ lên phôi", required=False)
    printer = forms.ModelChoiceField(
        Printer.objects.none(), label="Máy in", required=False, empty_label="Không dịch"
    )
    reason = LinesField(
        label="Lý do in lại",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần ghi khi tờ đã in để ký trước đây. Lưu trong nhật ký kiểm toán.",
    )

    def __init__(self, *args: Any, templates: QuerySet, printers: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates
        self.fields["printer"].queryset = printers


class SheetWordsForm(forms.Form):
    """The words of one sheet; what equals the register's is not kept beside it."""

    def __init__(self, *args: Any, subject: Subject, sheet: Sheet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for one in subject.fields:
            if one.typed:
                now = (sheet.words | sheet.own).get(one.key, "")
                self.fields[one.key] = LinesField(
                    label=one.label,
                    required=one.required,
                    max_length=1000,
                    initial=now,
                    widget=forms.Textarea(attrs={"rows": 3 if len(now) > 60 else 2}),
                    help_text=self._help(one.choices, sheet.words.get(one.key, "")),
                )

    @staticmethod
    def _help(choices: tuple[str, ...], registered: str) -> str:
        offered = f"Ví dụ: {', '.join(choices)}; để trống thì không in. " if choices else ""
        return f"{offered}Trong sổ: {registered or 'không ghi'}."
