"""The form of an enrolment: places, deadline, the kinds of units invited, what is asked of people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from approvals.auditing import audit_act
from departments.enums import DepartmentKind
from events.models import Event
from foundation.pagestore.purging import purge
from records.forms import RecordForm
from training.enrolling import locked, move_up
from training.enums import EnrolmentStatus
from training.inviting import invite_units
from training.models import Enrolment, InvitedKind, Question
from training.pages.reach import context_of, run_enrolment
from training.querysets import RUN
from training.telling import page_of_enrolment, units_invited

MOST_QUESTIONS = 4
_NOT_INVITED = (DepartmentKind.LOCALITY,)


class EnrolmentForm(RecordForm):
    """How many, until when, how long the data are kept."""

    class Meta:
        model = Enrolment
        fields = ("deadline", "places", "note", "asks_email", "kept_days")
        widgets = {
            "deadline": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            "note": forms.Textarea({"rows": 3}),
        }

    def clean_deadline(self) -> Any:
        deadline, event = self.cleaned_data["deadline"], self.instance.event
        if deadline.year < 2000 or deadline > (event.ends_at or event.starts_at):
            raise forms.ValidationError("Hạn đăng ký phải trước khi sự kiện kết thúc.")
        return deadline

    def clean_places(self) -> int | None:
        """Refuse fewer places than people who have one."""
        places = self.cleaned_data["places"]
        if places is not None and self.instance.pk:
            placed = self.instance.people.placed().count()
            if places < placed:
                raise forms.ValidationError(f"Đã có {placed} người có chỗ: không ghi ít hơn được.")
        return places


class KindForm(forms.ModelForm):
    """One kind of unit: whether it is invited, how many people a unit sends."""

    is_invited = forms.BooleanField(required=False)

    class Meta:
        model = InvitedKind
        fields = ("places",)
        widgets = {"places": forms.NumberInput({"class": "input", "min": 1, "max": 500})}

    def is_fit(self) -> bool:
        """Whether the row can be saved, or is not to be."""
        return self.is_valid() or not self.cleaned_data.get("is_invited")


class QuestionForm(forms.ModelForm):
    """One question; without a label there is none."""

    class Meta:
        model = Question
        fields = ("label", "kind", "options", "is_required")
        widgets = {
            "label": forms.TextInput({"class": "input", "autocomplete": "off"}),
            "kind": forms.Select({"class": "select"}),
            "options": forms.Textarea({"class": "input", "rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["label"].required = False

    def clean_label(self) -> str:
        """Refuse to take away a question that somebody has answered."""
        label = self.cleaned_data["label"]
        if not label and self.instance.pk:
            answered = self.instance.enrolment.people.standing().filter(answers__has_key=self.instance.key)
            if answered.exists():
                raise forms.ValidationError("Đã có người trả lời câu này nên không bỏ được.")
        return label

    def clean(self) -> dict[str, Any]:
        """What stands in a row without a label does not matter."""
        cleaned = super().clean() or {}
        if not cleaned.get("label") and "label" not in self.errors:
            self.instance.kind = Question._meta.get_field("kind").default
            cleaned["kind"] = self.instance.kind
            for name in [name for name in self.errors if name != "label"]:
                del self.errors[name]
        return cleaned


type Kinds = list[tuple[str, KindForm]]


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_add(request: HttpRequest, event_pk: int) -> HttpResponse:
    """Prepare the enrolment of an event; nobody is told before it is opened."""
    events = Event.objects.visible_to(request.user).select_related("host")
    event = get_object_or_404(events, pk=event_pk)
    known = Enrolment.objects.filter(event=event).first()
    enrolment = known or Enrolment(event=event, deadline=event.starts_at)
    if not request.user.has_perm(RUN, enrolment):
        raise PermissionDenied
    if known:
        return redirect(page_of_enrolment(known))
    return _edit(request, EnrolmentForm(request.POST or None, instance=enrolment), "Nhận đăng ký dự")


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic  # the form locks the row
def enrolment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the enrolment; units that are invited only now are told."""
    enrolment = run_enrolment(request, pk)
    if enrolment.forgotten_on:
        raise PermissionDenied
    return _edit(request, EnrolmentForm(request.POST or None, instance=enrolment), "Sửa đợt đăng ký")


def _edit(request: HttpRequest, form: EnrolmentForm, title: str) -> HttpResponse:
    enrolment = form.instance
    data = request.POST if request.method == "POST" else None
    kinds, questions = _kind_forms(data, enrolment), _question_forms(data, enrolment)
    if data is not None:
        fit = [form.is_valid(), *(one.is_fit() for _, one in kinds), *(one.is_valid() for one in questions)]
        if not any(one.cleaned_data.get("is_invited") for _, one in kinds) and not _invites_by_name(
            enrolment
        ):
            form.add_error(None, "Hãy chọn ít nhất một loại đơn vị được mời.")
        elif all(fit):
            return _saved(request, form, kinds, questions)
    back = page_of_enrolment(enrolment) if enrolment.pk else ""
    crumbs = ((str(enrolment.event), back),) if back else ()
    context = context_of(request, title, *crumbs, form=form, kinds=kinds, questions=questions, back=back)
    return render(request, "admin/training/enrolment_form.html", context | {"event": enrolment.event})


def _invites_by_name(enrolment: Enrolment) -> bool:
    return bool(enrolment.pk) and enrolment.units.filter(is_own=True).exists()


def _kind_forms(data: Any, enrolment: Enrolment) -> Kinds:
    known = {row.kind: row for row in enrolment.kinds.all()} if enrolment.pk else {}
    return [
        (
            str(kind.label),
            KindForm(
                data,
                prefix=f"kind-{kind.value}",
                instance=known.get(kind.value) or InvitedKind(kind=kind.value),
                initial={"is_invited": kind.value in known},
            ),
        )
        for kind in DepartmentKind
        if kind not in _NOT_INVITED
    ]


def _question_forms(data: Any, enrolment: Enrolment) -> list[QuestionForm]:
    known: list[Question | None] = list(enrolment.questions.all()) if enrolment.pk else []
    rows = (known + [None] * MOST_QUESTIONS)[:MOST_QUESTIONS]
    return [QuestionForm(data, prefix=f"question-{place}", instance=row) for place, row in enumerate(rows)]


def _saved(
    request: HttpRequest, form: EnrolmentForm, kinds: Kinds, questions: Sequence[QuestionForm]
) -> HttpResponse:
    enrolment = form.instance
    with transaction.atomic():
        is_new = enrolment.pk is None
        if is_new:
            known, made = Enrolment.objects.get_or_create(
                event=enrolment.event, defaults={name: getattr(enrolment, name) for name in form.Meta.fields}
            )
            if not made:  # pressed twice, or two people at once
                return redirect(page_of_enrolment(known))
            enrolment = known
        elif not _raise_version(enrolment, form.cleaned_data["seen_version"]):
            messages.error(request, "Chưa lưu: có người vừa lưu hoặc chuyển bước đợt đăng ký này.")
            return redirect(page_of_enrolment(enrolment))
        else:
            enrolment.save(update_fields=form.Meta.fields)
        _save_rows(enrolment, kinds, questions)
        audit_act("Nhận đăng ký dự" if is_new else "Sửa đợt đăng ký", request.user, about=enrolment)
        if enrolment.status == EnrolmentStatus.OPEN:
            units_invited(enrolment, invite_units(enrolment))
        with locked(enrolment) as now:
            move_up(now)
        purge(f"event:{enrolment.event_id}")
    messages.success(request, "Đã lưu đợt đăng ký.")
    return redirect(page_of_enrolment(enrolment))


def _save_rows(enrolment: Enrolment, kinds: Kinds, questions: Sequence[QuestionForm]) -> None:
    for _, kind in kinds:
        if kind.cleaned_data.get("is_invited"):
            kind.instance.enrolment = enrolment
            kind.save()
        elif kind.instance.pk:
            kind.instance.delete()
    for place, question in enumerate(questions):
        if question.cleaned_data.get("label"):
            question.instance.enrolment, question.instance.position = enrolment, place
            question.save()
        elif question.instance.pk:
            question.instance.delete()


def _raise_version(enrolment: Enrolment, seen: int) -> bool:
    """Raise the version that the form showed; False if another person was faster."""
    rows = Enrolment.objects.filter(pk=enrolment.pk, version=seen)
    return bool(rows.update(version=F("version") + 1))
