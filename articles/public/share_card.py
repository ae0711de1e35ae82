"""The share picture of a story or section, public whenever the page is."""

from articles.models import PublishedArticle, Section
from foundation.sharecards.card import Card


def card_of(page: PublishedArticle) -> Card:
    """Returns the share picture's content for a story."""
    photo = page.card_photo or {}
    return Card(
        place=place_of(page.pk),
        route="articles:share_image",
        title=page.title,
        kicker=page.section_name,
        photo=photo.get("src", ""),
        focus=photo.get("focus", ""),
        photo_alt=photo.get("alt", ""),
    )


def place_of(pk: int) -> str:
    """Returns the place of a story's share picture, as `Card.place`."""
    return str(pk)


def section_card(section: Section) -> Card:
    """Returns the share picture's content for a section."""
    return Card(f"chuyen-muc/{section.slug}", "articles:section_share", section.name, "Chuyên mục")
