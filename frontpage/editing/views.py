"""The screen on which the front page is edited: the page itself, at a chosen moment.

Every button sends the whole form. It answers with the same screen and one act more; only “Lưu trang chủ”
writes. With the script the answer replaces the form in place (static/js/office/front-page.js).
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.office import coming
from frontpage.editing.draft import Draft
from frontpage.editing.moments import next_moments, write_moment
from frontpage.editing.saving import SomebodySaved, save
from frontpage.editing.screen import Screen
from frontpage.editing.stories import offered
from frontpage.layout import assemble_placed

VIEW, CHANGE = "frontpage.view_placement", "frontpage.change_placement"
NAME = "admin:front_page"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def front_page(request: HttpRequest) -> HttpResponse:
    """Answer with the screen; a POST does one act, or saves them all."""
    may_change = _admit(request)
    if request.method != "POST":
        draft = Draft(request.GET, timezone.now())
        draft.look(request.GET.get("lam", ""))
        return _screen(request, draft, may_change=may_change)
    if not may_change:
        raise PermissionDenied
    draft = Draft(request.POST, timezone.now())
    draft.press(request.POST.get("lam", ""))
    return _saved(request, draft) if draft.is_to_save else _screen(request, draft, may_change=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whole_page(request: HttpRequest) -> HttpResponse:
    """Answer with the page as readers will see it at the moment, with what is not saved yet."""
    _admit(request)
    draft = Draft(request.POST if request.method == "POST" else request.GET, timezone.now())
    placed, at = draft.after.placed(draft.at), draft.at
    context = assemble_placed(placed, at, coming.pages_by(at), coming.gone_by(at))
    return render(request, "frontpage/home.html", context)


def urls() -> list[URLPattern]:
    """Return the addresses, for the admin site."""
    view = admin.site.admin_view
    return [
        path("trang-chu/", view(front_page), name="front_page"),
        path("trang-chu/ca-trang/", view(whole_page), name="front_page_whole"),
    ]


def _admit(request: HttpRequest) -> bool:
    """Return whether the person may change the page. Raises PermissionDenied if they may not even look."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return request.user.has_perm(CHANGE)


def _saved(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        save(draft.before, draft.after, draft.told, actor=request.user, seen=draft.seen)
    except SomebodySaved:
        draft.read_again()
        return _screen(request, draft, may_change=True, status=409)
    messages.success(request, f"Đã lưu trang chủ: {draft.count_words}.")
    moment = f"?{urlencode({'luc': write_moment(draft.asked)})}" if draft.asked else ""
    return redirect(f"{reverse(NAME)}{moment}")


def _screen(request: HttpRequest, draft: Draft, *, may_change: bool, status: int = 200) -> HttpResponse:
    screen = Screen(draft.after, draft.at, draft.chosen, draft.time_trouble)
    found, is_more = offered(draft.words, draft.is_more)
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": "Trang chủ",
        "draft": draft,
        "screen": screen,
        "may_change": may_change,
        "is_editable": may_change and not draft.is_past,
        "offered": [(story, screen.used.get(story.pk, "")) for story in found],
        "is_more": is_more,
        "moments": next_moments(draft.after, draft.now),
    }
    return TemplateResponse(request, "admin/frontpage/editing/screen.html", context, status=status)
