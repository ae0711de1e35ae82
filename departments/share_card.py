"""The share picture of a unit."""

from django.utils import timezone

from departments.models import Department
from foundation.sharecards.card import Card


def card_of(unit: Department) -> Card:
    """Return the share card of a unit."""
    closed = unit.is_closed_on(timezone.localdate())
    kicker = "Đã kết thúc hoạt động" if closed else unit.get_kind_display()
    return Card(place_of(unit.slug), "departments:department_share", unit.name, kicker)


def place_of(slug: str) -> str:
    """Return the folder of a unit's share pictures."""
    return f"don-vi/{slug}"
