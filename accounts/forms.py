"""The forms in which an administrator creates and edits an account."""

from typing import Any

from django import forms
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from accounts.models import User
from accounts.passwords import make_password


class AccountForm(forms.ModelForm):
    """An existing account: who it is, not what it may do. Permissions come from positions."""

    class Meta:
        model = User
        fields = ["full_name", "form_of_address", "email", "username", "is_active"]
        field_classes = {"username": UsernameField}


def _how_to_choose() -> str:
    rules = " ".join(password_validators_help_texts())
    return f"Để trống thì máy tạo một mật khẩu mạnh và cho bạn xem một lần. {rules}"


class NewAccountForm(forms.ModelForm):
    """A new account. Without a typed password one is generated; `password_made` has it, to be shown once."""

    password = forms.CharField(
        label="Mật khẩu ban đầu",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=lazy(_how_to_choose, str)(),  # lazy: the validators load 20,000 common passwords
    )

    class Meta:
        model = User
        fields = ["full_name", "form_of_address", "email", "username"]
        field_classes = {"username": UsernameField}
        help_texts = {"username": "Ngắn, không dấu, dễ đọc qua điện thoại. Ví dụ: lannt.chuvanan"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.password_made = ""

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not password and IS_POPUP_VAR in self.data:
            # The popup closes at once, so nobody would see a generated password.
            raise ValidationError("Trong cửa sổ nhỏ này, hãy gõ mật khẩu ban đầu.")
        if password:
            self.instance.username = self.cleaned_data.get("username", "")
            self.instance.full_name = self.cleaned_data.get("full_name", "")
            validate_password(password, self.instance)
        return password

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Tên đăng nhập này đã có người dùng.")
        return username

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["password"]
        if not password:
            password = self.password_made = make_password()
        self.instance.set_password(password)
        # Everybody with an account works in the admin; what they see there follows from their positions.
        self.instance.is_staff = True
        return super().save(commit)
