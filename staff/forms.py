"""The forms by which people come in, and those of administrators about an account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError

from accounts.models import Ticket, User
from accounts.tickets import find_by_code
from foundation.language.fields import LineField, MailAddressField

UNKNOWN_CODE = (
    "Tên đăng nhập hoặc mã chưa đúng, hoặc mã đã dùng, đã hết hạn. Xem lại tờ phiếu; nếu vẫn không được, "
    "nhờ quản trị viên in phiếu khác."
)


class CodeForm(forms.Form):
    """The name and the code of a printed sheet."""

    username = LineField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label="Mã trên phiếu",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Mười hai chữ và số, ví dụ kdnr-7xpm-q3tw. Gạch nối, chữ hoa không quan trọng.",
    )

    ticket: Ticket | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self.ticket = find_by_code(cleaned["username"], cleaned["code"])
            if self.ticket is None:
                raise ValidationError(UNKNOWN_CODE)
        return cleaned


class ChoosePasswordForm(SetPasswordForm):
    """The password that a person chooses; the rules are Django's validators."""

    def __init__(self, user: User, *args: Any, **kwargs: Any):
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = "Mật khẩu"
        self.fields["new_password2"].label = "Gõ lại mật khẩu"
        self.fields["new_password2"].help_text = ""


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    name = LineField(
        label="Tên đăng nhập hoặc thư điện tử",
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ReasonForm(forms.Form):
    """Why a second administrator should confirm."""

    reason = LineField(
        label="Lý do", max_length=200, help_text="Quản trị viên thứ hai đọc dòng này trước khi xác nhận."
    )


class EmailForm(ReasonForm):
    """The new mail address of an account that somebody uses."""

    email = MailAddressField(
        label="Thư điện tử mới",
        required=False,
        help_text="Hộp thư riêng; để trống nếu không còn hộp thư nào.",
    )
    field_order = ("email", "reason")

    def __init__(self, user: User, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email.lower() == self.user.email.lower():
            raise ValidationError("Đây là địa chỉ đang dùng.")
        return email
