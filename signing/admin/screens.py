"""The screen of signing: give out, download, take back, see what was found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse

from approvals.auditing import audit_act
from departments.access import capacity
from signing.handing_off import hand_off, packed, signed_of, waiting_of
from signing.intake import IntakeRefused, check_intake, receive
from signing.models import Intake, TrustedCertificate
from signing.showing import revocation_words
from signing.storing import take_as_it_came
from signing.subjects import NotToSign

INTAKES_SHOWN = 5
AT_ONCE = 2  # files that are checked while the person waits
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def sign_page(asked: Any) -> HttpResponse:
    """Give out what is to be signed, take back what was."""
    request, refused = asked.request, ""
    if request.method == "POST":
        try:
            refused = _act(asked)
        except (NotToSign, IntakeRefused) as refusal:
            refused = refusal.message
        if not refused:
            return HttpResponseRedirect(asked.address())
    said = asked.signable.said_today(asked.record, None)
    signed = signed_of(asked.record, asked.signable)
    context = _context(asked) | {
        "title": f"Ký số {asked.signable.noun}: {asked.record}",
        "refused": refused,
        "waiting": waiting_of(asked.record, asked.signable),
        "signed": [
            {
                "file": one,
                "name": one.hand_off.name if one.hand_off else str(asked.record),
                "revocation": revocation_words(one),
                "is_todays": said.get(one.row) == one.said,
            }
            for one in signed.values()
        ],
        "may_check": asked.signable.as_it_came is not None,
        "has_roots": TrustedCertificate.objects.in_use().filter(is_root=True).exists(),
    }
    return TemplateResponse(request, "admin/signing/sign.html", context)


def _act(asked: Any) -> str:
    """Do what was pressed; return why not, or ""."""
    request = asked.request
    if "hand_off" in request.POST:
        waiting = hand_off(asked.signable, asked.record, request.user)
        messages.success(request, f"Đã giao {len(waiting)} tệp. Tải về, ký, rồi gửi lại ở đây.")
        return ""
    if "as_it_came" in request.POST:
        problem = take_as_it_came(asked.signable, asked.record, request.user)
        if not problem:
            messages.success(request, "Các chữ ký trong tệp hợp lệ, đủ người ký và cơ quan.")
        return problem
    if not (upload := request.FILES.get("signed")):
        return "Hãy chọn tệp đã ký: một tệp PDF, hoặc tệp ZIP gồm nhiều tệp PDF."
    intake = receive(asked.signable, asked.record, upload, request.user)
    if intake.total <= AT_ONCE and Intake.objects.filter(pk=intake.pk, beat_at=None).update(
        beat_at=intake.sent_at
    ):
        check_intake(intake)
        accepted = intake.accepted
        tell = messages.success if accepted == intake.total else messages.warning
        tell(request, f"{accepted} trong {intake.total} tệp được nhận.")
        return ""
    messages.success(request, f"Đã nhận {intake.total} tệp, đang kiểm tra. Rời trang này vẫn chạy.")
    return ""


def progress(asked: Any) -> HttpResponse:
    """The uploads alone: the page that is open fetches them while one is checked."""
    return TemplateResponse(asked.request, "admin/signing/_intakes.html", _intakes(asked))


def _context(asked: Any) -> dict[str, Any]:
    return (
        asked.admin.admin_site.each_context(asked.request)
        | {
            "opts": asked.admin.opts,
            "original": asked.record,
            "signable": asked.signable,
            "waiting_url": asked.address("sign_waiting"),
            "signed_url": asked.address("sign_signed"),
        }
        | _intakes(asked)
    )


def _intakes(asked: Any) -> dict[str, Any]:
    rows = Intake.objects.about(asked.record).filter(subject=asked.signable.key)
    intakes = list(rows.select_related("sent_by")[:INTAKES_SHOWN])
    return {
        "intakes": [
            {"intake": one, "refused": [result for result in one.results if result["problem"]]}
            for one in intakes
        ],
        "is_checking": any(one.finished_at is None for one in intakes),
        "progress_url": asked.address("sign_progress"),
        "sign_url": asked.address(),
    }


def take_waiting(asked: Any) -> HttpResponse:
    """What waits, as it was frozen, as a ZIP."""
    waiting = waiting_of(asked.record, asked.signable)
    return _download(asked, "Tải tệp chờ ký", "cho-ky", [(one.name, one.stored) for one in waiting])


def take_signed(asked: Any) -> HttpResponse:
    """What came back signed, as a ZIP."""
    signed = signed_of(asked.record, asked.signable).values()
    named = [(one.hand_off.name if one.hand_off else str(asked.record), one.stored) for one in signed]
    return _download(asked, "Tải tệp đã ký", "da-ky", named)


def _download(asked: Any, act: str, end: str, files: list[tuple[str, str]]) -> HttpResponse:
    if asked.request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not files:
        return HttpResponse(
            "Chưa có tệp nào.", status=404, content_type="text/plain; charset=utf-8", headers=_PRIVATE
        )
    if asked.request.method == "GET":
        audit_act(
            f"{act}: {len(files)} tệp",
            asked.request.user,
            about=asked.record,
            capacity=capacity(asked.request.user, asked.signable.permission, asked.record),
        )
    name = f"{asked.signable.key}-{asked.record.pk}-{end}.zip"
    headers = _PRIVATE | {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Encoding": "identity",
    }
    return HttpResponse(packed(files), content_type="application/zip", headers=headers)
