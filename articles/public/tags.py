"""Tags as people type them, separated by commas or semicolons; a tag that has one is in quotation marks."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from articles.models import PublishedTag, Tag
from foundation.language.tags import has_no_marks, spell_tag, tag_fold, tag_key
from foundation.pagestore.parts import part

MOST_KNOWN = 400  # some 10 KB of the writing screen
_PIECE = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"\s*|(?P<plain>[^,;]*))(?:[,;]|$)')


def tags_in(text: str | None) -> list[str]:
    """Returns the names in “thi đua, "Dạy, học"”, each tag once, in order; a name may have spaces, a leading
    quotation mark or “#” is dropped. Of two spellings of one tag the first stays, but marks win over none.
    """
    found = (match["quoted"] or (match["plain"] or "").lstrip(' "') for match in _PIECE.finditer(text or ""))
    once: dict[str, str] = {}
    for name in filter(None, map(spell_tag, found)):
        once.setdefault(tag_key(name), name)
    marked = {tag_fold(name) for name in once.values() if not has_no_marks(name)}
    return [name for name in once.values() if not (has_no_marks(name) and tag_fold(name) in marked)]


def known_tags() -> list[str]:
    """Returns the names of the newest MOST_KNOWN tags of live pages, to be offered while a tag is typed.

    Tags of drafts are not among them. Kept in memory until a tag or page changes.
    """
    return part("known tags", ["stories", "tags"], _known)


def _known() -> list[str]:
    uses = PublishedTag.objects.on_live_pages().filter(tag=OuterRef("pk"))
    return list(Tag.objects.filter(Exists(uses)).order_by("-pk").values_list("name", flat=True)[:MOST_KNOWN])


def tag_list(tags: Iterable[Any]) -> str:
    """Returns text from which `tags_in` reads the same tags."""
    names = sorted(tag.name for tag in tags)
    return ", ".join(
        f'"{name}"' if "," in name or ";" in name or name.startswith('"') else name for name in names
    )
