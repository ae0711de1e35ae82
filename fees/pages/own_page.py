"""What a person was paid: their own lines and nobody else's."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fees.models import Payee, PayLine
from fees.pages.reach import context_of

MOST = 120  # months, ten years


@never_cache
@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    """The fees of who asks; no address names anybody else's."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise PermissionDenied
    lines = PayLine.objects.own(person.pk).select_related("sheet__month__department")[:MOST]
    payee = Payee.objects.filter(person=person, payer__is_on=True).prefetch_related("commitments").first()
    context = context_of(request, "Nhuận bút của tôi", lines=lines, person=person, payee=payee)
    return render(request, "admin/fees/own.html", context | {"trail": (), "printed_at": timezone.now()})
