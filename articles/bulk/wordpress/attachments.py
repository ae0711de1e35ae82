"""The pictures of an export: its library, and which of them the posts show."""

import re
from collections.abc import Iterable, Iterator, Mapping

from articles.bulk.old_site.pictures import Attachment, plain
from articles.bulk.wordpress.wxr import ExportItem
from foundation.language.plain import clean_line

_IMAGE = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)
_SAID = re.compile(r"""\bwp-image-(\d{1,15})\b|\ssrc=["']([^"']{1,2000})""")
_OF_A_GALLERY = re.compile(
    r"""\[gallery\b[^\[\]]{0,400}?\b(?:ids|include)=["']?([\d, ]{1,2000})""", re.IGNORECASE
)


def pictures_shown(item: ExportItem) -> Iterator[int | str]:
    """Yields roughly which pictures a post shows, by number or address, to say how many there are to come."""
    if item.featured:
        yield item.featured
    for image in _IMAGE.findall(item.content):
        said = _SAID.findall(image)
        number = next((number for number, _address in said if number), "")
        address = next((address for _number, address in said if address), "")
        yield int(number) if number else plain(address)
    for numbers in _OF_A_GALLERY.findall(item.content):
        yield from (int(number) for number in numbers.split(",") if number.strip().isdigit())


def count_pictures(shown: Iterable[int | str], attachments: Mapping[int, Attachment]) -> int:
    """Returns how many different pictures these are."""
    return len(
        {plain(attachments[one].url) if isinstance(one, int) and one in attachments else one for one in shown}
    )


def attachment_of(item: ExportItem) -> Attachment:
    """Returns the picture of the library that an export item is."""
    alt = (item.meta.get("_wp_attachment_image_alt") or [""])[0]
    caption = re.sub(r"<[^<>]{1,1000}>", "", item.excerpt)
    said = (" ".join(clean_line(words).split())[:500] for words in (caption, alt))
    return Attachment(item.file_url, *said)
