"""What a writer may type, and the error messages. The admin uses this form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

from articles.approval.corrections import shown_content
from articles.enums import ArticleKind, CorrectionKind
from articles.models import Article, find_tags
from articles.text.body import clean_body, figures_in, for_editor
from articles.text.guidance import guide_of
from articles.writing.drafting import conflict_words
from awards.models import Decision
from departments.access import own_departments, scope
from departments.models import Department
from events.models import Event
from foundation.language.vietnamese import slug
from media.models import Photo
from media.presentation import photo_for

EDITOR = {
    "extensions": {
        "Bold": True,
        "Italic": True,
        "Heading": {"levels": [2, 3]},
        "BulletList": True,
        "OrderedList": True,
        "ListItem": True,
        "Blockquote": True,
        "HardBreak": True,
        "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
        "Table": True,
        "TableRow": True,
        "TableHeader": True,
        "TableCell": True,
        "Photo": True,
    }
}


class BodyWidget(ProseEditorWidget):
    """The rich-text box; adds each figure's picture, whose address the stored body does not contain."""

    def format_value(self, value: str | None) -> str:
        body = clean_body(value or "")
        photos = Photo.objects.in_bulk({figure.photo_id for figure in figures_in(body)})
        return for_editor(body, lambda pk: photo_for(photos[pk]) if pk in photos else None)


# Fields besides title, lead and body.
CHOICES = (
    "section",
    "kind",
    "department",
    "source_mark",
    "event",
    "commendation_decision",
    "tags",
    "slug",
    "planned_on",
    "embargo_until",
    "correction_kind",
    "correction_note",
)

MOST_TAGS = 60


class ArticleForm(forms.ModelForm):
    """The writing screen's form. `user` is the writer: they choose only among records they may see."""

    body = ProseEditorFormField(
        label="Nội dung bài", required=False, config=EDITOR, widget=BodyWidget(attrs={"rows": 20})
    )
    # The browser's date pickers, not the admin's calendar: they work on every phone without a script.
    planned_on = forms.DateField(
        label="Ngày dự kiến đăng",
        required=False,
        help_text="Chỉ để sắp lịch; bài không tự đăng theo ngày này.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Hãy chọn ngày, ví dụ 20/11/2026."},
    )
    embargo_until = forms.DateTimeField(
        label="Không đăng trước",
        required=False,
        help_text="Dùng khi tin phải giữ kín đến một giờ; người duyệt không đăng sớm hơn được.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Hãy chọn ngày và giờ, ví dụ 20/11/2026 07:30."},
    )
    seen_number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    overwrite = forms.BooleanField(
        label="Tôi đã đối chiếu; ghi đè bằng chữ ở trang này", required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Article
        fields = ("title", "lead", "body", *CHOICES)
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "bare t-h1", "data-counted": ""}),
            "lead": forms.Textarea(attrs={"rows": 3, "class": "bare t-sapo", "data-counted": ""}),
            "correction_kind": forms.RadioSelect,
            "correction_note": forms.Textarea(attrs={"rows": 3, "class": "input grow"}),
        }
        error_messages = {
            "title": {"max_length": "Tiêu đề dài quá %(limit_value)d ký tự (hiện có %(show_value)d)."},
            # The same message for a record that does not exist, so that nobody can find out which ids exist.
            "event": {"invalid_choice": "Không có sự kiện này hoặc bạn không được xem. Hãy chọn lại."},
            "commendation_decision": {
                "invalid_choice": "Không có quyết định này hoặc bạn không được xem. Hãy chọn lại."
            },
        }

    choice_names = " ".join(CHOICES)  # for the screen, which stores them on the device

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer_departments()
        self._offer_records()
        self._let_the_address_follow()
        self._dress()
        self._guide()
        self._ask_what_the_change_is()
        self.fields["seen_number"].initial = self.instance.draft_number

    def _offer_departments(self) -> None:
        field = self.fields.get("department")
        if field is None:
            return
        reach = scope(self.user, "articles.add_article") | {self.instance.department_id}
        field.queryset = Department.objects.filter(pk__in=reach - {None}).to_choose()
        field.empty_label = None
        if self.instance.pk is None:
            field.initial = min(own_departments(self.user) & reach, default=None)

    def _offer_records(self) -> None:
        """Offers events and decisions that the person may see, and those already linked."""
        for name, records in (("event", Event.objects), ("commendation_decision", Decision.objects)):
            if name in self.fields:
                named = records.filter(pk=getattr(self.instance, f"{name}_id"))
                self.fields[name].queryset = records.visible_to(self.user) | named

    def _let_the_address_follow(self) -> None:
        """A slug made from the title is shown empty; it follows the title until approval."""
        made = self.instance.slug == slug(self.instance.title)
        if "slug" in self.fields and made and not self.instance.approved_revision_id:
            self.initial["slug"] = ""
            self.fields["slug"].widget.attrs["placeholder"] = self.instance.slug

    def _ask_what_the_change_is(self) -> None:
        """Asked only for a public story, and again for every change: the last notice is already published."""
        if "correction_kind" not in self.fields:
            return
        # A story that was never approved is not public, so no query is needed.
        shown = shown_content(self.instance.pk) if self.instance.approved_revision_id else None
        self.is_public = shown is not None
        self.fields["correction_kind"].choices = CorrectionKind.choices
        said = shown and shown.get("correction")
        kept = {"kind": self.instance.correction_kind, "notice": self.instance.correction_note}
        if said and said == kept:
            self.initial |= {"correction_kind": "", "correction_note": ""}

    def _guide(self) -> None:
        """Empty boxes show hints for this kind of story as placeholders."""
        self.guide = guide_of(self.initial.get("kind") or self.instance.kind)
        self.kind_label = ArticleKind(self.initial.get("kind") or self.instance.kind).label
        for name, words in (("title", self.guide.title), ("lead", self.guide.lead)):
            if name in self.fields:
                self.fields[name].widget.attrs["placeholder"] = words

    def _dress(self) -> None:
        """House style for plain boxes. No maxlength on the title: the form reports a long title, a browser
        would cut it silently.
        """
        if "title" in self.fields:
            self.fields["title"].widget.attrs.pop("maxlength", None)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, forms.Select | forms.TextInput):
                look = "select" if isinstance(widget, forms.Select) else "input"
                widget.attrs["class"] = f"{widget.attrs.get('class', '')} {look}".strip()

    def clean_body(self) -> str:
        """Returns the body as it will be stored. Raises ValidationError for a new photo that the person may
        not see.
        """
        body = clean_body(self.cleaned_data["body"])
        before = {figure.photo_id for figure in figures_in(self.instance.body)}
        wanted = {figure.photo_id for figure in figures_in(body)} - before
        allowed = set(Photo.objects.visible_to(self.user).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted - allowed:
            raise ValidationError(
                "Trong bài có ảnh bạn không được dùng hoặc không còn trong kho. Hãy gỡ ảnh đó rồi lưu lại."
            )
        return body

    def clean_tags(self) -> list[str]:
        """Returns the names, those of tags that there are as they are spelled already."""
        typed = self.cleaned_data["tags"]
        if len(typed) > MOST_TAGS:
            raise ValidationError(
                f"Bài có {len(typed)} thẻ, nhiều quá {MOST_TAGS} thẻ. Hãy giữ những thẻ bạn đọc hay tìm."
            )
        known = find_tags(typed)
        return list(dict.fromkeys(known[name].name if name in known else name for name in typed))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"]:
            known = self.instance.slug if self.instance.approved_revision_id else ""
            cleaned["slug"] = known or slug(cleaned.get("title", ""))
        if self.instance.pk and not cleaned.get("overwrite"):
            # Lock the row until this save is done, so that two simultaneous saves run one after the other.
            now = Article.objects.select_for_update().get(pk=self.instance.pk).draft_number
            if now != cleaned.get("seen_number"):
                self.fields["overwrite"].widget = forms.CheckboxInput()
                self.add_error(
                    None, ValidationError(conflict_words(self.instance, self.user), code="conflict")
                )
        return cleaned
