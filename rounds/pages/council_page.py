"""The page of the council: the session with its members and minutes, the votes on each nominee."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from approvals.auditing import audit_act
from approvals.engine import StepRefused, take
from documents.files import FileRefused, inspect, storage_may_fail
from documents.filing.downloads import answer_file
from foundation.language.fields import LinesField
from foundation.language.vietnamese import fold
from rounds.board import lane_of
from rounds.council import presence, threshold_met
from rounds.enums import RUNNING, Duty, NomineeStatus, ProposalStatus
from rounds.models import CouncilMember, CouncilSession, Nominee, Round
from rounds.pages.reach import context_of, crumb, is_host, round_of
from rounds.papers import delete_after_commit
from rounds.workflow.nominee import NOMINEE, VOTE

ABSENT = "vắng"
MOST_MEMBERS = 50


class SessionForm(forms.ModelForm):
    """One session. Members are typed one a line: “Trần Văn Hòa, Phó Giám đốc Sở, chủ tịch”."""

    members = LinesField(
        label="Thành viên, mỗi người một dòng",
        widget=forms.Textarea({"rows": 8}),
        help_text="Họ tên, chức vụ, nhiệm vụ (chủ tịch, thư ký, ủy viên); thêm “vắng” nếu không dự. "
        "Ví dụ: Trần Văn Hòa, Phó Giám đốc Sở, chủ tịch.",
    )
    signed = forms.FileField(
        label="Biên bản đã ký (PDF)", required=False, widget=forms.FileInput({"accept": ".pdf"})
    )

    class Meta:
        model = CouncilSession
        fields = ("held_at", "opinion")
        widgets = {
            "held_at": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            "opinion": forms.Textarea({"rows": 3}),
        }

    def clean_held_at(self) -> Any:
        held_at = self.cleaned_data["held_at"]
        if held_at > timezone.now():
            raise forms.ValidationError("Phiên họp còn ở phía trước: họp xong mới ghi.")
        return held_at

    def clean_members(self) -> list[CouncilMember]:
        lines = [line for line in self.cleaned_data["members"].split("\n") if line.strip()]
        if len(lines) > MOST_MEMBERS:
            raise forms.ValidationError(
                f"Hội đồng nhiều nhất {MOST_MEMBERS} người, danh sách có {len(lines)}."
            )
        if nameless := [str(place) for place, line in enumerate(lines, start=1) if not has_name(line)]:
            raise forms.ValidationError(f"Dòng {', '.join(nameless)} thiếu họ tên.")
        members = [member_of(line, place) for place, line in enumerate(lines)]
        chairs = sum(member.duty == Duty.CHAIR for member in members)
        if chairs != 1:
            raise forms.ValidationError(f"Cần đúng một chủ tịch hội đồng, danh sách đang có {chairs}.")
        counts = Counter(fold(member.name) for member in members)
        if twice := next((m.name for m in members if counts[fold(m.name)] > 1), ""):
            raise forms.ValidationError(f"“{twice}” ghi hai lần.")
        return members

    def clean_signed(self) -> File | None:
        upload = self.cleaned_data["signed"]
        if upload:
            try:
                facts = inspect(upload)
            except FileRefused as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            if facts.type != "PDF":
                raise forms.ValidationError("Biên bản đã ký phải là PDF.")
        return upload


def has_name(line: str) -> bool:
    """Whether a line begins with a name: not with a comma, a duty or “vắng”."""
    lead = fold(line.partition(",")[0])
    return bool(lead.strip()) and lead not in {fold(word) for word in (ABSENT, *Duty.labels)}


def member_of(line: str, place: int) -> CouncilMember:
    """Return the member that a line tells of; the last parts may be the duty and “vắng”."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    name, rest = parts[0] if parts else "", parts[1:]
    is_present, duty = True, Duty.MEMBER
    for part in list(rest):
        if fold(part) == fold(ABSENT):
            is_present = False
            rest.remove(part)
        elif found := next((one for one in Duty if fold(one.label) == fold(part)), None):
            duty = found
            rest.remove(part)
    return CouncilMember(
        name=name[:150], title=", ".join(rest)[:200], duty=duty, is_present=is_present, position=place
    )


def line_of(member: CouncilMember) -> str:
    """Return a member as a line of the form."""
    parts = (
        member.name,
        member.title,
        member.get_duty_display().lower(),
        "" if member.is_present else ABSENT,
    )
    return ", ".join(filter(None, parts))


@require_http_methods(["GET", "HEAD", "POST"])
def council_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a session, then the votes on those who were put before it."""
    round_ = round_of(request, pk)
    if not is_host(request.user, round_):
        raise PermissionDenied
    may_record = request.user.has_perm(VOTE, round_)
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    if request.method == "POST" and round_.status not in RUNNING:
        messages.error(request, f"Chưa ghi: đợt khen {round_.get_status_display().lower()}.")
        return redirect("admin:round_council", pk)
    if request.method == "POST" and "votes" in request.POST:
        return _record_votes(request, round_)
    session = round_.sessions.order_by("-held_at", "-pk").first()
    is_new = "moi" in request.GET or session is None
    may_record = may_record and round_.status in RUNNING
    form = _session_form(request, None if is_new else session) if may_record else None
    if form and request.method == "POST" and form.is_valid():
        try:
            _save_session(request, round_, form)
        except FileRefused as refusal:
            form.add_error("signed", refusal.message)
        else:
            messages.success(request, "Đã ghi phiên họp.")
            return redirect("admin:round_council", pk)
    context = context_of(request, "Hội đồng", crumb(round_), form=form, round=round_, session=session)
    context |= {"sessions": round_.sessions.prefetch_related("members"), "may_record": may_record}
    context |= {"waiting": _waiting(round_), "voted": _voted(round_), "is_new": is_new}
    context["presence"] = presence(session) if session else None
    return render(request, "admin/rounds/council.html", context)


def _session_form(request: HttpRequest, session: CouncilSession | None) -> SessionForm:
    lines = "\n".join(map(line_of, session.members.all())) if session else ""
    form = SessionForm(
        request.POST or None, request.FILES or None, instance=session, initial={"members": lines}
    )
    if session and session.nominees.exists():
        form.fields["members"].disabled = True
        words = (
            "Phiên này đã ghi phiếu nên không sửa thành viên, có mặt. Cần sửa thì xét lại từng người trước."
        )
        form.fields["members"].help_text = words
    return form


def _save_session(request: HttpRequest, round_: Round, form: SessionForm) -> None:
    session, upload = form.instance, form.cleaned_data["signed"]
    session.round = round_
    replaced = session.minutes.name if upload else ""
    if upload:
        facts = inspect(upload)
        with storage_may_fail():
            session.minutes.save("bien-ban.pdf", File(upload.file), save=False)
        session.minutes_name = facts.name
    with transaction.atomic():
        session.save()
        if not session.nominees.exists():  # votes count by who was there
            session.members.all().delete()
            for member in form.cleaned_data["members"]:
                member.session = session
            CouncilMember.objects.bulk_create(form.cleaned_data["members"])
        if replaced:
            delete_after_commit(CouncilSession, replaced)
        words = f"{session}, {len(form.cleaned_data['members'])} thành viên."
        audit_act("Ghi phiên họp hội đồng", request.user, about=round_, words=words)


def _waiting(round_: Round) -> list[Nominee]:
    """Return who stands before the council now."""
    rows = Nominee.objects.filter(
        proposal__round=round_, proposal__status=ProposalStatus.SUBMITTED, status=NomineeStatus.ACCEPTED
    )
    found = list(rows.select_related("proposal__department", "proposal__round", "award_kind"))
    for nominee in found:
        nominee.proposal.round = round_
    return [nominee for nominee in found if lane_of(nominee) == "hoi-dong"]


def _voted(round_: Round) -> Any:
    rows = Nominee.objects.filter(proposal__round=round_, session__isnull=False)
    return rows.select_related("proposal__department", "award_kind", "session")


def _record_votes(request: HttpRequest, round_: Round) -> HttpResponse:
    """Record the votes that were typed, in the session that the page showed.

    Those left empty wait, those refused are named with why.
    """
    sent = request.POST.get("session", "")
    number = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    session = round_.sessions.filter(pk=number).first()
    done, refused = 0, []
    for nominee in _waiting(round_):
        votes = [request.POST.get(f"{side}-{nominee.pk}", "").strip() for side in ("for", "against")]
        if not any(votes):
            continue
        if not all(vote.isascii() and vote.isdecimal() and len(vote) < 4 for vote in votes):
            refused.append(f"{nominee}: hãy ghi đủ hai số phiếu.")
            continue
        data = {"votes_for": int(votes[0]), "votes_against": int(votes[1]), "session": session}
        step = "pass" if session and threshold_met(nominee, data) else "not_pass"
        try:
            take(NOMINEE, nominee, step, actor=request.user, version=nominee.version, data=data)
            done += 1
        except StepRefused as refusal:
            refused.append(refusal.message)
    if done:
        messages.success(request, f"Đã ghi phiếu của {done} đề nghị.")
    for words in refused[:10]:
        messages.error(request, words)
    return redirect("admin:round_council", round_.pk)


@require_safe
def minutes_file(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with the signed minutes, to the host alone."""
    session = get_object_or_404(CouncilSession.objects.select_related("round"), pk=pk)
    if not is_host(request.user, session.round) or not session.minutes:
        raise Http404
    return answer_file(session.minutes, session.minutes_name, "PDF")
