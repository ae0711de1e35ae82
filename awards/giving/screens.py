"""The screens of giving, below a decision: lists as files, who handed over, what came back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from approvals.auditing import audit_act
from awards.giving import lists
from awards.giving.forms import PresentationForm, RefundForm
from awards.models import Commendation, Decision, Refund
from awards.paper.subject import PRINT
from departments.access import capacity
from foundation.exporting.files import XLSX, xlsx_bytes
from foundation.pagestore.announcing import announce
from press.lists import draw_lists
from press.typesetting.setter import NotDrawn
from records.below import Screens, paths_below, record_of

_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
FILES = {
    "xuong-ten": "Danh sách xướng tên",
    "chi-tien": "Danh sách chi tiền thưởng",
    "thong-bao": "Thông báo",
}


class GivingAdminMixin:
    """The admin of decisions: one page, one form for each annulled award, the lists as files."""

    def get_urls(self) -> list:
        pages = paths_below(self, "trao", _SCREENS, self._giving_page)
        return [*pages, *super().get_urls()]  # type: ignore[misc]

    def _giving_page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest, object_id: int, **more: Any) -> HttpResponse:
            decision = record_of(self, request, object_id)
            if not request.user.has_perm(PRINT, decision):
                raise PermissionDenied
            return view(self, request, decision, **more)

        return page

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        decision = kwargs.get("obj")
        if decision is not None and request.user.has_perm(PRINT, decision):
            context["giving_url"] = reverse("admin:awards_decision_giving", args=[decision.pk])
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def giving_page(admin: Any, request: HttpRequest, decision: Decision) -> HttpResponse:
    """Everything after the signature on one page."""
    form = PresentationForm(request.POST if request.method == "POST" else None, decision=decision)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.instance.noted_by = request.user
            presentation = form.save()
            announce(decision, presentation)
            _audit("Ghi lần trao khen thưởng", request.user, decision, str(presentation))
        messages.success(request, "Đã ghi lần trao.")
        return HttpResponseRedirect(reverse("admin:awards_decision_giving", args=[decision.pk]))
    paid = lists.payments(decision)
    revoked = decision.commendations.exclude(revoked_on=None).select_related("refund")
    context = _context(admin, request, decision, f"Trao và chi: {decision}") | {
        "form": form,
        "called": lists.called(decision),
        "columns": lists.CALLED,
        "paid": paid,
        "doubts": [one for one in paid if one.doubt],
        "total": lists.total_words(paid) if paid else "",
        "unpaid": decision.commendations.unrevoked().filter(reward_amount=None).count(),
        "revoked": revoked,
        "presentations": decision.presentations.select_related("event", "photo", "noted_by"),
    }
    return TemplateResponse(request, "admin/awards/giving/page.html", context)


def refund_page(admin: Any, request: HttpRequest, decision: Decision, row_id: int) -> HttpResponse:
    """Note what came back of an annulled award."""
    rows = decision.commendations.exclude(revoked_on=None)
    row: Commendation = get_object_or_404(rows.select_related("decision"), pk=row_id)
    refund = Refund.objects.filter(commendation=row).first()
    form = RefundForm(request.POST if request.method == "POST" else None, instance=refund, row=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.instance.noted_by = request.user
            form.save()
            said = "; ".join(
                f"{form.fields[name].label}: {form.cleaned_data[name]}" for name in form.changed_data
            )
            _audit("Ghi thu hồi giấy, tiền thưởng", request.user, decision, f"{row}. {said}")
        messages.success(request, f"Đã ghi: {row}.")
        return HttpResponseRedirect(reverse("admin:awards_decision_giving", args=[decision.pk]))
    context = _context(admin, request, decision, f"Thu hồi giấy, tiền: {row}") | {"form": form, "row": row}
    return TemplateResponse(request, "admin/awards/giving/refund.html", context)


def take_list(admin: Any, request: HttpRequest, decision: Decision, which: str, kind: str) -> HttpResponse:
    """One of the lists as a file."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    made = _made(decision, which, kind)
    if made is None:
        raise Http404
    try:
        data = made()
    except NotDrawn as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    _audit(f"Tải {FILES[which].lower()}", request.user, decision, kind.upper())
    number = decision.slug
    headers = _PRIVATE | {"Content-Disposition": f'attachment; filename="{which}-{number}.{kind}"'}
    return HttpResponse(data, content_type=XLSX if kind == "xlsx" else "application/pdf", headers=headers)


def _made(decision: Decision, which: str, kind: str) -> Callable[[], bytes] | None:
    """Return what makes the file; None if there is none."""
    title = f"{FILES.get(which)} {decision.number}"
    return {
        ("xuong-ten", "xlsx"): lambda: xlsx_bytes(lists.CALLED, lists.called(decision)),
        ("xuong-ten", "pdf"): lambda: draw_lists(title, [lists.calling_page(decision)]),
        ("chi-tien", "xlsx"): lambda: _payment_book(decision),
        ("chi-tien", "pdf"): lambda: draw_lists(title, [lists.payment_page(decision)]),
        ("thong-bao", "pdf"): lambda: draw_lists(title, lists.letter_pages(decision)),
    }.get((which, kind))


def _payment_book(decision: Decision) -> bytes:
    paid = lists.payments(decision)
    total = ["", "Tổng cộng", "", "", lists.paid_total(paid), lists.total_words(paid), ""]
    return xlsx_bytes(lists.PAID, [*lists.paid_rows(paid), total])


def _context(admin: Any, request: HttpRequest, decision: Decision, title: str) -> dict[str, Any]:
    return admin.admin_site.each_context(request) | {
        "title": title,
        "opts": admin.opts,
        "original": decision,
        "giving_url": reverse("admin:awards_decision_giving", args=[decision.pk]),
    }


def _audit(act: str, by: Any, decision: Decision, words: str) -> None:
    audit_act(act, by, about=decision, capacity=capacity(by, PRINT, decision), words=words)


_SCREENS: Screens = {
    "giving": ("", giving_page),
    "refund": ("thu-hoi/<int:row_id>/", refund_page),
    "list": ("<slug:which>.<slug:kind>", take_list),
}
