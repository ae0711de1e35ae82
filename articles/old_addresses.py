"""Where an address of the site that was here before leads now."""

from urllib.parse import parse_qs, unquote, urlsplit

from articles.enums import PublicState
from articles.models import OldAddress, PublishedArticle
from language.vietnamese import nfc

LONGEST = 400


def key(address: str) -> str:
    """How an old address is stored and asked for: host, case, a closing slash and other parameters aside.

    “?p=12” stays, as WordPress names posts so. Empty for what cannot be an old address.
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


def new_address(address: str) -> str | None:
    """The address here of what stood at `address` on the old site; None when there is nothing public."""
    asked = key(address)
    found = OldAddress.objects.filter(path=asked).select_related("section", "tag").first() if asked else None
    if found is None:
        return None
    if found.section:
        return found.section.get_absolute_url()
    if found.tag:
        public = PublishedArticle.objects.live().filter(tags=found.tag)
        return f"/the/{found.tag.slug}/" if public.exists() else None
    story = PublishedArticle.objects.filter(pk=found.story_id).exclude(state=PublicState.TAKEN_BACK).first()
    return story.get_absolute_url() if story else None
