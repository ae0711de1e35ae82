"""The public register: its list, the page of a document, its file."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.enums import RecordStatus
from documents.citations import stories_of
from documents.files import download_name
from documents.filing.downloads import answer_file
from documents.filtering import DocumentFilter
from documents.force import force_on
from documents.models import OfficialDocument
from documents.pages import document_context
from documents.share_card import card_of
from foundation.pagestore.keeping import keep_page
from foundation.pagestore.parts import part
from foundation.paging.keyset import KEYS, read_page
from foundation.sharecards.pictures import answer_share_picture

PAGE_SIZE = 20
# What a document's page shows besides stories.
ROOMS = ("documents", "events", "awards", "units")
CRUMBS = [{"label": "Văn bản", "url": "/van-ban/"}]


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Answer with the list of the register."""
    asks = any(request.GET.get(name) for name in (*DocumentFilter.base_fields, DocumentFilter.ORDER, *KEYS))
    newest = part("newest documents", ["documents"], lambda: _listed(QueryDict())) if not asks else None
    shown = newest or _listed(request.GET)
    response = render(request, "documents/document_list.html", shown)
    return keep_page(request, response, "documents", "sections", query=shown["keys"])


def _listed(asked: QueryDict) -> dict[str, Any]:
    """Return the rendered list, whether it is another than the first unfiltered page, and under which
    parameters it may be kept.
    """
    today, filters = timezone.localdate(), DocumentFilter(asked)
    public = OfficialDocument.objects.public()
    rows = filters.narrow(public.select_related("replaced_by"), today)
    order = filters.order
    page = read_page(rows, order.key, asked, PAGE_SIZE, whole=public, rising=order.rising)
    documents = [(document, force_on(document, today)) for document in page.items]
    shown = {"filters": filters, "options": filters.options(), "columns": filters.columns()}
    content = render_to_string("documents/_list.html", shown | {"page": page, "documents": documents})
    is_further = bool(filters.is_used() or order.address or not page.is_first)
    is_known_order = order.address == asked.get(filters.ORDER, order.address)
    keys = (*page.keys, *filters.keys, filters.ORDER) if is_known_order else ()
    return {"content": content, "is_further": is_further, "keys": keys}


@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the page of a document."""
    known = part(f"document {slug}", ROOMS, lambda: document_context(_public(slug), timezone.localdate()))
    about = (*(f"decision:{decision.pk}" for decision in known["decisions"]), "sections")
    stories = part(f"stories of document {slug}", (*ROOMS, *about), lambda: stories_of(known["decisions"]))
    context = known | {"stories": stories, "crumbs": CRUMBS}
    response = render(request, "documents/document_detail.html", context)
    return keep_page(request, response, ROOMS, about)


@require_safe
def document_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with the share picture of a document."""
    document = _public(slug)
    card = card_of(document, force_on(document, timezone.localdate()))
    return answer_share_picture(card, key)


@require_safe
def document_file(request: HttpRequest, slug: str) -> FileResponse:
    """Answer with the file as a download, never shown inline; staff also get drafts that they may read."""
    document = get_object_or_404(OfficialDocument.objects.visible_to(request.user), slug=slug)
    is_public = document.status == RecordStatus.PUBLIC
    return answer_file(document.file, download_name(document), document.file_type, is_public=is_public)


def _public(slug: str) -> OfficialDocument:
    public = OfficialDocument.objects.public()
    return get_object_or_404(public.select_related("issuer", "replaced_by"), slug=slug)
