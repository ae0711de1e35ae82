"""The page on which a head delegates the role while absent, and takes it back."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from accounts.confirming import ask_again
from departments.delegating import (
    delegations_of,
    own_headships,
    past_delegations_of,
    start_delegation,
    take_back_delegation,
)
from departments.forms import DelegationForm

PAST_SHOWN = 30
may_delegate = permission_required("departments.delegate_position", raise_exception=True)


@may_delegate
def delegations(request: HttpRequest) -> HttpResponse:
    """Show own delegations and the form; on POST put a new delegation in force."""
    form = DelegationForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_again(request.user)
        start_delegation(form.lent)
        LogEntry.objects.log_actions(
            str(request.user.pk), [form.lent.person], CHANGE, f"Ủy quyền: {form.lent.period}."
        )
        messages.success(request, f"Đã ủy quyền cho {form.lent.person}, {form.lent.period}.")
        return redirect("admin:delegations")
    context = admin.site.each_context(request) | {
        "title": "Ủy quyền khi vắng mặt",
        "form": form,
        "headships": own_headships(request.user),
        "delegations": delegations_of(request.user),
        "past": past_delegations_of(request.user)[:PAST_SHOWN],
    }
    return TemplateResponse(request, "admin/departments/delegations.html", context)


@require_POST
@may_delegate
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one of the user's own delegations."""
    lent = get_object_or_404(delegations_of(request.user), pk=pk)
    ask_again(request.user)
    take_back_delegation(lent)
    LogEntry.objects.log_actions(str(request.user.pk), [lent.person], CHANGE, "Thu lại ủy quyền.")
    messages.success(request, f"Đã thu lại ủy quyền của {lent.person}.")
    return redirect("admin:delegations")


admin.site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("uy-quyen/", admin.site.admin_view(delegations), name="delegations"),
    path("uy-quyen/<int:pk>/thu-lai/", admin.site.admin_view(delegation_end), name="delegation_end"),
]
