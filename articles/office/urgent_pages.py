"""The page for the second person of an urgent withdrawal: the text, the reason, two buttons."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused, take
from articles.approval import urgent
from articles.approval.holding import APPROVE
from articles.approval.workflow import PUBLIC, WITHDRAW
from articles.enums import PublicState
from articles.models import PublishedArticle, UrgentWithdrawal
from articles.office.desk import back_to_desk
from articles.office.previews import draft_page
from departments.access import scope, words_of
from foundation.language.fields import LinesField

SAID = {
    "confirm_urgent": "Đã xác nhận gỡ “{}”.",
    "confirm_urgent_for_privacy": "Đã xác nhận gỡ “{}”; bạn đọc không còn thấy tiêu đề.",
    "restore_urgent": "Đã đăng lại “{}”, đúng bản trước lúc gỡ.",
}


class AnswerForm(forms.Form):
    """Confirm or restore, for the version of the page that was shown."""

    step = forms.ChoiceField(choices=[(name, "") for name in SAID])
    version = forms.IntegerField()
    note = LinesField(
        label="Lời của bạn",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text="Khi xác nhận gỡ: thông báo bạn đọc thấy ở địa chỉ cũ, có thể để trống. "
        "Khi đăng lại: vì sao đăng lại, bắt buộc; chỉ phòng biên tập thấy.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("step") == "restore_urgent" and not cleaned.get("note", "").strip():
            self.add_error("note", "Hãy ghi vì sao đăng lại.")
        return cleaned


@never_cache
@require_safe
def urgent_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The last urgent withdrawal of a page, for people who decide for its unit or withdraw there."""
    return _page(request, _found(request, pk), AnswerForm())


@never_cache
@require_POST
def urgent_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's answer; a refusal is shown with what was typed."""
    row = _found(request, pk)
    if not request.user.has_perm(APPROVE, row.page):
        raise PermissionDenied(APPROVE)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            take(
                PUBLIC,
                row.page,
                said["step"],
                actor=request.user,
                version=said["version"],
                note=said["note"],
            )
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, SAID[said["step"]].format(row.revision.content["title"]))
            return back_to_desk()
    return _page(request, _found(request, pk), form, status=409)


def _found(request: HttpRequest, pk: int) -> UrgentWithdrawal:
    units = scope(request.user, APPROVE) | scope(request.user, WITHDRAW)
    rows = UrgentWithdrawal.objects.filter(page=pk, page__department__in=units)
    rows = rows.select_related("page__department", "revision__article", "withdrawn_by", "answer__answered_by")
    row = rows.order_by("pk").last()
    if row is None:
        raise Http404
    return row


def _page(
    request: HttpRequest, row: UrgentWithdrawal, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    page: PublishedArticle = row.page
    (waiting,) = urgent.list_waiting([row])
    is_open = page.state == PublicState.SUSPENDED
    may_answer = request.user.has_perm(APPROVE, page) and request.user.pk != row.withdrawn_by_id
    context = admin.site.each_context(request) | {
        "title": f"Gỡ khẩn: {row.revision.content['title']}",
        "row": row,
        "form": form,
        "page": draft_page(row.revision.content, page.pk),
        "waiting": waiting if is_open else None,
        "is_open": is_open,
        "may_answer": is_open and may_answer,
        "may_restore": request.user.pk not in row.revision.editor_ids,
        "capacity": words_of(request.user, APPROVE, page.department_id),
    }
    return render(request, "admin/articles/urgent.html", context, status=status)


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URLs of urgent withdrawals."""
    return [
        path("cho-duyet/go-khan/<int:pk>/", site.admin_view(urgent_withdrawal), name="urgent_withdrawal"),
        path("cho-duyet/go-khan/<int:pk>/tra-loi/", site.admin_view(urgent_answer), name="urgent_answer"),
    ]
