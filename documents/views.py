"""The public register: its list, the page of a document, its file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.enums import RecordStatus
from departments.naming import name_on
from documents.citations import citations_of
from documents.files import CONTENT_TYPES, download_name
from documents.filtering import DocumentFilter
from documents.force import chain_on, force_on
from documents.models import OfficialDocument
from documents.share_card import card_of, path_of, share_image
from pagestore.keeping import keep
from paging.keyset import KEYS, read_page
from sharecards.pictures import answer

PAGE_SIZE = 20


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    today, filters = timezone.localdate(), DocumentFilter(request.GET)
    public = OfficialDocument.objects.public()
    rows = filters.narrow(public.select_related("replaced_by"), today)
    order = filters.order
    page = read_page(rows, order.key, request.GET, PAGE_SIZE, whole=public, rising=order.rising)
    documents = [(document, force_on(document, today)) for document in page.items]
    context = {"filters": filters, "options": filters.options(), "page": page, "documents": documents}
    context["columns"] = filters.columns()
    response = render(request, "documents/document_list.html", context)
    return keep(request, response, "documents", "sections", query=(*KEYS, filters.ORDER))


@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    document = _public(slug)
    force = force_on(document, timezone.localdate())
    context = {
        "share_image": share_image(document, force),
        "crumbs": [{"label": "Văn bản", "url": reverse("documents:document_list")}],
        "document": document,
        "issuer_name": name_on(document.issuer, document.issued_on),
        "force": force,
        "chain": chain_on(document, timezone.localdate()),
        "replaces": document.replaces.public().newest(),
        "cited_by": citations_of(document),
    }
    response = render(request, "documents/document_detail.html", context)
    return keep(request, response, "documents", "events", "awards", "units", "sections")


@require_safe
def document_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    document = _public(slug)
    card = card_of(document, force_on(document, timezone.localdate()))
    return answer(card, key, path_of(document, card))


@require_safe
def document_file(request: HttpRequest, slug: str) -> FileResponse:
    """The file, to save and never to open in the site's own name; staff reach drafts they may read."""
    document = get_object_or_404(OfficialDocument.objects.visible_to(request.user), slug=slug)
    try:
        file = document.file.open() if document.file else None
    except FileNotFoundError as lost:
        raise Http404 from lost
    if file is None:
        raise Http404
    return _as_attachment(document, file)


def _public(slug: str) -> OfficialDocument:
    public = OfficialDocument.objects.public()
    return get_object_or_404(public.select_related("issuer", "replaced_by"), slug=slug)


def _as_attachment(document: OfficialDocument, file: object) -> FileResponse:
    public = document.status == RecordStatus.PUBLIC
    headers = {
        "Cache-Control": "no-cache" if public else "private, no-store",
        "X-Content-Type-Options": "nosniff",
        # It is packed already, and its length should be known: keep the compressing middleware off.
        "Content-Encoding": "identity",
    }
    kind = CONTENT_TYPES[document.file_type]
    return FileResponse(
        file, as_attachment=True, filename=download_name(document), content_type=kind, headers=headers
    )
