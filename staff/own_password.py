"""The page on which somebody who is signed in changes their own password."""

from typing import Any

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from accounts.confirming import ask_again
from accounts.ending import end_sessions
from approvals.auditing import audit_act
from second_factor.proofs import ProofRefused, take_password
from staff.letting_in import tell_password_chosen


class OwnPasswordForm(AdminPasswordChangeForm):
    """The old password is a try like one at the door: counted, and refused after too many."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        old = self.cleaned_data["old_password"]
        try:
            take_password(self.request, self.user, old)
        except ProofRefused as refusal:
            raise ValidationError(str(refusal), code="password_incorrect") from None
        return old


class OwnPasswordView(PasswordChangeView):
    """Asks again whoever has a device; for the others the old password is the same proof."""

    form_class = OwnPasswordForm
    template_name = "admin/password_change_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_verified():
            if request.method == "POST" and user.confirmed_lately is False:
                # The page that asks would carry the typed passwords on in its hidden fields.
                return HttpResponseRedirect(request.path)
            ask_again(user)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, keep this session alone, note it and tell the person, by mail too."""
        answer = super().form_valid(form)
        end_sessions(form.user, but=self.request.session.session_key)
        audit_act("Đổi mật khẩu", form.user, about=form.user)
        tell_password_chosen(form.user, is_first=False)
        return answer
