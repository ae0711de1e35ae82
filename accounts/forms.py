"""The forms in which an administrator creates and edits an account. None of them holds a password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError

from accounts.models import User


class AccountForm(forms.ModelForm):
    """An existing account: who it is, not what it may do. Permissions come from positions."""

    class Meta:
        model = User
        fields = ["full_name", "form_of_address", "email", "username", "is_active"]
        field_classes = {"username": UsernameField}

    def __init__(self, *args: Any, **kwargs: Any):
        """Changed is what the person changed on the page, whatever happened to the account meanwhile."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True


class NewAccountForm(forms.ModelForm):
    """A new account. It has no password until its person chooses one (`accounts.tickets`)."""

    class Meta:
        model = User
        fields = ["full_name", "form_of_address", "email", "username"]
        field_classes = {"username": UsernameField}
        help_texts = {
            "username": "Ngắn, không dấu, dễ đọc qua điện thoại. Ví dụ: lannt.chuvanan",
            "email": "Hộp thư riêng của người này: lời mời và đường dẫn đặt lại mật khẩu gửi tới đây. "
            "Không có thì để trống và in phiếu.",
        }

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Tên đăng nhập này đã có người dùng.")
        return username

    def save(self, commit: bool = True) -> Any:
        self.instance.set_unusable_password()
        # Everybody with an account works in the admin; what they see there follows from their positions.
        self.instance.is_staff = True
        return super().save(commit)
