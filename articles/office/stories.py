"""The list of stories: how far each is on its way, what readers see of it, who wrote it, which unit, when.

Newest first by when it was last saved, read by key. Each page makes the same queries.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals.engine import StepRefused
from articles.approval import schedule
from articles.enums import ArticleKind, PublicState, Status
from articles.models import Article, ArticleByline, PublishedArticle, Release, Section
from articles.writing import screen, story_bin
from foundation.choosing.boxes import row_numbers
from foundation.paging.keyset import Page, read_page

SIZE = 30
LONGEST_SEARCH = 100
NOTHING = "none"
CHANGED, SCHEDULED = "changed", "scheduled"
# What readers see, as the filter offers it.
ON_THE_SITE = {
    PublicState.LIVE.value: "Đang đăng",
    CHANGED: "Có bản sửa chưa đăng",
    SCHEDULED: "Hẹn giờ đăng",
    PublicState.WITHDRAWN.value: "Đã gỡ",
    PublicState.ENDED.value: "Hết hạn đăng",
    NOTHING: "Chưa đăng",
}
# A working copy saved after its last approval, or on its way to the next; an imported text was never saved.
_CHANGED = ~Q(status=Status.APPROVED) | Q(draft_number__gt=1, saved_at__gt=F("approved_revision__created_at"))
_GONE = (PublicState.WITHDRAWN, PublicState.SUSPENDED)
_TONES = {
    PublicState.LIVE: "ok",
    PublicState.SUSPENDED: "bad",
    PublicState.WITHDRAWN: "bad",
    PublicState.ENDED: "",
    PublicState.TAKEN_BACK: "",
}


class Public(NamedTuple):
    """What readers see of a story, in one badge or two; `at` belongs to the first."""

    label: str
    tone: str
    at: Any = None
    more: str = ""  # a second badge: what is still to come
    more_at: Any = None
    address: str = ""


class Line(NamedTuple):
    """One story of the list."""

    article: Article
    badge: str
    public: Public
    writers: str
    may_be_binned: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_list(request: HttpRequest) -> HttpResponse:
    """Answer with a page of the list; a POST puts the chosen drafts into the bin."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    if request.method == "POST":
        return _bin_chosen(request)
    asked = request.GET
    page = read_page(_found(request), "saved_at", asked, SIZE, whole=Article.objects.none())
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": "Bài viết",
        "opts": Article._meta,
        "page": page,
        "lines": _lines(page, request.user),
        "query": _words(request),
        "filters": _filters(request),
        "is_filtered": any(asked.get(name) for name in ("q", *_FILTERS)),
        "may_add": request.user.has_perm("articles.add_article"),
    }
    return TemplateResponse(request, "admin/articles/article/list.html", context)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").strip()


def _found(request: HttpRequest) -> QuerySet[Article]:
    rows = Article.objects.visible_to(request.user).search(_words(request))
    for name, (_label, _choices, narrow) in _FILTERS.items():
        if value := request.GET.get(name, ""):
            rows = narrow(rows, value)
    # Not joined: a join keeps the database from reading the newest rows by their index.
    rows = rows.only(
        "title", "status", "draft_number", "saved_at", "department", "created_by", "approved_revision"
    )
    return rows.prefetch_related("department", "created_by")


def _on_site(rows: QuerySet[Article], value: str) -> QuerySet[Article]:
    if value not in ON_THE_SITE:
        return rows
    pages, releases = PublishedArticle.objects.all(), Release.objects.filter(done_at=None, cancelled_at=None)
    if value == SCHEDULED:
        return rows.filter(pk__in=releases.values("decision__revision__article"))
    if value == NOTHING:
        return rows.exclude(pk__in=pages.exclude(state=PublicState.TAKEN_BACK).values("pk"))
    states = {CHANGED: [PublicState.LIVE], PublicState.WITHDRAWN: _GONE}.get(value, [value])
    found = rows.filter(pk__in=pages.filter(state__in=states).values("pk"))
    return found.filter(_CHANGED) if value == CHANGED else found


def _one_of(field: str, values: Callable[[], Any]) -> Callable[[QuerySet, str], QuerySet]:
    """Return a filter by a column that leaves out a value which is none of the offered ones."""
    return lambda rows, value: rows.filter(**{field: value}) if value in map(str, values()) else rows


def _sections() -> list[tuple[str, str]]:
    return [
        (str(pk), name) for pk, name in Section.objects.order_by("order", "name").values_list("pk", "name")
    ]


_FILTERS: dict[str, tuple[str, Callable[[], Any], Callable[[QuerySet, str], QuerySet]]] = {
    "duyet": ("Duyệt", lambda: Status.choices, _one_of("status", lambda: Status.values)),
    "trang": ("Trên trang", ON_THE_SITE.items, _on_site),
    "muc": (
        "Chuyên mục",
        _sections,
        lambda rows, value: rows.filter(section=value) if row_numbers([value]) == [value] else rows,
    ),
    "loai": ("Thể loại", lambda: ArticleKind.choices, _one_of("kind", lambda: ArticleKind.values)),
}


def _filters(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": "", "label": "Tất cả", "selected": False},
                *(
                    {"value": value, "label": words, "selected": value == request.GET.get(name)}
                    for value, words in choices()
                ),
            ],
        }
        for name, (label, choices, _narrow) in _FILTERS.items()
    ]


def _lines(page: Page, user: Any) -> list[Line]:
    """Return the rows with what readers see of them. Makes at most four queries."""
    ids = [article.pk for article in page.items]
    columns = ("pk", "state", "slug", "published_at", "withdrawn_at", "updated_at")
    pages = PublishedArticle.objects.filter(pk__in=ids).only(*columns).in_bulk()
    waiting = schedule.waiting().filter(decision__revision__article__in=ids)
    releases = dict(waiting.values_list("decision__revision__article", "due_at"))
    names: dict[int, list[str]] = {}
    for article, name in ArticleByline.objects.filter(article__in=ids).values_list("article", "name"):
        names.setdefault(article, []).append(name)
    may_change = user.has_perm("articles.change_article")
    live = [pk for pk, shown in pages.items() if shown.state == PublicState.LIVE]
    changed = set(Article.objects.filter(_CHANGED, pk__in=live).values_list("pk", flat=True))
    return [
        Line(
            article,
            screen.BADGES[Status(article.status)],
            _public(pages.get(article.pk), releases.get(article.pk), is_changed=article.pk in changed),
            ", ".join(names.get(article.pk, ())) or str(article.created_by),
            may_change and _may_be_binned(article, pages.get(article.pk), releases.get(article.pk)),
        )
        for article in page.items
    ]


def _may_be_binned(article: Article, page: PublishedArticle | None, due_at: Any) -> bool:
    return page is None and due_at is None and article.status in (Status.DRAFTING, Status.RETURNED)


def _public(page: PublishedArticle | None, due_at: Any, *, is_changed: bool) -> Public:
    if page is None or page.state == PublicState.TAKEN_BACK:
        return Public("Hẹn", "warn", due_at) if due_at else Public("Chưa đăng", "")
    state = PublicState(page.state)
    at = page.withdrawn_at if state in _GONE else page.published_at
    more = "Đăng lại, hẹn" if state != PublicState.LIVE else "Bản sửa hẹn"
    address = page.get_absolute_url() if state == PublicState.LIVE else ""
    if due_at:
        return Public(state.label, _TONES[state], at, more, due_at, address)
    words = "Có bản sửa chưa đăng" if is_changed and state == PublicState.LIVE else ""
    return Public(state.label, _TONES[state], at, words, address=address)


def _bin_chosen(request: HttpRequest) -> HttpResponse:
    chosen = row_numbers(request.POST.getlist("chon"))[:SIZE]
    rows = Article.objects.visible_to(request.user).filter(pk__in=chosen).order_by("pk")
    binned = 0
    for article in rows:
        try:
            if not request.user.has_perm("articles.change_article", article):
                raise StepRefused("Bài này bạn chỉ xem được.")
            story_bin.bin_story(article, by=request.user)
            binned += 1
        except StepRefused as refusal:
            messages.warning(request, f"“{article}”: {refusal.message}")
    if binned:
        messages.success(request, f"Đã bỏ {binned} bài vào thùng rác. Lấy lại được ở mục Thùng rác.")
    elif not rows:
        messages.warning(request, "Chưa chọn bài nào. Đánh dấu ô ở đầu dòng rồi bấm lại.")
    kept = request.GET.urlencode()
    return redirect(f"{request.path}?{kept}" if kept else request.path)
