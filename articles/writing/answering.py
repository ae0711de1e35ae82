"""The pre-flight list as a page fragment: reloaded after a save, answered in place."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.approval import checks
from articles.approval.checks.answers import PREFIX, answer_finding, answer_typed
from articles.approval.checks.finding import Finding
from articles.approval.freezing import content_of
from articles.models import Article

SHEET = "admin/articles/article/_checks.html"
CHANGE = "articles.change_article"


def checks_context(article: Article, findings: list[Finding], typed: Any = None) -> dict[str, Any]:
    """Returns the context of the list's template; `typed` is a refused form whose answers are shown again."""
    return {
        "original": article,
        "findings": [(finding, (typed or {}).get(PREFIX + finding.key, "")) for finding in findings],
        "open_count": len(checks.blocking(findings)),
        "passed_count": sum(finding.passed for finding in findings),
        "answer_prefix": PREFIX,
    }


def keep_typed_answers(article: Article, typed: Any, *, by: Any) -> int:
    """Save the answers that came with a form, whichever button was pressed. Returns how many."""
    if not any(name.startswith(PREFIX) and words.strip() for name, words in typed.items()):
        return 0
    return answer_typed(article, _findings(article), typed, by=by)


@never_cache
@require_safe
def article_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of the stored story, without the page around it."""
    article = _writable(request, pk)
    return render(request, SHEET, checks_context(article, _findings(article)))


@never_cache
@require_POST
def article_check_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one answer. A script gets the list back, a plain form the writing screen."""
    article = _writable(request, pk)
    key, reason = request.POST.get("key", ""), request.POST.get("reason", "")
    found = next((one for one in _findings(article) if one.key == key and one.may_be_answered), None)
    if found is not None:
        answer_finding(article, found, reason, by=request.user)
    if "application/fragment" in request.headers.get("Accept", ""):
        return render(request, SHEET, checks_context(article, _findings(article)))
    if found is None:
        messages.warning(request, "Chữ trong bài đã đổi nên mục này không còn; chưa ghi lý do nào.")
    return redirect(reverse("admin:articles_article_change", args=[pk]) + "#kiem")


def _writable(request: HttpRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(CHANGE, article):
        raise PermissionDenied(CHANGE)
    return article


def _findings(article: Article) -> list[Finding]:
    return checks.of_working_copy(article, content_of(article))


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URLs of the list."""
    return [
        path("articles/article/<int:pk>/kiem/", site.admin_view(article_checks), name="article_checks"),
        path(
            "articles/article/<int:pk>/kiem/tra-loi/",
            site.admin_view(article_check_answer),
            name="article_check_answer",
        ),
    ]
