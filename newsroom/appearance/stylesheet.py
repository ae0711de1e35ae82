"""The style sheet of an installation that has chosen a colour of its own, at an address with its hash."""

import hashlib
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from identity.colours import ON_DARK, ON_LIGHT, accent_of
from identity.current import site_words
from identity.words import SiteWords

FOR_EVER = "public, max-age=31536000, immutable"


@lru_cache(maxsize=16)
def _sheet(colour: str) -> tuple[str, str]:
    """Return the sheet and its hash. Paper keeps its black: the colours are those of screens."""
    accent = accent_of(colour)
    light = _tokens(accent.light, ON_LIGHT, accent.light_wash)
    dark = _tokens(accent.dark, ON_DARK, accent.dark_wash)
    sheet = (
        f"@media screen{{:root{{{light}}}:root[data-theme=toi]{{{dark}}}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=sang]){{{dark}}}}}\n"
    )
    return sheet, hashlib.sha256(sheet.encode()).hexdigest()[:16]


def _tokens(colour: str, on: str, wash: str) -> str:
    """Return the tokens of static/css/tokens.css that follow the colour."""
    return f"--basalt:{colour};--link:{colour};--on-basalt:{on};--basalt-wash:{wash}"


def address_of(site: SiteWords) -> str:
    """Return the address of the sheet; "" if the site keeps the newsroom's own colour."""
    return reverse("site_colours", args=[_sheet(site.colour)[1]]) if site.colour else ""


@require_safe
def colours(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the sheet of today; an address of another day leads to it."""
    site = site_words()
    if not site.colour:
        raise Http404
    sheet, today = _sheet(site.colour)
    if key != today:
        return HttpResponseRedirect(address_of(site))
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER
    return response
