"""What every template may show about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from identity.alerts import current_alerts
from identity.current import site_words
from identity.words import SiteWords
from newsroom.appearance import stylesheet
from newsroom.appearance.sharing import share_of
from newsroom.demo.units import NOTICE
from newsroom.display import display_of
from newsroom.navigation import navigation


def words_of(site: SiteWords) -> dict[str, Any]:
    """Return what templates call `site`: plain text, because parts of pages are cached by it."""
    return {
        "name": site.name,
        "org": site.organization_short,
        "organization": site.organization,
        "sector": site.sector,
        "responsible": site.responsible,
        "address": site.address,
        "phone": site.phone,
        "email": site.email,
        "licence": site.licence,
        "description": site.about,
        "code_example": site.code_example,
        "styles": stylesheet.address_of(site),
        "logo": site.logo_at("120"),
        "icon": site.logo_at("48"),
        "touch_icon": site.logo_at("180"),
        "url": settings.SITE_URL,
        "notice": NOTICE if settings.DEMO else "",
    }


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the variables that every template gets."""
    words = site_words()
    return {
        "site": words_of(words) | {"today": timezone.localdate(), "share": share_of(words)},
        "alerts": SimpleLazyObject(current_alerts),
        "site_nav": SimpleLazyObject(lambda: navigation(request.path)),
        "display": display_of(request),
        "canonical_url": settings.SITE_URL + request.path,
        "is_demo": settings.DEMO,
    }
