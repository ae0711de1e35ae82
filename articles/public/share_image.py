"""The picture under which a story or a section is shared, public as the page is."""

from typing import Any

from django.urls import reverse

from articles.models import PublishedArticle, Section
from foundation.sharecards import pictures
from foundation.sharecards.card import Card


def share_image(page: PublishedArticle) -> dict[str, Any]:
    """What the page's head says of its picture."""
    return card_of(page).told(path_of(page))


def card_of(page: PublishedArticle) -> Card:
    photo = page.card_photo or {}
    return Card(
        place=str(page.pk),
        title=page.title,
        kicker=page.section_name,
        photo=photo.get("src", ""),
        focus=photo.get("focus", ""),
        photo_alt=photo.get("alt", ""),
    )


def path_of(page: PublishedArticle) -> str:
    return reverse("articles:share_image", args=[page.pk, card_of(page).key])


def forget(pk: int) -> None:
    """Remove the kept pictures of a story that is no longer shown, or not with these words."""
    pictures.forget(str(pk))


def section_card(section: Section) -> Card:
    return Card(place=f"chuyen-muc/{section.slug}", title=section.name, kicker="Chuyên mục")


def section_path(section: Section) -> str:
    return reverse("articles:section_share", args=[section.slug, section_card(section).key])
