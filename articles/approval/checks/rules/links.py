"""Links to our own pages that readers cannot open."""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.approval.checks.finding import Finding, rule
from articles.approval.checks.story import CheckedStory
from articles.models import PublishedArticle
from awards.models import Decision
from departments.models import DepartmentName
from documents.models import OfficialDocument
from events.models import Event
from media.models import PhotoExposure

HINT = "Gỡ liên kết, hoặc dẫn tới một trang bạn đọc mở được."

# View → (URL argument that names the record, function: names → those of them that readers may open).
Known = Callable[[set[str]], Iterable[str]]
PAGES: dict[str, tuple[str, Known]] = {
    "articles:article_detail": (
        "pk",
        lambda keys: map(
            str, PublishedArticle.objects.live().filter(pk__in=keys).values_list("pk", flat=True)
        ),
    ),
    "events:event_detail": (
        "slug",
        lambda keys: Event.objects.public().filter(slug__in=keys).values_list("slug", flat=True),
    ),
    "awards:decision_detail": (
        "slug",
        lambda keys: Decision.objects.public().filter(slug__in=keys).values_list("slug", flat=True),
    ),
    "documents:document_detail": (
        "slug",
        lambda keys: OfficialDocument.objects.public().filter(slug__in=keys).values_list("slug", flat=True),
    ),
    # An old address of a unit redirects to its present address.
    "departments:department_detail": (
        "slug",
        lambda keys: DepartmentName.objects.filter(slug__in=keys).values_list("slug", flat=True),
    ),
    "media:photo_file": (
        "content_hash",
        lambda keys: PhotoExposure.objects.filter(photo__content_hash__in=keys).values_list(
            "photo__content_hash", flat=True
        ),
    ),
}
SAME_RECORD = {
    "documents:document_file": "documents:document_detail",
    "events:event_calendar": "events:event_detail",
    "departments:department_stories": "departments:department_detail",
}


@rule
def dead_links(story: CheckedStory) -> Iterator[Finding]:
    """One finding for each address. Makes one query for each kind of page linked to."""
    links = dict.fromkeys(link for block in story.blocks for link in block.links)
    paths = {link: path for link in links if (path := own_path(link))}
    records = {link: _record(path) for link, path in paths.items()}
    open_to_readers = {
        view: set(known({key for page, key in filter(None, records.values()) if page == view}))
        for view, (_field, known) in PAGES.items()
        if any(record and record[0] == view for record in records.values())
    }
    for link, record in records.items():
        if record is None or (record[0] in PAGES and record[1] not in open_to_readers[record[0]]):
            yield Finding(f"Liên kết tới {link} không mở được với bạn đọc", "body", HINT, said=link)


def own_path(link: str) -> str:
    """Returns the path of an address of this site; "" for other sites, mail, and anchors of the same page."""
    parts = urlsplit(link)
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return ""
    return unquote(parts.path) if parts.scheme in {"", "http", "https"} else ""


def _record(path: str) -> tuple[str, str] | None:
    """Returns (view, key) of the page at a path; None when readers have no page there."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.namespaces[:1] == ["admin"]:
        return None
    view = SAME_RECORD.get(match.view_name, match.view_name)
    field = PAGES[view][0] if view in PAGES else ""
    return view, str(match.kwargs.get(field, ""))
