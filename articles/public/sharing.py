"""Sharing a story: its share picture and oEmbed answer for other sites, and share links for readers."""

import base64
import json
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Section
from articles.public.share_card import card_of, section_card
from articles.public.syndication import absolute
from foundation.language.written import write_json
from foundation.sharecards.pictures import answer_share_picture
from identity.current import site_words
from media.presentation import public_file

WIDEST, NARROWEST = 600, 240


@require_safe
def picture(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The share picture of a live story; an address made from earlier words redirects to the current one."""
    return answer_share_picture(card_of(_live(pk)), key, public_file)


@require_safe
def section_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The share picture of a section."""
    section = get_object_or_404(Section, slug=slug)
    return answer_share_picture(section_card(section), key)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The oEmbed answer for a story's address (oembed.com: type rich, JSON only)."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"detail": "Chỉ có định dạng json."}, status=501)
    page = _live(_story_at(request.GET.get("url", "")))
    asked = request.GET.get("maxwidth", "")
    width = min(int(asked), WIDEST) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else WIDEST
    said = write_json(_said(page, max(width, NARROWEST)), page.get_absolute_url())
    response = HttpResponse(said, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def discovery(page: PublishedArticle) -> str:
    """Returns the address of the story's oEmbed answer."""
    query = urlencode({"url": absolute(page.get_absolute_url()), "format": "json"})
    return f"{settings.SITE_URL}/oembed?{query}"


def ways(page: PublishedArticle) -> dict[str, str]:
    """Returns plain share links for readers; no other site is contacted before a click."""
    url = absolute(page.get_absolute_url())
    # Zalo documents only a script; this is the address that its own button opens.
    packed = base64.urlsafe_b64encode(json.dumps({"url": quote(url, safe="")}).encode()).decode()
    body = quote(f"{page.title}\n{url}", safe="")
    return {
        "url": url,
        "zalo": f"https://sp.zalo.me/share_inline?d={quote(packed, safe='')}",
        "mail": f"mailto:?subject={quote(page.title, safe='')}&body={body}",
    }


def _live(pk: int | None) -> PublishedArticle:
    page = PublishedArticle.objects.live().select_related("section").filter(pk=pk).first()
    if page is None:
        raise Http404
    return page


def _story_at(address: str) -> int | None:
    """Returns the id of the story at an address of ours, with any slug; None for every other address."""
    try:
        parts, ours = urlsplit(address), urlsplit(settings.SITE_URL)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    is_ours = parts.scheme in ("http", "https") and parts.netloc == ours.netloc
    return int(found.kwargs["pk"]) if is_ours and found.view_name == "articles:article_detail" else None


def _said(page: PublishedArticle, width: int) -> dict[str, Any]:
    image, name = card_of(page).image, site_words().name
    url = absolute(page.get_absolute_url())
    quote = format_html(
        '<blockquote><p><a href="{}">{}</a></p><p>{}</p><p>{}</p></blockquote>',
        url,
        page.title,
        page.lead,
        name,
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        "author_name": page.department_name,
        "provider_name": name,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 300,
        "thumbnail_url": image["url"],
        "thumbnail_width": image["width"],
        "thumbnail_height": image["height"],
        "html": quote,
        "width": width,
        "height": None,
    }
