"""What the picture of a page says when the page is shared, and what its head tells of the picture."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

NAME = "Giáo dục Đắk Lắk"  # of the site, as it signs what travels
SIZE = (1200, 630)  # what Facebook, Zalo and the others show uncropped
# Counts up when the drawing changes: kept pictures are then drawn anew.
DRAWING = 1


@dataclass(frozen=True)
class Card:
    """The words of one picture. Only what readers may see: who asks for it is nobody we know.

    `place` is where its pictures are kept; no other page has it, and it ends in the record's word in
    addresses (“su-kien/hoi-nghi”). `route` names the address of the picture, which takes that word and `key`.
    `photo` is the address of a rendition of ours.
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
        """Changes whenever the picture would: each wording has an address of its own."""
        said = (DRAWING, NAME, self.title, self.kicker, self.photo or None, self.focus or None)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def path(self) -> str:
        return reverse(self.route, args=[self.place.rpartition("/")[2], self.key])

    @property
    def image(self) -> dict[str, Any]:
        """What the page's head says of its picture."""
        alt = f"{self.title}. Ảnh: {self.photo_alt}" if self.photo_alt else self.title
        return {
            "url": f"{settings.SITE_URL}{self.path}",
            "width": SIZE[0],
            "height": SIZE[1],
            "alt": alt[:400],
        }
