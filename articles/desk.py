"""The head's desk: what waits, the exact text that was submitted, and one decision about it."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused, history, take
from articles import checks
from articles.comparing import compare
from articles.enums import Verdict
from articles.models import Article
from articles.preview import page_of
from articles.workflow import APPROVE, ARTICLE
from departments.access import capacity, scope

REASONS = ("Thiếu nguồn số liệu", "Sai chức danh", "Chú thích ảnh chưa rõ", "Tiêu đề dài")


class VerdictForm(forms.Form):
    """One decision: which text (digest and version as shown), what, and the words that go with it."""

    step = forms.ChoiceField(choices=[("approve", ""), ("schedule", ""), ("send_back", "")])
    sha256 = forms.CharField()
    version = forms.IntegerField()
    due_at = forms.DateTimeField(
        label="Đăng lúc",
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": "Hãy chọn ngày và giờ đăng, ví dụ 20/11/2026 07:30."},
    )
    reasons = forms.MultipleChoiceField(
        label="Lý do trả lại hay gặp (chọn là ghi sẵn vào lời nhắn)",
        choices=[(reason, reason) for reason in REASONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Lời nhắn cho người viết",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        help_text="Bắt buộc khi trả lại. Khi duyệt, lời nhắn là tùy ý.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("step") == "schedule":
            if not cleaned.get("due_at") and "due_at" not in self.errors:
                self.add_error("due_at", "Hãy chọn ngày và giờ đăng.")
            elif cleaned.get("due_at") and cleaned["due_at"] <= timezone.now():
                self.add_error(
                    "due_at", "Giờ đăng phải ở sau lúc này. Muốn đăng luôn, bấm “Duyệt, đăng ngay”."
                )
        if cleaned.get("step") == "send_back" and not self.words():
            self.add_error("note", "Hãy chọn một lý do hoặc viết lời nhắn để người viết biết cần sửa gì.")
        return cleaned

    def words(self) -> str:
        """Ticked reasons, then the note."""
        reasons = "; ".join(self.cleaned_data.get("reasons") or [])
        note = (self.cleaned_data.get("note") or "").strip()
        return ". ".join(part for part in (reasons, note) if part)


@never_cache
@require_safe
def review_desk(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What waits for this person, and one story of it open: the asked one, else the first."""
    queue = list(_queue(request.user))
    chosen = next((article for article in queue if article.pk == pk), None) if pk else next(iter(queue), None)
    if pk and chosen is None:
        messages.info(request, "Bài này không còn chờ bạn duyệt.")
        return redirect("admin:review_desk")
    form = VerdictForm(initial={"due_at": _next_morning()})
    return _desk(request, queue, chosen, form)


@never_cache
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision about exactly the text that was shown; refuse with words when it has moved on."""
    queue = list(_queue(request.user))
    article = next((one for one in queue if one.pk == pk), None)
    if article is None:
        get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        messages.warning(
            request, "Bài này không còn chờ bạn duyệt: có người đã quyết định hoặc người viết đã thu lại."
        )
        return redirect("admin:review_desk")
    form = VerdictForm(request.POST)
    if form.is_valid():
        try:
            return _decided(request, article, form)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            article.refresh_from_db()
    return _desk(request, queue, article, form, status=409)


def _decided(request: HttpRequest, article: Article, form: VerdictForm) -> HttpResponse:
    asked = form.cleaned_data["step"]
    data = {"sha256": form.cleaned_data["sha256"]}
    if asked == "schedule":
        data["due_at"] = form.cleaned_data["due_at"]
    take(
        ARTICLE,
        article,
        "send_back" if asked == "send_back" else "approve",
        actor=request.user,
        version=form.cleaned_data["version"],
        note=form.words() if asked == "send_back" else form.cleaned_data["note"],
        data=data,
    )
    said = {
        "approve": "Đã duyệt và đăng “{}”.",
        "schedule": "Đã duyệt “{}”; bài sẽ tự đăng đúng giờ hẹn.",
        "send_back": "Đã trả lại “{}” kèm lời nhắn.",
    }
    messages.success(request, said[asked].format(article))
    return redirect("admin:review_desk")


def _queue(user: Any) -> Any:
    waiting = Article.objects.awaiting(user)
    return waiting.select_related("department", "review_revision", "review_revision__created_by")


def _desk(
    request: HttpRequest, queue: list[Article], article: Article | None, form: VerdictForm, status: int = 200
) -> HttpResponse:
    if not queue and not scope(request.user, APPROVE):
        raise Http404
    context = admin.site.each_context(request) | {"title": "Chờ duyệt", "queue": queue, "form": form}
    if article is not None and article.review_revision:
        content = article.review_revision.content
        context |= {
            "article": article,
            "revision": article.review_revision,
            "page": page_of(content, article.pk),
            "findings": checks.of_revision(article.review_revision),
            "capacity": capacity(request.user, APPROVE, article),
            "compared_with": _compared_with(article),
            "is_own": request.user.pk in article.review_revision.editor_ids,
            "conversation": history(article)[:8],
        }
    return render(request, "admin/articles/desk.html", context, status=status)


def _compared_with(article: Article) -> dict[str, Any] | None:
    """What the head has seen before, the version returned last or else the live one, and what is new."""
    revision = article.review_revision
    earlier = article.revisions.filter(number__lt=revision.number)
    seen = earlier.filter(decisions__isnull=False).order_by("-number").first()
    if seen is None:
        return None
    was_returned = seen.decisions.filter(verdict=Verdict.RETURNED).exists()
    label = f"bản {seen.number} " + ("đã trả lại" if was_returned else "đã duyệt")
    return {"label": label, "differences": compare(seen.content, revision.content)}


def _next_morning() -> Any:
    """The suggested time: the next 7:30 that is still to come."""
    now = timezone.localtime()
    morning = now.replace(hour=7, minute=30, second=0, microsecond=0)
    return morning if morning > now else morning + datetime.timedelta(days=1)


def urls(site: admin.AdminSite) -> list:
    """The desk's addresses, for the admin site that opens them."""
    return [
        path("cho-duyet/", site.admin_view(review_desk), name="review_desk"),
        path("cho-duyet/<int:pk>/", site.admin_view(review_desk), name="review_story"),
        path("cho-duyet/<int:pk>/quyet-dinh/", site.admin_view(decide), name="review_decide"),
    ]
