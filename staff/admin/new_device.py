"""The page of an account whose person has lost the devices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from accounts.confirming import ask_again
from accounts.models import TwoAdminAct, TwoAdminRequest
from accounts.two_admins import AskRefused
from staff.admin.entry import log
from staff.admin.reach import account_of, context_of
from staff.forms import ReasonForm
from staff.new_device import ask_for_new_device


@require_http_methods(["GET", "HEAD", "POST"])
def new_device_page(request: HttpRequest, id: int) -> HttpResponse:
    """Ask a second administrator; on POST show the code, this once. Nobody asks for themselves."""
    user = account_of(request, id)
    may_ask = user != request.user and user.is_active
    form = ReasonForm(request.POST or None)
    code = ""
    if request.method == "POST" and may_ask and form.is_valid():
        ask_again(request.user)
        reason = form.cleaned_data["reason"]
        try:
            _, code = ask_for_new_device(user, by=request.user, reason=reason)
        except AskRefused as refusal:
            messages.error(request, str(refusal))
        else:
            log(request, user, f"Đề nghị cấp lại lối vào: {reason}")
    context = context_of(
        request,
        "Cấp lại lối vào",
        subtitle=str(user),
        account=user,
        form=form,
        code=code,
        may_ask=may_ask,
        open_request=TwoAdminRequest.objects.open().filter(act=TwoAdminAct.NEW_DEVICE, about=user).first(),
    )
    answer = TemplateResponse(request, "admin/staff/new_device.html", context)
    add_never_cache_headers(answer)
    return answer
