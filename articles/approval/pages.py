"""Draws a story's public page from a content and writes it: the only code that writes a page's text.

A content has the shape of `freezing.content_of`. Drawing makes no query once photos, pupils and tags are
loaded. Writing needs the caller's transaction; the caller purges the kept pages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from articles.models import PublishedArticle, PublishedTag, Tag, name_tags
from articles.public import findable, pupil_names
from articles.text.body import Figure, plain_text, render
from foundation.inserting.rows import insert_all
from foundation.search.keeping import Findable, Read, put_read_items, read_words
from media.exposure import expose_drawn
from media.models import Photo, Pupil
from media.presentation import Address, address, photo_for

WORDS_A_MINUTE = 220


@dataclass(frozen=True)
class DrawnPage:
    """A public page without its id: columns, tags, photos (id → whether shown), pupils named, search item."""

    fields: dict[str, Any]
    tags: list[Tag]
    photos: dict[int, bool]
    pupils: list[Pupil]
    item: Findable
    read: Read


def page_fields(
    content: dict[str, Any],
    photos: dict[int, Photo] | None = None,
    pupils: list[Pupil] | None = None,
    address: Address = address,
) -> dict[str, Any]:
    """Returns the columns of a page that come from a content.

    Pass `photos` (those that may be shown, by id) and `pupils` (those the content names) to make no query.
    `address` returns the URL of a picture.
    """
    named = pupil_names.named_in(content) if pupils is None else pupils
    content = pupil_names.as_shown(content, named)
    # A photo without rights is left out with its caption; `redraw_outdated` follows later changes.
    photos = showable_photos([content]) if photos is None else photos
    words = plain_text(content["body"])
    hero, body_html = render(content["body"], lambda figure: _figure_html(figure, photos, address))
    pictures = [_picture(photos[f["photo"]], f, address) for f in content["figures"] if f["photo"] in photos]
    return {
        "kind": content["kind"],
        "slug": content["slug"],
        "title": content["title"],
        "lead": content["lead"],
        "source_mark": content["source_mark"],
        "body_html": body_html,
        "section_id": content["section"]["id"] if content["section"] else None,
        "department_id": content["department"]["id"],
        "department_name": content["department"]["name"],
        "event_id": content["event"]["id"] if content["event"] else None,
        "commendation_decision_id": (content["commendation_decision"] or {}).get("id"),
        "hero": pictures[0] if hero and hero.photo_id in photos else None,
        "card_photo": pictures[0] if pictures else None,
        "bylines": content["bylines"],
        "reading_minutes": max(1, round(len(words.split()) / WORDS_A_MINUTE)),
    }


def draw_page(
    content: dict[str, Any],
    fields: dict[str, Any],
    photos: dict[int, Photo],
    tags: dict[str, Tag],
    pupils: list[Pupil],
) -> DrawnPage:
    """Returns the page of a content. Makes no query.

    `fields` are the columns of the page's state (state, dates, corrections …). `photos` are by id, only those
    that may be shown; `tags` are by name and contain all of the content's; `pupils` are those the content
    names.
    """
    own_tags = sorted({tags[name] for name in content["tags"] if name in tags}, key=lambda tag: tag.slug)
    tag_names = [[tag.name, tag.slug] for tag in own_tags]
    columns = page_fields(content, photos, pupils) | {"tag_names": tag_names} | fields
    item = findable.item_of(PublishedArticle(pk=0, **columns))
    shown = {figure["photo"]: figure["photo"] in photos for figure in content["figures"]}
    return DrawnPage(columns, own_tags, shown, pupils, item, read_words(item))


def write_pages(pages: Sequence[tuple[int, DrawnPage]]) -> None:
    """Write pages as (article id, page), with their tags, pupils, photos and search items.

    An existing page is overwritten and its version increases by one. Call it in a transaction.
    """
    known = set(PublishedArticle.objects.filter(pk__in=[pk for pk, _ in pages]).values_list("pk", flat=True))
    named = PublishedArticle.pupils.through
    insert_all(PublishedArticle(pk=pk, **page.fields) for pk, page in pages if pk not in known)
    if known:
        for pk, page in pages:
            PublishedArticle.objects.filter(pk=pk).update(**page.fields, version=F("version") + 1)
        PublishedTag.objects.filter(content_object__in=known).delete()
        named.objects.filter(publishedarticle__in=known).delete()
    insert_all(
        PublishedTag(content_object_id=pk, tag_id=tag.pk, published_at=page.fields["published_at"])
        for pk, page in pages
        for tag in page.tags
    )
    insert_all(
        named(publishedarticle_id=pk, pupil_id=pupil.pk) for pk, page in pages for pupil in page.pupils
    )
    put_read_items([(replace(page.item, pk=pk), page.read) for pk, page in pages])
    expose_drawn({subject_of(pk): page.photos for pk, page in pages})


def subject_of(pk: int) -> str:
    """Returns the subject under which a story's photos are exposed."""
    return f"article:{pk}"


def showable_photos(contents: Iterable[dict[str, Any]]) -> dict[int, Photo]:
    """Returns the photos of these contents that may be shown today, by id. Makes one query."""
    return Photo.objects.showable().in_bulk({f["photo"] for c in contents for f in c["figures"]})


@transaction.atomic(savepoint=False)
def tags_named(contents: Iterable[dict[str, Any]]) -> dict[str, Tag]:
    """Returns the tags of these contents by name. Creates the missing ones."""
    return name_tags(sorted({name for content in contents for name in content["tags"]}))


def _picture(photo: Photo, words: dict[str, Any], address: Address) -> dict[str, Any]:
    alt = "" if words["decorative"] else words["alt"]
    return photo_for(photo, caption=words["caption"], credit=words["credit"], alt=alt, address=address)


def _figure_html(figure: Figure, photos: dict[int, Photo], address: Address) -> str:
    photo = photos.get(figure.photo_id)
    if photo is None:
        return ""
    words = {
        "caption": figure.caption,
        "credit": figure.credit,
        "alt": figure.alt,
        "decorative": figure.is_decorative,
    }
    shown = {"photo": _picture(photo, words, address), "block": figure.block}
    return render_to_string("articles/_figure.html", shown)
