"""Structured data of a story: schema.org NewsArticle and breadcrumbs."""

from typing import Any

from django.templatetags.static import static

from articles.enums import BylineRole
from articles.models import PublishedArticle
from articles.public.syndication import absolute
from identity.current import site_words

CONTEXT = "https://schema.org"


def of_story(page: PublishedArticle) -> list[dict[str, Any]]:
    """Returns NewsArticle and BreadcrumbList of a live page."""
    url = absolute(page.get_absolute_url())
    story = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "url": url,
        "headline": page.title,
        "description": page.lead,
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "datePublished": page.published_at.isoformat(),
        "dateModified": page.updated_at.isoformat(),
        "articleSection": page.section_name,
        "keywords": [name for name, _slug in page.tag_names],
        "author": _authors(page),
        "publisher": publisher(),
    }
    if page.corrections:
        story["correction"] = [
            {"@type": "CorrectionComment", "text": told["notice"], "datePublished": told["at"]}
            for told in page.corrections
        ]
    if page.card_photo:
        story["image"] = [_image(page.card_photo)]
    way = [(page.section_name, page.section_url), (page.title, page.get_absolute_url())]
    return [story, breadcrumbs(way)]


def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """Returns the path from the home page as (name, path) steps; the page itself may be the last step."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
            for number, (name, path) in enumerate([("Trang chủ", "/"), *steps], 1)
        ],
    }


def _authors(page: PublishedArticle) -> list[dict[str, str]]:
    """Persons, or an organization for a source paper; the unit when there is no name."""
    unit = {"@type": "Organization", "name": page.department_name}
    named = [
        {"@type": "Organization" if row["role"] == BylineRole.SOURCE else "Person", "name": row["name"]}
        for row in page.bylines
        if row["role"] != BylineRole.PHOTO
    ]
    return named or [unit]


def publisher() -> dict[str, Any]:
    """Returns whose site this is, as far as it is said."""
    site = site_words()
    said = {
        "legalName": site.organization,
        "address": site.address,
        "telephone": site.phone,
        "email": site.email,
    }
    whole = {name: words for name, words in said.items() if words}
    head = {"@type": "NewsMediaOrganization", "name": site.name, "url": absolute("/"), "logo": logo()}
    return head | whole


def logo() -> dict[str, str]:
    """Returns the site's logo as search engines show it."""
    return {
        "@type": "ImageObject",
        "url": absolute(site_words().logo_at("512") or static("img/icon-512.png")),
    }


def _image(photo: dict[str, Any]) -> dict[str, Any]:
    words = {"caption": photo["caption"], "creditText": photo["credit"]}
    said = {name: text for name, text in words.items() if text}
    return {"@type": "ImageObject", "url": absolute(photo["src"])} | said
