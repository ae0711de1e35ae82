"""A story in feeds: the whole text with photos, captions and credits, at absolute addresses."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from lxml import html

from articles.models import PublishedArticle
from articles.models.querysets import PublishedQuerySet
from articles.text.body import parse

# Columns that a feed reads.
OWN = (
    "slug",
    "title",
    "lead",
    "source_mark",
    "body_html",
    "hero",
    "corrections",
    "card_photo",
    "bylines",
    "tag_names",
    "department_name",
    "published_at",
    "updated_at",
)
LIMIT = 30


def entries(stories: PublishedQuerySet) -> PublishedQuerySet:
    """Returns the newest LIMIT of these stories with every column a feed needs. Makes one query."""
    return stories.newest().select_related("section").only(*OWN, "section__name")[:LIMIT]


def facts_of(page: PublishedArticle) -> dict[str, Any]:
    """Returns the arguments of `SyndicationFeed.add_item`, with what our formats need in addition."""
    return {
        "title": page.title,
        "link": absolute(page.get_absolute_url()),
        "description": page.lead,
        # Stays the same when title and address change.
        "unique_id": f"{settings.SITE_URL}/bai-viet/{page.pk}/",
        "unique_id_is_permalink": False,
        "pubdate": page.published_at,
        "updateddate": page.updated_at,
        "categories": [page.section.name, *(name for name, _slug in page.tag_names)],
        "full_text": full_text(page),
        "names": authors_of(page),
        "photos": list(photos_of(page)),
    }


def absolute(path: str) -> str:
    """Returns the full address of a path of this site; other addresses unchanged."""
    return settings.SITE_URL + path if path.startswith("/") else path


def full_text(page: PublishedArticle) -> str:
    """Returns the story as HTML for feed readers: sapo, notices, opening photo, text; one `img` for each
    picture.
    """
    mark = f"{page.source_mark} - " if page.source_mark else ""
    head = format_html("<p><strong>{}{}</strong></p>", mark, page.lead) + _notices(page)
    return head + (_figure(page.hero) if page.hero else "") + _with_plain_pictures(page.body_html)


def photos_of(page: PublishedArticle) -> Iterator[dict[str, Any]]:
    """Yields the opening photo, for formats that have photos apart from the text."""
    if page.card_photo:
        yield page.card_photo


def authors_of(page: PublishedArticle) -> list[str]:
    """Returns the names under the story; the responsible unit when there are none."""
    return [byline["name"] for byline in page.bylines] or [page.department_name]


def _notices(page: PublishedArticle) -> str:
    rows = [(told["label"], f"{localtime(told['at']):%d/%m/%Y}", told["notice"]) for told in page.notices]
    return format_html_join("", "<p><strong>{} {}.</strong> {}</p>", rows)


def _figure(photo: dict[str, Any]) -> str:
    caption = " ".join(filter(None, (photo["caption"], photo["credit"] and f"Ảnh: {photo['credit']}")))
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}"><figcaption>{}</figcaption></figure>',
        absolute(photo["src"]),
        photo["alt"],
        photo["width"],
        photo["height"],
        caption,
    )


def _with_plain_pictures(body: str) -> str:
    """Returns our drawn body with one absolute `img` for each picture: many readers support neither AVIF nor
    srcset.
    """
    if not body:
        return ""
    root = parse(body)
    for source in list(root.iter("source")):
        source.drop_tree()
    for picture in list(root.iter("picture")):
        picture.drop_tag()
    for image in root.iter("img"):
        for name in ("srcset", "sizes", "loading", "decoding", "fetchpriority", "class"):
            image.attrib.pop(name, None)
        image.set("src", absolute(image.get("src", "")))
    for link in root.iter("a"):
        link.set("href", absolute(link.get("href", "")))
    for element in root.iter():
        element.attrib.pop("class", None)
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
