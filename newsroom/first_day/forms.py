"""What the first visit asks: whose site it is, and who administers it."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from foundation.language.fields import LineField, MailAddressField
from identity.models import SiteIdentity

FIRST_DAY_OF_TODAYS_PROVINCES = datetime.date(2025, 7, 1)


def why_not_since(day: datetime.date) -> str:
    """Return why the Sở cannot have begun on this day: nobody administers a unit that is yet to begin."""
    if day > timezone.localdate():
        return "Ngày Sở hoạt động không được sau hôm nay: trước ngày ấy chưa ai quản trị được trang."
    return "" if day.year >= 1900 else "Ngày Sở hoạt động phải từ năm 1900."


class OpeningForm(forms.Form):
    """The code that the command printed."""

    code = forms.CharField(
        label="Mã dựng trang",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Mười hai chữ và số mà lệnh setup vừa in, ví dụ kdnr-7xpm-q3tw.",
    )


class IdentityForm(forms.ModelForm):
    """Whose site it is."""

    class Meta:
        model = SiteIdentity
        fields = (
            *("name", "short_name", "description", "organization", "organization_short", "province"),
            *("responsible_name", "responsible_title", "address", "phone", "email", "licence"),
            *("code_prefix", "colour"),
        )


class AdministratorForm(forms.Form):
    """The first administrator; nobody chooses the password but they."""

    full_name = LineField(label="Họ và tên", max_length=150)
    username = LineField(
        label="Tên đăng nhập",
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}),
    )
    admin_email = MailAddressField(
        label="Thư điện tử", required=False, help_text="Để nhận thông báo, đặt lại mật khẩu khi quên."
    )
    office_since = forms.DateField(
        label="Sở hoạt động từ ngày",
        initial=FIRST_DAY_OF_TODAYS_PROVINCES,
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Tỉnh hợp nhất thì 01/7/2025; bài nhập từ trang cũ cần đơn vị có từ ngày đăng.",
    )

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError("Tên đăng nhập này đã có người dùng.")
        return name

    def clean_office_since(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["office_since"]
        if day and (words := why_not_since(day)):
            raise ValidationError(words)
        return day

    @property
    def facts(self) -> dict[str, Any]:
        """Return what `steps.appoint_administrator` takes."""
        asked = self.cleaned_data
        return {"full_name": asked["full_name"], "username": asked["username"], "email": asked["admin_email"]}
