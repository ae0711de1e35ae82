"""Papers of attendance: the list begun, a paper revoked, the files of a unit, the letters to people."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.auditing import audit_act
from approvals.enums import RecordStatus
from foundation.language.fields import LineField
from training.attesting.drafting import begin_list
from training.attesting.files import last_run, papers_in, zip_of
from training.models import Attestation, AttestationList
from training.pages.reach import context_of, run_enrolment, unit_of
from training.telling import page_of_enrolment
from training.tickets import send_paper_letters

REVOKE = "training.withdraw_attestationlist"
LIST_PAGE = "admin:training_attestationlist_change"


@require_POST
def begin_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the list of who gets a paper; pressed twice it leads to the same one."""
    enrolment = run_enrolment(request, pk)
    known = AttestationList.objects.filter(enrolment=enrolment).first()
    if known is None:
        if enrolment.forgotten_on:
            raise PermissionDenied
        if enrolment.event.starts_at > timezone.now():
            messages.error(request, "Sự kiện chưa diễn ra nên chưa lập danh sách xác nhận.")
            return redirect(page_of_enrolment(enrolment))
        known = begin_list(enrolment, by=request.user)
    return redirect(LIST_PAGE, known.pk)


class RevokeForm(forms.Form):
    """Why a paper is revoked."""

    reason = LineField(label="Lý do thu hồi", max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def revoke_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one numbered paper; its page says so from now on."""
    row = get_object_or_404(Attestation.objects.select_related("list__enrolment__event", "list__host"), pk=pk)
    if row.list not in AttestationList.objects.visible_to(request.user):
        raise PermissionDenied
    if not request.user.has_perm(REVOKE, row.list) or not row.number or row.revoked_on:
        raise PermissionDenied
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["reason"]
        rows = Attestation.objects.filter(pk=row.pk, revoked_on=None)
        if rows.update(revoked_on=timezone.localdate(), revoked_for=words):
            audit_act(
                "Thu hồi giấy xác nhận", request.user, about=row.list, words=f"{row.number_words}. {words}"
            )
        messages.success(request, f"Đã thu hồi giấy số {row.number_words}.")
        return redirect(LIST_PAGE, row.list_id)
    context = context_of(request, f"Thu hồi giấy của {row}", form=form, act="Thu hồi")
    context |= {"back": reverse(LIST_PAGE, args=[row.list_id])}
    return render(request, "admin/training/plain_form.html", context)


@require_safe
def unit_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the papers of a unit's people as one ZIP."""
    unit = unit_of(request, pk)
    made = AttestationList.objects.filter(enrolment=unit.enrolment, status=RecordStatus.PUBLIC).first()
    run = last_run(made) if made else None
    rows = Attestation.objects.given().filter(list=made, participant__unit=unit) if made else ()
    files = papers_in(run, rows) if run else {}
    if not files:
        messages.info(
            request, "Chưa có tệp giấy xác nhận của đơn vị: ban tổ chức chưa dựng hoặc tệp đã hết hạn giữ."
        )
        return redirect("admin:enrolment_unit", unit.pk)
    answer = HttpResponse(zip_of(files), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="giay-xac-nhan-{unit.pk}.zip"'
    return answer


@require_POST
@transaction.atomic
def mail_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell everybody with an address where their paper is."""
    enrolment = run_enrolment(request, pk)
    made = AttestationList.objects.filter(enrolment=enrolment, status=RecordStatus.PUBLIC).first()
    if made is None or enrolment.forgotten_on:
        raise PermissionDenied
    count = send_paper_letters(made, by=request.user)
    if count:
        audit_act("Gửi giấy xác nhận", request.user, about=made, words=f"{count} thư")
        messages.success(request, f"Đang gửi {count} thư có đường dẫn tới giấy xác nhận.")
    else:
        messages.info(request, "Ai có địa chỉ thư đều đã được báo.")
    return redirect(page_of_enrolment(enrolment))
