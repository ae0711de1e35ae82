"""The form of a round with the forms of award it may lead to, and the permit to send late."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from approvals.auditing import audit_act
from awards.authority import levels_of
from awards.models import AwardKind
from departments.access import own_departments, scope
from departments.models import Department
from records.forms import RecordForm
from rounds.enums import OVER, Quorum, RoundStatus, VoteBase
from rounds.models import LatePermit, Nominee, Round, RoundAward
from rounds.pages.reach import context_of, crumb, run_round
from rounds.querysets import units_called
from rounds.telling import page_of_round
from rounds.workflow.round import why_not_given

_DAY, _MOMENT = {"type": "date"}, {"type": "datetime-local"}
WRITABLE = (RoundStatus.PREPARING, RoundStatus.OPEN)


class RoundForm(RecordForm):
    """What the round asks for, by when."""

    class Meta:
        model = Round
        fields = (
            "title",
            "host",
            "school_year",
            "regime",
            "criteria",
            "achievement",
            "deadline",
            "counted_from",
            "counted_until",
            "asks_minutes",
            "months_between",
            "files_kept_days",
        )
        widgets = {
            "deadline": forms.DateTimeInput(_MOMENT, "%Y-%m-%dT%H:%M"),
            "counted_from": forms.DateInput(_DAY, "%Y-%m-%d"),
            "counted_until": forms.DateInput(_DAY, "%Y-%m-%d"),
            "criteria": forms.Textarea({"rows": 4}),
            "achievement": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_announced = self.instance.pk is not None and self.instance.status != RoundStatus.PREPARING
        if self.is_announced:
            self.fields["host"].disabled = True
            self.fields["host"].help_text = "Đợt đã mở thì không đổi cơ quan tổ chức."

    def clean_deadline(self) -> Any:
        """Refuse to move the deadline of an open round into the past; one that has passed may stay."""
        deadline, before = self.cleaned_data["deadline"], self.instance.deadline
        is_moved = before is None or deadline != before.replace(second=0, microsecond=0)
        if self.is_announced and is_moved and deadline <= timezone.now():
            raise forms.ValidationError("Hạn mới đã qua. Muốn dừng nhận thì dùng “Khóa nhận đề nghị”.")
        return deadline


class AwardForm(forms.ModelForm):
    """One form of award: whether the round leads to it, and how its council votes."""

    is_used = forms.BooleanField(required=False)

    class Meta:
        model = RoundAward
        fields = ("needs_council", "quorum", "threshold", "vote_base")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("quorum", "threshold", "vote_base"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean(self) -> dict[str, Any]:
        """Refuse to take off or loosen an award for which units have proposed somebody already."""
        cleaned = super().clean() or {}
        before = self.instance
        if not before.pk:
            return cleaned
        rows = Nominee.objects.filter(proposal__round=before.round_id, award_kind=before.award_kind_id)
        is_off = not cleaned.get("is_used")
        if (is_off or _is_looser(before, cleaned)) and rows.exists():
            words = "không bỏ được" if is_off else "không nới điều kiện hội đồng được"
            self.add_error("is_used", f"Đã có người được đề nghị hình thức này: {words}.")
        return cleaned

    def is_fit(self) -> bool:
        """Whether the row can be saved, or is not to be: what stands in an unticked row does not matter."""
        return self.is_valid() or not (self.cleaned_data.get("is_used") or "is_used" in self.errors)


_STRICTER = [Quorum.HALF, Quorum.TWO_THIRDS, Quorum.ALL]


def _is_looser(before: RoundAward, after: dict[str, Any]) -> bool:
    """Whether the council would decide with less than before: no council, fewer present, fewer votes."""
    if not before.needs_council:
        return False
    quorum, threshold = after.get("quorum", before.quorum), after.get("threshold", before.threshold)
    return (
        not after.get("needs_council")
        or _STRICTER.index(quorum) < _STRICTER.index(before.quorum)
        or threshold < before.threshold
        or (before.vote_base, after.get("vote_base")) == (VoteBase.MEMBERS, VoteBase.PRESENT)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def round_add(request: HttpRequest) -> HttpResponse:
    """Prepare a round; nobody but its host sees it before it is opened."""
    hosts = scope(request.user, "rounds.add_round")
    if not hosts:
        raise PermissionDenied
    own = own_departments(request.user) & hosts
    form = RoundForm(request.POST or None, initial={"host": min(own)} if own else {})
    return _edit(request, form, hosts, "Thêm đợt khen")


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic  # the form locks the row
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a round that is prepared or open."""
    round_ = run_round(request, pk)
    if round_.status not in WRITABLE:
        messages.error(request, "Đợt khen đã khóa nhận đề nghị nên không sửa được nữa.")
        return redirect(page_of_round(round_))
    form = RoundForm(request.POST or None, instance=Round.objects.get(pk=pk))
    return _edit(request, form, scope(request.user, "rounds.change_round"), "Sửa đợt khen", round_)


def _edit(
    request: HttpRequest, form: RoundForm, hosts: set[int], title: str, round_: Round | None = None
) -> HttpResponse:
    fixed = {round_.host_id} if round_ and form.is_announced else hosts
    form.fields["host"].queryset = Department.objects.filter(pk__in=fixed)
    awards = _award_forms(request, round_, hosts)
    if request.method == "POST" and all([form.is_valid(), *(one.is_fit() for _, one in awards)]):
        used = [(kind, one) for kind, one in awards if one.cleaned_data["is_used"]]
        if not used:
            form.add_error(None, "Hãy chọn ít nhất một hình thức khen.")
        for kind, one in used if form.is_announced else ():
            if words := why_not_given(form.instance, kind):
                one.add_error("is_used", words)
        if used and all(one.is_fit() for _, one in used):
            return _saved(request, form, awards)
    crumbs = (crumb(round_),) if round_ else ()
    context = context_of(request, title, *crumbs, form=form, awards=awards, round=round_)
    return render(request, "admin/rounds/round_form.html", context)


def _award_forms(
    request: HttpRequest, round_: Round | None, hosts: set[int]
) -> list[tuple[AwardKind, AwardForm]]:
    """Return a form for each award that one of the hosts may give today."""
    today = timezone.localdate()
    levels = {level for host in Department.objects.filter(pk__in=hosts) for level in levels_of(host, today)}
    known = {one.award_kind_id: one for one in round_.awards.all()} if round_ else {}
    kinds = [k for k in AwardKind.objects.all() if k.issuer_levels & levels or k.pk in known]
    return [
        (
            kind,
            AwardForm(
                request.POST if request.method == "POST" else None,
                prefix=f"award{kind.pk}",
                instance=known.get(kind.pk),
                initial={"is_used": kind.pk in known},
            ),
        )
        for kind in kinds
    ]


def _saved(request: HttpRequest, form: RoundForm, awards: list[tuple[AwardKind, AwardForm]]) -> HttpResponse:
    round_ = form.instance
    with transaction.atomic():
        is_new = round_.pk is None
        if not is_new and not _raise_version(round_, form.cleaned_data["seen_version"]):
            messages.error(request, "Chưa lưu: có người vừa lưu hoặc chuyển bước đợt khen này.")
            return redirect(page_of_round(round_))
        round_.save(update_fields=None if is_new else RoundForm.Meta.fields)
        for kind, award in awards:
            if award.cleaned_data["is_used"]:
                award.instance.round, award.instance.award_kind = round_, kind
                award.save()
            elif award.instance.pk:
                award.instance.delete()
        audit_act(
            "Thêm đợt khen" if is_new else "Sửa đợt khen", request.user, about=round_, words=_said(form)
        )
    messages.success(request, "Đã lưu đợt khen.")
    return redirect(page_of_round(round_))


def _raise_version(round_: Round, seen: int) -> bool:
    """Raise the version that the form showed; False if another person was faster."""
    rows = Round.objects.filter(pk=round_.pk, version=seen, status__in=WRITABLE)
    return bool(rows.update(version=F("version") + 1))


def _said(form: BaseForm) -> str:
    """Return which fields changed, by their labels."""
    return ", ".join(str(form.fields[name].label) for name in form.changed_data if name != "seen_version")


class LateForm(forms.ModelForm):
    """Which unit may send late, until when, why."""

    class Meta:
        model = LatePermit
        fields = ("department", "until", "reason")
        widgets = {
            "until": forms.DateTimeInput(_MOMENT, "%Y-%m-%dT%H:%M"),
            "reason": forms.Textarea({"rows": 2}),
        }

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError("Thời điểm này đã qua.")
        return until


@require_http_methods(["GET", "HEAD", "POST"])
def late_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a unit send after the deadline; entered in the audit book with the reason."""
    round_ = run_round(request, pk)
    if round_.status in OVER:
        messages.error(
            request, f"Đợt khen {round_.get_status_display().lower()}: không cho gửi muộn được nữa."
        )
        return redirect(page_of_round(round_))
    form = LateForm(request.POST or None)
    called = units_called(round_.host_id)
    form.fields["department"].queryset = Department.objects.filter(pk__in=called)
    if request.method == "POST" and form.is_valid():
        permit = form.save(commit=False)
        permit.round, permit.given_by = round_, request.user
        with transaction.atomic():
            permit.save()
            words = f"{permit}. {permit.reason}"
            audit_act("Cho phép gửi hồ sơ muộn", request.user, about=round_, words=words)
        messages.success(request, f"{permit.department} được gửi đến {permit.until:%H:%M %d/%m/%Y}.")
        return redirect(page_of_round(round_))
    permits = round_.late_permits.select_related("department", "given_by")
    context = context_of(
        request, "Cho phép gửi muộn", crumb(round_), form=form, round=round_, permits=permits
    )
    return render(request, "admin/rounds/late.html", context)
