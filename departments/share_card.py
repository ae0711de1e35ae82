"""The picture under which a unit is shared."""

from django.urls import reverse
from django.utils import timezone

from departments.models import Department
from foundation.sharecards import pictures
from foundation.sharecards.card import Card


def card_of(unit: Department) -> Card:
    closed = unit.is_closed_on(timezone.localdate())
    return Card(_place(unit.slug), unit.name, "Đã kết thúc hoạt động" if closed else unit.get_kind_display())


def path_of(unit: Department, card: Card) -> str:
    return reverse("departments:department_share", args=[unit.slug, card.key])


def forget(slug: str) -> None:
    """Remove the kept pictures of a unit that is no longer found at this address, or not with these words."""
    pictures.forget(_place(slug))


def _place(slug: str) -> str:
    return f"don-vi/{slug}"
