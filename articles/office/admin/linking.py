"""Search for the link and document dialogs of the writing screen: our own public pages."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle
from departments.models import Department
from documents.models import OfficialDocument
from events.models import Event
from foundation.language.searching import search_words

EACH = 5
DOCUMENTS = 15


@never_cache
@require_safe
def offers(request: HttpRequest) -> JsonResponse:
    """Returns public pages whose names contain the words of `q`, ignoring accents.

    With `loai=van-ban` only documents; without words the newest ones. Raises Http404 for who may not write.
    """
    if not request.user.has_perm("articles.add_article"):
        raise Http404
    query = request.GET.get("q", "")[:100]
    if request.GET.get("loai") == "van-ban":
        return JsonResponse({"found": list(_documents(query))})
    found = list(_found(query)) if search_words(query) else []
    return JsonResponse({"found": found})


def _documents(query: str) -> Iterator[dict[str, str]]:
    for document in (
        OfficialDocument.objects.public().matching(query).order_by("-issued_on", "-pk")[:DOCUMENTS]
    ):
        label = f"{document.get_kind_display()} {document.number}: {document.summary}"
        yield {"kind": "Văn bản", "label": label, "url": document.get_absolute_url()}


def _found(query: str) -> Iterator[dict[str, str]]:
    rows = (
        ("Bài", PublishedArticle.objects.live().containing(query).newest()),
        ("Đơn vị", Department.objects.search(query).order_by("name")),
        ("Sự kiện", Event.objects.public().matching(query).order_by("-starts_at")),
        ("Văn bản", OfficialDocument.objects.public().matching(query).order_by("-issued_on")),
    )
    for kind, records in rows:
        for record in records[:EACH]:
            yield {"kind": kind, "label": str(record), "url": record.get_absolute_url()}


def urls(view: Callable) -> list[URLPattern]:
    """Returns the URL; `view` wraps the view with the admin's checks."""
    return [path("lien-ket/", view(offers), name="articles_article_link_offers")]
