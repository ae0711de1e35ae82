"""What the pressed button of the writing screen does after the save."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from approvals.engine import StepRefused, take
from articles.approval import commenting, corrections
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
        messages.error(request, f"Đã lưu nháp. {refusal.message}")
        return HttpResponseRedirect(f"{page}#kiem")
    messages.success(request, SENT[step])
    return HttpResponseRedirect(page)
