"""Version 1: stories, events, commendations and documents, of the whole province or of one unit."""

from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view

from api import rows, schemas
from api.answering import ByVisitor, Plain, keep_nothing, kept, refuse_plainly, shows
from api.paging import PLACE, Rows, page_of_rows
from articles.models import PublishedArticle
from awards.models import Commendation
from departments.lineage import merged_into
from departments.models import Department, DepartmentName
from documents.models import OfficialDocument
from events.models import Event

api = NinjaAPI(
    title="API",
    version="1",
    description=(
        "Tin, sự kiện, khen thưởng, văn bản đã công khai, cho trang của các đơn vị. Chỉ đọc, không cần khóa. "
        "Danh sách mới trước; đi tiếp bằng địa chỉ ở `next`. Mỗi câu trả lời có ETag: hãy hỏi lại bằng "
        "If-None-Match. Tên học sinh được viết tắt. Ghi rõ nguồn khi đăng lại."
    ),
    openapi_url=None,  # served by api.urls
    docs_url=None,  # that page needs scripts of other sites, which our policy forbids
    servers=[{"url": settings.SITE_URL}],
    renderer=Plain(),
    throttle=[ByVisitor()],
    urls_namespace="api-v1",
)
refuse_plainly(api)

Before = Annotated[str, Query(pattern=PLACE, description="Chỗ bắt đầu, lấy từ `next`")]
REFUSALS = {404: schemas.Error, 422: schemas.Error, 429: schemas.Error}


def _page_of_items(request: HttpRequest, found: Rows, draw: Any) -> dict[str, Any]:
    if not found.is_ours:
        keep_nothing(request)
    address = f"{settings.SITE_URL}{request.path}?before={found.next}" if found.next else None
    return {"items": [draw(row) for row in found.items], "next": address}


def _units(slug: str) -> set[int]:
    """Return the ids of the unit with this slug, now or before, and of those merged into it.

    Raises Http404 if there is none.
    """
    if slug == "":
        return set()
    found = Department.objects.filter(slug=slug).values_list("pk", flat=True).first()
    former = DepartmentName.objects.filter(slug=slug).order_by("-valid_from")
    found = found or former.values_list("department", flat=True).first()
    if found is None:
        raise Http404("Không có đơn vị nào với địa chỉ này.")
    return merged_into(found)


@api.get("/units", response={200: schemas.UnitPage} | REFUSALS, summary="Đơn vị, mới ghi trước")
@decorate_view(kept)
def units(request: HttpRequest, before: Before = "") -> Any:
    shows(request, "units")
    return _page_of_items(request, page_of_rows(Department.objects.all(), before), rows.unit)


# --- stories ------------------------------------------------------------------------------------------


@api.get("/stories", response={200: schemas.StoryPage} | REFUSALS, summary="Tin mới của cả ngành")
@decorate_view(kept)
def stories(request: HttpRequest, before: Before = "") -> Any:
    return _stories(request, PublishedArticle.objects.live(), before)


@api.get("/units/{slug:unit}/stories", response={200: schemas.StoryPage} | REFUSALS, summary="Tin của đơn vị")
@decorate_view(kept)
def unit_stories(request: HttpRequest, unit: str, before: Before = "") -> Any:
    live = PublishedArticle.objects.live().filter(department__in=_units(unit))
    return _stories(request, live, before)


def _stories(request: HttpRequest, live: QuerySet, before: str) -> dict[str, Any]:
    found = page_of_rows(live.without_text().select_related("section", "department"), before, "published_at")
    shows(request, "stories", "sections", "units", *(f"article:{row.pk}" for row in found.items))
    return _page_of_items(request, found, rows.story_card)


@api.get("/stories/{int:number}", response={200: schemas.Story} | REFUSALS, summary="Một tin, trọn bài")
@decorate_view(kept)
def story(request: HttpRequest, number: int) -> Any:
    live = PublishedArticle.objects.live().select_related("section", "department")
    if not request.path.endswith(f"/{number}"):  # “/stories/0012” is no second address to keep
        raise Http404
    found = live.filter(pk=number).first()
    if found is None:
        raise Http404
    shows(request, f"article:{found.pk}", "sections", "units")
    return rows.story(found)


# --- events, commendations, documents -----------------------------------------------------------------


@api.get("/events", response={200: schemas.EventPage} | REFUSALS, summary="Sự kiện, theo ngày bắt đầu")
@decorate_view(kept)
def events(request: HttpRequest, before: Before = "") -> Any:
    return _events(request, Event.objects.public(), before)


@api.get(
    "/units/{slug:unit}/events", response={200: schemas.EventPage} | REFUSALS, summary="Sự kiện của đơn vị"
)
@decorate_view(kept)
def unit_events(request: HttpRequest, unit: str, before: Before = "") -> Any:
    """Those it hosts or holds with others."""
    ids = _units(unit)
    shared = Event.co_hosts.through.objects.filter(department__in=ids).values("event")
    return _events(request, Event.objects.public().filter(Q(host__in=ids) | Q(pk__in=shared)), before)


def _events(request: HttpRequest, public: QuerySet, before: str) -> dict[str, Any]:
    now = timezone.now()
    shows(request, "events", "units")
    found = page_of_rows(public.select_related("host").prefetch_related("host__names"), before, "starts_at")
    return _page_of_items(request, found, lambda row: rows.event(row, now))


@api.get(
    "/commendations", response={200: schemas.CommendationPage} | REFUSALS, summary="Lượt khen, mới ghi trước"
)
@decorate_view(kept)
def commendations(request: HttpRequest, before: Before = "") -> Any:
    return _commendations(request, Commendation.objects.public(), before)


@api.get(
    "/units/{slug:unit}/commendations",
    response={200: schemas.CommendationPage} | REFUSALS,
    summary="Lượt khen của đơn vị",
)
@decorate_view(kept)
def unit_commendations(request: HttpRequest, unit: str, before: Before = "") -> Any:
    public = Commendation.objects.public().filter(department__in=_units(unit))
    return _commendations(request, public, before)


def _commendations(request: HttpRequest, public: QuerySet, before: str) -> dict[str, Any]:
    shows(request, "awards", "units")
    whole = public.select_related("award_kind", "department", "decision__issuer")
    named = whole.prefetch_related("department__names", "decision__issuer__names")
    return _page_of_items(request, page_of_rows(named, before), rows.commendation)


@api.get("/documents", response={200: schemas.DocumentPage} | REFUSALS, summary="Văn bản, theo ngày ban hành")
@decorate_view(kept)
def documents(request: HttpRequest, before: Before = "") -> Any:
    return _documents(request, OfficialDocument.objects.public(), before)


@api.get(
    "/units/{slug:unit}/documents",
    response={200: schemas.DocumentPage} | REFUSALS,
    summary="Văn bản do đơn vị ban hành",
)
@decorate_view(kept)
def unit_documents(request: HttpRequest, unit: str, before: Before = "") -> Any:
    public = OfficialDocument.objects.public().filter(issuer__in=_units(unit))
    return _documents(request, public, before)


def _documents(request: HttpRequest, public: QuerySet, before: str) -> dict[str, Any]:
    today = timezone.localdate()
    shows(request, "documents", "units")
    whole = public.select_related("issuer", "replaced_by").prefetch_related("issuer__names")
    return _page_of_items(
        request, page_of_rows(whole, before, "issued_on"), lambda row: rows.document(row, today)
    )
