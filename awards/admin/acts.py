"""Pages that revoke a published commendation or a whole decision, or withhold a name."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from approvals.engine import StepRefused
from awards.forms import ReplacingForm, RevocationForm, WithholdingForm
from awards.models import Decision
from awards.revocation import REVOKE, revoke, revoke_all, withhold_name

ACTS = {  # acts on one commendation
    "huy-bo": ("Ghi hủy bỏ", ReplacingForm, revoke),
    "an-ten": ("Ẩn tên theo yêu cầu", WithholdingForm, withhold_name),
}
DECISION_ACTS = {"huy-bo": ("Ghi hủy bỏ cả quyết định", RevocationForm, revoke_all)}


def act_view(model_admin: Any, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
    """Shows the act's form and runs its function. Raises PermissionDenied without the right to revoke."""
    opts = model_admin.opts
    row = model_admin.get_object(request, object_id)
    if row is None:
        return model_admin._get_obj_does_not_exist_redirect(request, opts, object_id)
    if not request.user.has_perm(REVOKE, row):
        raise PermissionDenied
    label, form_class, function = (DECISION_ACTS if isinstance(row, Decision) else ACTS)[act]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            function(row, actor=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Đã xong: {label.lower()}, “{row}”.")
            return HttpResponseRedirect(
                reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
            )
    context = model_admin.admin_site.each_context(request) | {
        "title": f"{label}: {row}",
        "label": label,
        "opts": opts,
        "original": row,
        "form": form,
    }
    return TemplateResponse(request, f"admin/awards/{opts.model_name}/act.html", context)
