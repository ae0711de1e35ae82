"""Public pages of the register."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from awards.counting import annulled_of
from awards.filters import Filters
from awards.listing import ROOMS, csv_lines, list_groups, only_public, totals, with_links
from awards.models import Decision
from awards.pages import decision_context, stories_of, withdrawal_of
from awards.share_card import card_of
from awards.verification import Verification, proof
from awards.verification import verify as verify_typed
from departments.public.doors import TAG
from foundation.limiting.limits import limited
from foundation.pagestore.keeping import keep_page
from foundation.pagestore.parts import part
from foundation.paging.numbered import NUMBER, read_number
from foundation.sharecards.pictures import answer_share_picture

# Cache tags of what a decision's page shows besides stories.
BESIDE = ("awards", "events", "documents", "units")
CRUMB = {"label": "Khen thưởng", "url": "/khen-thuong/"}


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """The register, filtered by the address."""
    filters = Filters.read(request.GET)
    page, groups = list_groups(filters, request.GET)
    context = {"filters": filters, "page": page, "groups": groups}
    if page.is_first:
        context["totals"] = totals(filters)
    response = render(request, "awards/decision_list.html", context)
    return keep_page(request, response, ROOMS, "sections", query=(*page.keys, *filters.keys))


@require_safe
@limited("table")
def decision_table(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered register as a CSV file."""
    lines = csv_lines(Filters.read(request.GET).rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bang-vang-khen-thuong.csv"'
    return response


@require_safe
def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of a public decision; 410 with the reason when it was withdrawn."""
    number = read_number(request.GET)
    try:
        known = part(f"decision {slug} {number}", BESIDE, lambda: decision_context(_public(slug), number))
    except Decision.DoesNotExist:
        gone = get_object_or_404(Decision.objects.withdrawn(), slug=slug)
        return render(request, "awards/decision_withdrawn.html", withdrawal_of(gone), status=410)
    decision = known["decision"]
    about = (f"decision:{decision.pk}", "sections")
    stories = part(f"stories of decision {decision.pk}", (*about, TAG), lambda: stories_of(decision))
    context = known | {"stories": stories, "crumbs": [CRUMB]}
    response = render(request, "awards/decision_detail.html", context)
    return keep_page(request, response, BESIDE, about, query=(NUMBER,))


def _public(slug: str) -> Decision:
    return only_public(with_links(Decision.objects.public()).get(slug=slug))


@require_safe
def decision_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The share picture of a public decision."""
    decision = get_object_or_404(Decision.objects.public(), slug=slug)
    card = card_of(decision, annulled=decision.pk in annulled_of([decision]))
    return answer_share_picture(card, key)


@require_safe
@limited("verify")
def verify(request: HttpRequest) -> HttpResponse:
    """The form. A readable code redirects to its own address, which can be shared."""
    found = verify_typed(request.GET.get("ma", ""))
    if found.code and found.state != Verification.MISTYPED:
        return redirect("awards:verify_code", code=found.code)
    return _answered(request, found)


@require_safe
@limited("verify")
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The answer for the code in the address; another spelling redirects to the printed one."""
    found = verify_typed(code)
    if found.code and found.code != code and found.state != Verification.MISTYPED:
        return redirect("awards:verify_code", code=found.code, permanent=True)
    return _answered(request, found)


def _answered(request: HttpRequest, found: Verification) -> HttpResponse:
    context = {"answer": found, "crumbs": [CRUMB]}
    if found.commendation:
        context |= proof(found.commendation)
    status = 404 if found.state == Verification.UNKNOWN else 200
    response = render(request, "awards/commendation_verify.html", context, status=status)
    # Never cached: the answer must always come from the register.
    add_never_cache_headers(response)
    return response
