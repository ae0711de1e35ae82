"""Where an address of the previous site leads now."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from articles.models import OldAddress, PublishedArticle
from articles.models.published import section_address, story_address
from articles.public import nukeviet_addresses
from foundation.language.vietnamese import nfc
from foundation.pagestore.addresses import without_tracking
from media.models import Photo
from media.presentation import photo_for

LONGEST = 400
UPLOADS = "wp-content/uploads/"
# WordPress stores a picture in many sizes: “co-300x200.jpg”, “co-scaled.jpg”.
_RESIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")
# What WordPress appends to the address of a story: other formats, further pages.
_FURTHER = re.compile(r"/(?:amp|embed|feed|trackback|comment-page-\d{1,5}|page/\d{1,5}|\d{1,3})$")
_SCALED = re.compile(r"-scaled(?=\.\w{2,5}$)")


def key(address: str) -> str:
    """Returns an old address as stored: without host, letter case, closing slash and parameters.

    “?p=12” is kept, because WordPress names posts by it. Returns "" when it cannot be an old address.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = nfc(unquote(parts.path)).strip("/").lower().removesuffix("/index.php")
    if path in ("", "index.php"):
        number = (parse_qs(parts.query).get("p") or [""])[0]
        return f"?p={number}" if number.isascii() and number.isdigit() and len(number) < 16 else ""
    return path if len(path) <= LONGEST and "\x00" not in path else ""


def original_sizes(path: str) -> list[str]:
    """Returns the path of a picture and the paths of the larger originals it may come from, nearest first."""
    return list(dict.fromkeys((path, _SCALED.sub("", path), _RESIZED.sub("", path))))


def without_size(path: str) -> str:
    """Returns one path for a picture, whatever size the address asks for."""
    return _SCALED.sub("", _RESIZED.sub("", path))


def new_address(address: str) -> str | None:
    """Returns the address here of what was at `address` on the old site; None when nothing is public."""
    asked = [path for path in dict.fromkeys(names_of(address)) if path]
    rows = OldAddress.objects.filter(path__in=asked).select_related("section", "tag") if asked else ()
    found = min(rows, key=lambda row: asked.index(row.path), default=None)
    if found is None:
        return None
    if found.photo_id:
        return _largest(found.photo_id)
    if found.section:
        query = address.partition("#")[0].partition("?")[2]
        is_feed = nukeviet_addresses.is_feed(nukeviet_addresses.path_of(key(address), query))
        return found.section.get_absolute_url() + ("rss.xml" if is_feed else "")
    if found.tag:
        public = PublishedArticle.objects.live().filter(tags=found.tag)
        return f"/the/{found.tag.slug}/" if public.exists() else None
    story = PublishedArticle.objects.known().filter(pk=found.story_id).first()
    return story.get_absolute_url() if story else None


def homes_of(addresses: Iterable[str]) -> dict[str, str]:
    """Returns the present addresses of those old addresses that lead to live stories and sections. Makes two
    queries.
    """
    names = {address: [name for name in names_of(address) if name] for address in addresses}
    asked = {name for some in names.values() for name in some}
    rows = OldAddress.objects.filter(path__in=asked).select_related("section") if asked else ()
    leads_to = {row.path: row for row in rows}
    stories = {row.story_id for row in leads_to.values() if row.story_id}
    live = dict(PublishedArticle.objects.live().filter(pk__in=stories).values_list("pk", "slug"))
    homes = {path: section_address(row.section.slug) for path, row in leads_to.items() if row.section}
    homes |= {
        path: story_address(live[row.story_id], row.story_id)
        for path, row in leads_to.items()
        if row.story_id in live
    }
    first = {address: next(filter(homes.get, some), "") for address, some in names.items()}
    return {address: homes[name] for address, name in first.items() if name}


def names_of(address: str) -> Iterator[str]:
    """Yields the keys under which the address may be stored, the nearest first.

    WordPress accepts “?p=12” under any folder, and every story also with /amp, /feed, /2 at its end; what
    NukeViet accepts: `nukeviet_addresses`.
    """
    asked = key(address)
    yield exact_key(address)
    yield asked
    yield without_size(asked).replace("assets/", "uploads/", 1)  # NukeViet's small pictures
    yield _FURTHER.sub("", asked)
    query = address.partition("#")[0].partition("?")[2]
    if query:
        yield key("/?" + query)
    path = nukeviet_addresses.path_of(asked, query) if _is_writable(query) else asked
    yield from nukeviet_addresses.meant(path) if path and len(path) <= LONGEST else ()


def exact_key(address: str) -> str:
    """Returns the key of a page that its parameters name (“/tin.aspx?id=5”), whatever their order.

    Parameters of social networks are left out. Returns "" without parameters or when it cannot be a key.
    """
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(without_tracking(parts.query), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return ""
    path = nfc(unquote(parts.path)).strip("/").lower()
    found = f"{path}?{urlencode(sorted(pairs))}" if pairs else ""
    return found if len(found) <= LONGEST and _is_writable(found) else ""


def _is_writable(text: str) -> bool:
    return "\x00" not in text and "%00" not in text


def _largest(photo_id: int) -> str | None:
    """Returns the photo's address in the size every browser can show; None when it is not public."""
    photo = Photo.objects.with_exposure().filter(pk=photo_id).first()
    return photo_for(photo)["src"] if photo and photo.is_public else None
