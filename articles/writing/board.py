"""The writer's board: drafts, stories that wait and with whom, returned and published ones, this year."""

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Role
from articles.approval.commenting import open_counts
from articles.approval.holding import STORIES
from articles.approval.remembered import until_moved
from articles.enums import Status, Verdict
from articles.models import (
    Article,
    ImportedStory,
    PublishedArticle,
    Release,
    ReviewDecision,
    Revision,
    WorkingEdit,
)
from departments.access import rights
from foundation.language.school_years import FIRST_MONTH, school_year_display, school_year_on
from media.models import Photo

MOST_OPEN, MOST_PUBLISHED = 40, 5
LATELY = 200  # of the stories a person touched last, the newest pages are looked for


def is_only_a_writer(user: Any) -> bool:
    """Whether this person only writes; then the board is their first page."""
    held = rights(user)
    return bool(held and held.positions) and {p.role for p in held.positions} == {Role.COLLABORATOR}


def may_write(user: Any) -> bool:
    return user.has_perm("articles.add_article")


def stories_of(user: Any) -> QuerySet[Article]:
    """Returns stories that this person began or edited and may still open; not those they imported.

    Asked of each story by its key: narrow the stories first, by status or by key.
    """
    touched = WorkingEdit.objects.filter(editor=user, article=OuterRef("pk"))
    imported = ImportedStory.objects.filter(article=OuterRef("pk"))
    begun = Q(created_by=user) & ~Exists(imported)
    return Article.objects.visible_to(user).filter(begun | Exists(touched))


def last_edited(user: Any) -> Article | None:
    """Returns the unfinished story that the person edited last, or None."""
    if not may_write(user):
        return None
    unfinished = Article.objects.visible_to(user).unfinished()
    unfinished = unfinished.filter(status__in=(Status.DRAFTING, Status.RETURNED))
    edited = WorkingEdit.objects.filter(editor=user, article=OuterRef("pk")).values("edited_at")
    return (
        unfinished.annotate(edited=Subquery(edited)).exclude(edited=None).order_by("-edited", "-pk").first()
    )


def board(user: Any) -> dict[str, Any]:
    """Returns the board's context. The number of queries does not depend on the number of stories."""
    unfinished = stories_of(user).unfinished().select_related("department", "review_revision")
    stories = list(unfinished.order_by("-saved_at", "-pk")[: MOST_OPEN + 1])
    in_state = {status: [one for one in stories[:MOST_OPEN] if one.status == status] for status in Status}
    return {
        "returned": _returned(in_state[Status.RETURNED]),
        "waiting": STORIES.list_waiting(stories[:MOST_OPEN], by=user),
        "drafts": in_state[Status.DRAFTING],
        "scheduled": _scheduled(user),
        "published": _published(user),
        "has_more": len(stories) > MOST_OPEN,
        "year": numbers_of_year(user),
    }


def oldest_returned(user: Any, most: int) -> tuple[list[dict[str, Any]], int]:
    """Returns the first `most` returned stories of this person, those returned longest ago first, each as
    `_returned` gives it; and how many there are.
    """
    back = stories_of(user).unfinished().filter(status=Status.RETURNED)
    said = ReviewDecision.objects.filter(revision__article=OuterRef("pk"), verdict=Verdict.RETURNED)
    last = said.order_by("-pk").values("decided_at")[:1]
    keys = list(back.order_by(Subquery(last), "pk").values_list("pk", flat=True))
    rows = {row.pk: row for row in back.filter(pk__in=keys[:most]).defer("body")}
    return _returned([rows[key] for key in keys[:most] if key in rows]), len(keys)


def _returned(stories: list[Article]) -> list[dict[str, Any]]:
    """Adds the last decision that returned each story, and its open comments."""
    sent_back = ReviewDecision.objects.filter(revision__article__in=stories, verdict=Verdict.RETURNED)
    said = {
        d.revision.article_id: d for d in sent_back.select_related("revision", "decided_by").order_by("pk")
    }
    counts = open_counts(stories)
    return [
        {"article": story, "decision": said.get(story.pk), "comments": counts.get(story.pk, 0)}
        for story in stories
    ]


def _approved(user: Any, key: str = "pk") -> Exists:
    """Returns whether the story whose id is the column `key` of a row is this person's and approved."""
    return Exists(stories_of(user).filter(pk=OuterRef(key), approved_revision__isnull=False))


def _scheduled(user: Any) -> QuerySet[Release]:
    waiting = Release.objects.filter(done_at=None, cancelled_at=None)
    waiting = waiting.filter(_approved(user, "decision__revision__article"))
    return waiting.select_related("decision__revision").order_by("due_at", "pk")[:MOST_PUBLISHED]


def _published(user: Any) -> QuerySet[PublishedArticle]:
    """Returns this person's newest live pages, among the stories they began or edited last."""
    begun = Article.objects.filter(created_by=user).order_by("-pk").values_list("pk", flat=True)
    edited = WorkingEdit.objects.filter(editor=user).order_by("-edited_at").values_list("article", flat=True)
    lately = {*begun[:LATELY], *edited[:LATELY]}
    live = PublishedArticle.objects.live().filter(_approved(user), pk__in=lately)
    return live.cards().newest()[:MOST_PUBLISHED]


def numbers_of_year(user: Any) -> dict[str, Any]:
    """Returns counts of sent, published and returned stories and of photos: this school year until now
    ("now"), and the same days a year before ("before").
    """
    now = timezone.localtime()
    first = school_year_on(now.date())
    year = datetime.timedelta(days=365)  # not replace(year=…), which fails on 29 February
    began = timezone.make_aware(datetime.datetime(first, FIRST_MONTH, 1))
    began_before = timezone.make_aware(datetime.datetime(first - 1, FIRST_MONTH, 1))

    def counted(rows: QuerySet, moment: str, what: str = "pk") -> dict[str, int]:
        def within(start: datetime.datetime, end: datetime.datetime) -> int:
            days = {f"{moment}__gte": start, f"{moment}__lte": end}
            return rows.order_by().filter(**days).aggregate(n=Count(what, distinct=True))["n"]

        return {"now": within(began, now), "before": within(began_before, now - year)}

    def counted_stories() -> dict[str, Any]:
        live = PublishedArticle.objects.live().filter(_approved(user))
        returned = ReviewDecision.objects.filter(revision__created_by=user, verdict=Verdict.RETURNED)
        return {
            "published": counted(live, "published_at"),
            "sent": counted(Revision.objects.sent().filter(created_by=user), "created_at", "article"),
            "returned": counted(returned, "decided_at", "revision__article"),
        }

    stories = until_moved(f"year:{user.pk}", counted_stories)
    photos = counted(Photo.objects.filter(uploaded_by=user), "uploaded_at")
    return stories | {"label": school_year_display(first), "photos": photos}


@never_cache
@require_safe
def writing_board(request: HttpRequest) -> HttpResponse:
    """The person's own stories by what to do next, for everybody who may write."""
    if not may_write(request.user):
        raise PermissionDenied
    context = admin.site.each_context(request) | {
        "title": "Bàn viết",
        "last_draft": last_edited(request.user),
        "board": board(request.user),
    }
    return render(request, "admin/articles/board.html", context)


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URL of the board."""
    return [path("ban-viet/", site.admin_view(writing_board), name="writing_board")]
