"""The picture under which pages without their own are shared: what the site says of itself."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from foundation.sharecards.card import Card
from foundation.sharecards.pictures import answer_share_picture
from identity.current import site_words
from identity.words import SiteWords

PLACE = "trang"


def card_of(site: SiteWords) -> Card:
    """Return the share card of the site: its one sentence, under the office that answers for it."""
    return Card(PLACE, "site_share", site.about.rstrip("."), site.organization)


def share_of(site: SiteWords) -> dict[str, Any]:
    """Return what the heads of pages say about the picture; nothing is drawn."""
    return card_of(site).image | {"alt": f"{site.name}. {site.about}"}


@require_safe
def site_picture(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Answer with the picture of the site as it is today, drawn once for each set of words."""
    return answer_share_picture(card_of(site_words()), key)
