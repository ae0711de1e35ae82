"""The share picture of a page: what it says, and what the page's head says about it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from identity.current import site_words

SIZE = (1200, 630)  # pixels; Facebook, Zalo and others show it without cropping
# Increase it when the drawing changes: all pictures are then drawn again.
DRAWING = 1


@dataclass(frozen=True)
class Card:
    """The words of one picture; only what readers may see, because anybody may request it.

    `place` is the folder of its pictures, unique to the page; it ends in the record's slug
    (“su-kien/hoi-nghi”). `route` names the URL of the picture, which takes the slug and `key`. `photo` is the
    address of a rendition of our own.
    """

    place: str
    route: str
    title: str
    kicker: str = ""
    photo: str = ""
    focus: str = ""
    photo_alt: str = ""

    @property
    def key(self) -> str:
        """Return a hash of all that the picture shows, so that each version has an address of its own."""
        site = site_words()
        own = (site.colour,) if site.colour else ()
        said = (DRAWING, site.name, self.title, self.kicker, self.photo or None, self.focus or None, *own)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def path(self) -> str:
        return reverse(self.route, args=[self.place.rpartition("/")[2], self.key])

    @property
    def image(self) -> dict[str, Any]:
        """Return what the page's head says about its picture."""
        alt = f"{self.title}. Ảnh: {self.photo_alt}" if self.photo_alt else self.title
        return {
            "url": f"{settings.SITE_URL}{self.path}",
            "width": SIZE[0],
            "height": SIZE[1],
            "alt": alt[:400],
        }
