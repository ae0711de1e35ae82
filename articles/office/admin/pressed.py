"""What the pressed button of the writing screen does after the save."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from approvals.engine import StepRefused, take
from articles.approval import checks, commenting, corrections
from articles.approval.freezing import content_of
from articles.approval.workflow import ARTICLE, sending_step
from articles.models import Article
from articles.writing import saved_copies
from articles.writing.answering import keep_typed_answers
from articles.writing.screen import SENT

WORDED = "Đã lưu nháp. Hệ thống đã viết giúp thông báo với bạn đọc; hãy đọc lại, sửa nếu cần, rồi gửi duyệt."


def after_saving(request: HttpRequest, article: Article) -> HttpResponse:
    """Do what the pressed button asks, after the save. A refused submission loses no text."""
    keep_typed_answers(article, request.POST, by=request.user)
    for refusal in commenting.answer_typed(article, request.POST, by=request.user):
        messages.error(request, refusal)
    page = reverse("admin:articles_article_change", args=[article.pk])
    if "_preview" in request.POST:
        return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk]))
    for button, place in (("_comment", "#gop-y"), ("_answer", "#kiem")):
        if button in request.POST:
            return HttpResponseRedirect(f"{page}{place}")
    saved_copies.keep_copy(article, by=request.user)
    if "_submit" in request.POST and (worded := corrections.fill_in(article)):
        Article.objects.filter(pk=article.pk).update(correction_note=worded)
        if not corrections.is_silent(content_of(article)):
            messages.info(request, WORDED)
            return HttpResponseRedirect(f"{page}#correction_note")
    if "_submit" not in request.POST:
        messages.success(request, "Đã lưu nháp.")
        return HttpResponseRedirect(page)
    try:
        take(ARTICLE, article, step := sending_step(article), actor=request.user, version=article.version)
    except StepRefused as refusal:
        said = _unsent(article) if refusal.code == "checks" else f"Đã lưu nháp. {refusal.message}"
        messages.error(request, said)
        return HttpResponseRedirect(f"{page}#kiem")
    messages.success(request, SENT[step])
    return HttpResponseRedirect(page)


def _unsent(article: Article) -> str:
    """Returns what is missing as a list of links (HTML), in the order of the text."""
    missing = checks.blocking(checks.of_working_copy(article, content_of(article)))
    return render_to_string("admin/articles/article/_unsent.html", {"missing": missing})
