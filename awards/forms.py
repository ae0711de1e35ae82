"""Forms of a decision, and of later acts on one commendation."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from awards.models import Decision
from departments.models import Person, Position, SchoolYear
from documents.addresses import free_slug
from documents.numbering import book_year, number_key
from foundation.language.fields import LineField, LinesField
from records.forms import RecordForm


class DecisionForm(RecordForm):
    """Fills empty fields from the directory; typed words stay."""

    unit_days: ClassVar = {"issuer": "signed_on"}

    fill_rewards = forms.BooleanField(
        label="Điền tiền thưởng theo mức quy định cho các dòng còn trống",
        required=False,
        help_text="Lấy mức của hình thức và lương cơ sở vào ngày ký. Số đã gõ thì giữ nguyên.",
    )

    class Meta:
        model = Decision
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("signer_name", "signer_title"):
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = "Để trống thì lấy từ danh bạ, theo chức danh vào ngày ký."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("signed_on")
        if day:
            self._check_registered_once(cleaned, day)
            self._fill_signer(cleaned, day)
            if not cleaned.get("school_year"):
                year = SchoolYear.objects.filter(starts_on__lte=day, ends_on__gte=day)
                cleaned["school_year"] = year.first()
        return cleaned

    def _check_registered_once(self, cleaned: dict[str, Any], day: datetime.date) -> None:
        """An issuer uses a number once in a year, however it is typed."""
        number, issuer = cleaned.get("number"), cleaned.get("issuer")
        if not (number and issuer):
            return
        same = Decision.objects.filter(issuer=issuer, number_key=number_key(number), book_year=book_year(day))
        found = same.exclude(pk=self.instance.pk).first()
        if found:
            words = (
                f"Quyết định {found.number} ngày {found.signed_on:%d/%m/%Y} của cơ quan này đã có trong sổ."
            )
            self.add_error("number", words)

    def _fill_signer(self, cleaned: dict[str, Any], day: datetime.date) -> None:
        signer, issuer = cleaned.get("signer"), cleaned.get("issuer")
        cleaned["signer_name"] = cleaned.get("signer_name") or (signer.full_name if signer else "")
        if signer and not cleaned.get("signer_title"):
            held = position_on(signer, day, issuer)
            cleaned["signer_title"] = held.title if held else ""
        for name, missing in (("signer_name", "tên người ký"), ("signer_title", "chức danh người ký")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"Hãy ghi {missing} như trên giấy.")

    def save(self, commit: bool = True) -> Decision:
        if not self.instance.published_at:
            number = self.instance.number.replace("&", "")
            self.instance.slug = free_slug(self.instance, f"{number} {self.instance.signed_on.year}")
        return super().save(commit)


def position_on(person: Person, day: datetime.date, department: Any = None) -> Position | None:
    """Returns the position a person held on that day, preferably in this unit; None when there is none."""
    held = list(Position.objects.on(day).filter(person=person).select_related("department"))
    there = [position for position in held if position.department == department]
    return next(iter(there + held), None)


class RevocationForm(forms.Form):
    """The decision that revokes, and the reason."""

    number = LineField(label="Số quyết định hủy bỏ", max_length=80)
    signed_on = forms.DateField(label="Ngày ký quyết định hủy bỏ", initial=timezone.localdate)
    reason = LinesField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Chỉ lưu trong sổ. Bạn đọc thấy số và ngày quyết định hủy bỏ.",
    )


class ReplacingForm(RevocationForm):
    """A revocation after which another commendation stands in the place of this one."""

    replacement = LineField(
        label="Mã giấy khen thay thế, nếu có",
        max_length=20,
        required=False,
        help_text="Giấy khen mới đã công bố, ví dụ tờ cấp lại vì sai tên. Trang xác minh sẽ dẫn sang tờ ấy.",
    )


class WithholdingForm(forms.Form):
    """Who asked to withhold the name, and why."""

    reason = LinesField(
        label="Ai yêu cầu, vì sao",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Chỉ lưu trong sổ. Từ hôm nay trang công khai chỉ hiện chữ cái đầu của tên.",
    )
