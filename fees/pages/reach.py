"""What of this room a person reaches, and how a page of it begins. Everything else is not there for them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fees.models import FeeMonth, Payee, Payer
from fees.querysets import PREPARE, VIEW, VIEW_PAYEES
from fees.switch import payer_now


def payer_for(user: Any, perm: str) -> Payer:
    """Return the unit that pays, to who has the permission over its work. Raises PermissionDenied."""
    payer = payer_now()
    if payer is None or not user.has_perm(perm, payer):
        raise PermissionDenied
    return payer


def month_of(request: HttpRequest, pk: int) -> FeeMonth:
    """Return the month if the user sees it. Raises PermissionDenied or Http404."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    rows = FeeMonth.objects.visible_to(request.user).select_related("payer", "department", "sheet")
    return get_object_or_404(rows, pk=pk)


def prepared_month(request: HttpRequest, pk: int) -> FeeMonth:
    """Return the month if the user prepares it. Raises Http404 or PermissionDenied."""
    month = month_of(request, pk)
    if not request.user.has_perm(PREPARE, month):
        raise PermissionDenied
    return month


def payee_of(request: HttpRequest, pk: int) -> Payee:
    """Return the payee if the user keeps the payees. Raises PermissionDenied or Http404."""
    if not request.user.has_perm(VIEW_PAYEES):
        raise PermissionDenied
    rows = Payee.objects.visible_to(request.user).select_related("payer__department", "person")
    return get_object_or_404(rows, pk=pk)


def context_of(request: HttpRequest, title: str, *crumbs: tuple[str, str], **words: Any) -> dict[str, Any]:
    """Return the context of a page; `crumbs` are the pages between the list of months and this one."""
    trail = [("Nhuận bút", reverse("admin:fee_months")), *crumbs]
    return admin.site.each_context(request) | {"title": title, "trail": trail} | words


def crumb(month: FeeMonth) -> tuple[str, str]:
    """Return the crumb of a month."""
    return f"Tháng {month.first_day:%m/%Y}", reverse("admin:fee_month", args=[month.pk])
