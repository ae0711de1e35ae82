"""A unit as schema.org Organization; a closed one has its last day."""

from typing import Any

from django.conf import settings

from departments.models import Department


def of_unit(unit: Department) -> dict[str, Any]:
    """Return the JSON-LD object of a unit."""
    facts = {
        "telephone": unit.phone,
        "email": unit.email,
        "address": unit.address,
        "foundingDate": unit.valid_from.isoformat(),
        "dissolutionDate": unit.valid_until.isoformat() if unit.valid_until else "",
    }
    url = settings.SITE_URL + unit.get_absolute_url()
    head = {"@context": "https://schema.org", "@type": "Organization", "name": unit.name, "url": url}
    return head | {name: value for name, value in facts.items() if value}
